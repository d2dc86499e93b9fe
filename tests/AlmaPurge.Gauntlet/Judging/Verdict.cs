namespace AlmaPurge.Gauntlet.Judging;

/// <summary>What the simulator's own records say about a case.</summary>
internal sealed class Verdict
{
    /// <summary>Patrons in the library who must not be purged, the operator's releases taken off.</summary>
    public int AtRisk { get; set; }

    /// <summary>Those of them whom the files proposed.</summary>
    public int AtRiskProposed { get; set; }

    /// <summary>Patrons who may go.</summary>
    public int MayGo { get; set; }

    /// <summary>Patrons who are gone.</summary>
    public int Purged { get; set; }

    /// <summary>Who is gone and must not be, with the reasons.</summary>
    public List<string> WronglyPurged { get; } = [];

    /// <summary>Who was changed after the request that removed them had left, which no client can see.</summary>
    public int ChangedAtTheLast { get; set; }

    /// <summary>Who was proposed and for whom the tool has no account, or a wrong one.</summary>
    public List<string> Unaccounted { get; } = [];

    /// <summary>Who is to stay, still carries the run's marking, and was not named.</summary>
    public List<string> LeftMarked { get; } = [];

    /// <summary>Who was named as not put right: still marked.</summary>
    public int NamedMarked { get; set; }

    /// <summary>Who might have gone and is still there, by the cause that the tool gives.</summary>
    public Dictionary<string, int> KeptByCause { get; } = new(StringComparer.Ordinal);

    /// <summary>Kept without need where nothing misbehaved, or for a reason that is not so.</summary>
    public List<string> KeptWrongly { get; } = [];

    /// <summary>Who was never proposed and was changed all the same.</summary>
    public List<string> BystandersChanged { get; } = [];

    /// <summary>Errors that are no errors of the tool's.</summary>
    public List<string> Crashes { get; } = [];

    /// <summary>Everything that must be 0, as lines.</summary>
    public IEnumerable<string> Findings => WronglyPurged.Select(f => "WRONGLY PURGED " + f)
        .Concat(Unaccounted.Select(f => "UNACCOUNTED " + f))
        .Concat(LeftMarked.Select(f => "LEFT MARKED " + f))
        .Concat(KeptWrongly.Select(f => "KEPT WITHOUT NEED " + f))
        .Concat(BystandersChanged.Select(f => "BYSTANDER CHANGED " + f))
        .Concat(Crashes.Select(f => "CRASH " + f));
}
