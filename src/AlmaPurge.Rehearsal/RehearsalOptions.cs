namespace AlmaPurge.Rehearsal;

/// <summary>What is to be rehearsed.</summary>
internal sealed record RehearsalOptions
{
    /// <summary>An export of patrons of one's own; null for the simulated library's report.</summary>
    public string? Users { get; init; }

    /// <summary>An export of fines of one's own; null for the simulated library's report.</summary>
    public string? Fines { get; init; }

    /// <summary>The patrons' own group; null for the one that the export tells, or undergraduates.</summary>
    public string? UserGroup { get; init; }

    /// <summary>The group that patrons are marked with; null for the one that goes with their own.</summary>
    public string? PurgeGroup { get; init; }

    /// <summary>Patrons whose expiry date is before this day may go.</summary>
    public required DateOnly ExpiredBefore { get; init; }

    /// <summary>How dates in the exports are written, where they do not tell.</summary>
    public string? DateFormat { get; init; }

    /// <summary>How the purge is done.</summary>
    public required AlmaPurgeRoute Route { get; init; }

    /// <summary>The same seed gives the same library.</summary>
    public required int Seed { get; init; }

    /// <summary>Made-up patrons in the library.</summary>
    public required int Size { get; init; }

    /// <summary>A host of the simulator to rehearse against; null for a library in this process.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>The host's API key.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Requests a second to the host; 0 for no limit.</summary>
    public int Rate { get; init; }

    /// <summary>Folder for the run folder; null for the usual one.</summary>
    public string? Runs { get; init; }
}
