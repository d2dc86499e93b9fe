namespace AlmaPurge;

/// <summary>A patron proposed for the purge. Steps trust the run by id, never the properties of this object.</summary>
public sealed class AlmaPurgeCandidate
{
    // A million of these may come, so each is kept small.
    private readonly PackedDay _expiryDate;
    private readonly PackedDay _lastActivityDate;
    private readonly PackedDay _purgeDate;
    private readonly object? _checkedAt;

    // The identifier, or who has it until somebody asks: most candidates are passed on without anybody asking.
    private readonly int _placeOfId;
    private object _id;

    internal AlmaPurgeCandidate(
        IRunHandle run,
        string primaryId,
        DateOnly? expiryDate = null,
        DateOnly? lastActivityDate = null,
        DateOnly? purgeDate = null,
        DateTimeOffset? checkedAt = null)
    {
        Run = run;
        _id = primaryId;
        _expiryDate = new(expiryDate);
        _lastActivityDate = new(lastActivityDate);
        _purgeDate = new(purgeDate);
        _checkedAt = checkedAt;
    }

    internal AlmaPurgeCandidate(
        IRunHandle run,
        IUtf8IdStore ids,
        int placeOfId,
        DateOnly? expiryDate,
        DateOnly? lastActivityDate,
        DateOnly? purgeDate)
    {
        Run = run;
        _id = ids;
        _placeOfId = placeOfId;
        _expiryDate = new(expiryDate);
        _lastActivityDate = new(lastActivityDate);
        _purgeDate = new(purgeDate);
    }

    /// <summary>Primary identifier, trimmed; Alma compares it case-insensitively.</summary>
    public string PrimaryId => _id as string ?? ReadId();

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

    /// <summary>The identifier as UTF-8, if it is at hand without making it.</summary>
    internal bool TryGetUtf8Id(out ReadOnlySpan<byte> id)
    {
        IUtf8IdStore? ids = _id as IUtf8IdStore;
        id = ids is null ? default : ids.Utf8At(_placeOfId);
        return ids is not null;
    }

    /// <summary>The same candidate in another run, such as the preview of this one.</summary>
    internal AlmaPurgeCandidate In(IRunHandle run) =>
        ReferenceEquals(run, Run)
            ? this
            : new AlmaPurgeCandidate(run, PrimaryId, _expiryDate.Day, _lastActivityDate.Day, _purgeDate.Day, CheckedAt);

    /// <inheritdoc/>
    public override string ToString() => PrimaryId;

    // Two threads may both come here, and then both make the same identifier.
    private string ReadId()
    {
        if (_id is IUtf8IdStore ids)
        {
            _id = ids.TextAt(_placeOfId);
        }

        return (string)_id;
    }

    private readonly struct PackedDay(DateOnly? day)
    {
        private readonly int _number = day is { } known ? known.DayNumber + 1 : 0;

        public DateOnly? Day => _number == 0 ? null : DateOnly.FromDayNumber(_number - 1);
    }
}
