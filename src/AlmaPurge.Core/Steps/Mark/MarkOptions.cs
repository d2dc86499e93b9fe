namespace AlmaPurge.Core.Steps;

/// <summary>What the operator asks of the marking.</summary>
public sealed record MarkOptions
{
    /// <summary>Purge date to set; at least two days back.</summary>
    public required DateOnly PurgeDate { get; init; }

    /// <summary>
    /// How many days back <see cref="PurgeDate"/> is, where the operator gave days and no date: the same words on a
    /// later day mean the marking of that earlier day. Null where a date was given.
    /// </summary>
    public int? DaysAgo { get; init; }

    /// <summary>Purge group to set; null when patrons keep their own group.</summary>
    public string? PurgeGroup { get; init; }

    /// <summary>Age up to which a live check counts; older ones are made anew.</summary>
    public TimeSpan MaximumCheckAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Text of the job's API information as Alma's job wizard shows it; null for the built-in one.</summary>
    public string? JobTemplate { get; init; }
}
