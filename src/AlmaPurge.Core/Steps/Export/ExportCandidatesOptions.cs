namespace AlmaPurge.Core.Steps;

/// <summary>What the operator asks of the file of which a set is built by hand.</summary>
public sealed record ExportCandidatesOptions
{
    /// <summary>The file; its ending says its kind: .xlsx, .csv or .txt.</summary>
    public required string Path { get; init; }

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Most patrons that the run may purge; null for what was agreed to before, else the usual number.</summary>
    public int? MaximumCount { get; init; }

    /// <summary>Age up to which a live check counts; older ones are made anew.</summary>
    public TimeSpan MaximumCheckAge { get; init; } = TimeSpan.FromHours(24);
}
