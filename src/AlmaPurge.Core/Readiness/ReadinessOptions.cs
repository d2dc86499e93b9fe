namespace AlmaPurge.Core.Readiness;

/// <summary>The purge that the operator has in mind; whatever is not told cannot be checked.</summary>
public sealed record ReadinessOptions
{
    /// <summary>The patrons' own group, code or description.</summary>
    public string? UserGroup { get; init; }

    /// <summary>The purge group, code or description.</summary>
    public string? PurgeGroup { get; init; }

    /// <summary>How the purge is to be done.</summary>
    public AlmaPurgeRoute? Route { get; init; }

    /// <summary>How many patrons are to be proposed.</summary>
    public int? CandidateCount { get; init; }
}
