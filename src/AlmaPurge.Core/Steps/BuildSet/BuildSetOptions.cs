namespace AlmaPurge.Core.Steps;

/// <summary>What the operator asks of the set.</summary>
public sealed record BuildSetOptions
{
    /// <summary>Most patrons that the run may purge, unless told otherwise.</summary>
    public const int DefaultMaximumCount = 500;

    /// <summary>Name of the set; null for one made from the run's id.</summary>
    public string? Name { get; init; }

    /// <summary>Description of the set; null for one made from the run's criteria.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Name or id of a set that staff have built by hand, which is taken up in place of a new one; null for a new one.
    /// </summary>
    public string? Existing { get; init; }

    /// <summary>Most patrons that the run may purge; null for what was agreed to before, else the usual number.</summary>
    public int? MaximumCount { get; init; }

    /// <summary>Age up to which a live check counts; older ones are made anew.</summary>
    public TimeSpan MaximumCheckAge { get; init; } = TimeSpan.FromHours(24);
}
