namespace AlmaPurge;

/// <summary>The itemized set of users that a run has built in Alma, or in a preview would build.</summary>
public sealed class AlmaUserSet
{
    private readonly DateOnly? _purgeDate;

    internal AlmaUserSet(
        IRunHandle? run,
        string? setId,
        string name,
        int memberCount,
        DateOnly? purgeDate = null,
        string? purgeGroup = null)
    {
        Run = run;
        SetId = setId;
        Name = name;
        MemberCount = memberCount;
        _purgeDate = purgeDate;
        PurgeGroup = purgeGroup;
    }

    /// <summary>Id that Alma gave the set; null in a preview.</summary>
    public string? SetId { get; }

    /// <summary>Name of the set, unique in the institution.</summary>
    public string Name { get; }

    /// <summary>Number of members.</summary>
    public int MemberCount { get; }

    /// <summary>Purge date that the members were marked with; null while unmarked.</summary>
    public DateTime? PurgeDate => _purgeDate.AtMidnight();

    /// <summary>Code of the purge group that the members were moved to; null while unmarked or when they keep theirs.</summary>
    public string? PurgeGroup { get; }

    /// <summary>Id of the run; null for a set that no run has built.</summary>
    public string? RunId => Run?.RunId;

    /// <summary>Whether this is only what a preview would build.</summary>
    public bool IsPreview => Run?.IsPreview ?? false;

    /// <summary>The run.</summary>
    internal IRunHandle? Run { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
