namespace AlmaPurge;

/// <summary>One purge of one patron group, from import to verification, as of the moment it was read.</summary>
public sealed class AlmaPurgeRun
{
    internal AlmaPurgeRun(IRunHandle run) => Run = run;

    /// <summary>Id, made of the group and the time it was made.</summary>
    public string RunId => Run.RunId;

    /// <summary>The patrons' own user group: its code where known, else as it was given.</summary>
    public required string UserGroup { get; init; }

    /// <summary>Patrons whose expiry date is before this day may go.</summary>
    public required DateTime ExpiredBefore { get; init; }

    /// <summary>How far the run has come.</summary>
    public required AlmaPurgeRunState State { get; init; }

    /// <summary>Patrons that the run started with.</summary>
    public required int PatronCount { get; init; }

    /// <summary>Patrons kept back so far.</summary>
    public required int ExcludedCount { get; init; }

    /// <summary>Patrons still to be purged, or that were.</summary>
    public int RemainingCount => PatronCount - ExcludedCount;

    /// <summary>
    /// Patrons whom the step that goes on next did not reach, with -SplitByDay or since it was cut short; nothing is decided
    /// of them.
    /// </summary>
    public int WaitingCount { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Institution code; null until the run first met Alma.</summary>
    public required string? Institution { get; init; }

    /// <summary>Environment; null until the run first met Alma.</summary>
    public required AlmaEnvironmentType? EnvironmentType { get; init; }

    /// <summary>Folder with journal, exclusions and results; null for a preview.</summary>
    public required string? Path { get; init; }

    /// <summary>The cmdlet that comes next, and why.</summary>
    public required string NextStep { get; init; }

    /// <summary>Last day on which the run is not to be deleted; null if it may be at any time once it has ended.</summary>
    public DateTime? RetainUntil { get; init; }

    /// <summary>
    /// File that says which patron each token of the run folder stands for, and that can be deleted; null where the folder
    /// has no tokens, or the file was deleted.
    /// </summary>
    public string? PseudonymPath { get; init; }

    /// <summary>Whether the run only previews.</summary>
    public bool IsPreview => Run.IsPreview;

    /// <summary>The run.</summary>
    internal IRunHandle Run { get; }

    /// <inheritdoc/>
    public override string ToString() => RunId;
}
