namespace AlmaPurge;

/// <summary>A patron proposed for the purge. Steps trust the run by id, never the properties of this object.</summary>
public sealed class AlmaPurgeCandidate
{
    // A million of these may come, so each is kept small.
    private readonly PackedDay _expiryDate;
    private readonly PackedDay _lastActivityDate;
    private readonly PackedDay _purgeDate;
    private readonly object? _checkedAt;

    internal AlmaPurgeCandidate(
        IRunHandle run,
        string primaryId,
        DateOnly? expiryDate = null,
        DateOnly? lastActivityDate = null,
        DateOnly? purgeDate = null,
        DateTimeOffset? checkedAt = null)
    {
        Run = run;
        PrimaryId = primaryId;
        _expiryDate = new(expiryDate);
        _lastActivityDate = new(lastActivityDate);
        _purgeDate = new(purgeDate);
        _checkedAt = checkedAt;
    }

    /// <summary>Primary identifier, trimmed; Alma compares it case-insensitively.</summary>
    public string PrimaryId { get; }

    /// <summary>Expiry date, from the export or, once checked, from Alma; null if not known.</summary>
    public DateTime? ExpiryDate => _expiryDate.Day.AtMidnight();

    /// <summary>Day of the last activity; null if never active or not known.</summary>
    public DateTime? LastActivityDate => _lastActivityDate.Day.AtMidnight();

    /// <summary>Purge date that the patron has before this run marks anyone; null if none or not known.</summary>
    public DateTime? PurgeDate => _purgeDate.Day.AtMidnight();

    /// <summary>When the patron passed the live check; null if not checked yet.</summary>
    public DateTimeOffset? CheckedAt => (DateTimeOffset?)_checkedAt;

    /// <summary>Id of the run.</summary>
    public string RunId => Run.RunId;

    /// <summary>Whether the run only previews.</summary>
    public bool IsPreview => Run.IsPreview;

    /// <summary>The run.</summary>
    internal IRunHandle Run { get; }

    /// <summary>The same candidate in another run, such as the preview of this one.</summary>
    internal AlmaPurgeCandidate In(IRunHandle run) =>
        ReferenceEquals(run, Run)
            ? this
            : new AlmaPurgeCandidate(run, PrimaryId, _expiryDate.Day, _lastActivityDate.Day, _purgeDate.Day, CheckedAt);

    /// <inheritdoc/>
    public override string ToString() => PrimaryId;

    private readonly struct PackedDay(DateOnly? day)
    {
        private readonly int _number = day is { } known ? known.DayNumber + 1 : 0;

        public DateOnly? Day => _number == 0 ? null : DateOnly.FromDayNumber(_number - 1);
    }
}
