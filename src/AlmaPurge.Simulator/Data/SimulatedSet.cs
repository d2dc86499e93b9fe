namespace AlmaPurge.Simulator;

/// <summary>A set, mostly an itemized one of users.</summary>
public sealed class SimulatedSet
{
    private readonly List<SimulatedUser> _members = [];
    private readonly HashSet<SimulatedUser> _lookup = [];

    internal SimulatedSet(string id, string name, DateTimeOffset created)
    {
        Id = id;
        Name = name;
        Created = Changed = created;
    }

    /// <summary>The id Alma gave it.</summary>
    public string Id { get; }

    /// <summary>Its name, unique among sets.</summary>
    public string Name { get; internal set; }

    /// <summary>Its description.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>A free note.</summary>
    public string Note { get; internal set; } = "";

    /// <summary>Whether staff see it only as their own; sets made by the API belong to exl_api.</summary>
    public bool IsPrivate { get; internal set; } = true;

    /// <summary>ITEMIZED, or LOGICAL for one that is evaluated whenever it is looked at.</summary>
    public string Type { get; internal init; } = "ITEMIZED";

    /// <summary>What it holds: USER; sets of other content are always empty here.</summary>
    public string Content { get; internal init; } = "USER";

    /// <summary>ACTIVE or INACTIVE.</summary>
    public string Status { get; internal set; } = "ACTIVE";

    /// <summary>The query of a logical set.</summary>
    public string Query { get; internal set; } = "";

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset Changed { get; internal set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The primary ids in it, without those who are gone.</summary>
    public IReadOnlyList<string> MemberIds => [.. Members.Select(m => m.PrimaryId)];

    internal IEnumerable<SimulatedUser> Members => Evaluate?.Invoke(Query) ?? _members.Where(m => !m.IsDeleted);

    internal bool IsLogical => Type == "LOGICAL";

    /// <summary>How a logical set finds its members.</summary>
    internal Func<string, IEnumerable<SimulatedUser>>? Evaluate { get; set; }

    internal bool Contains(SimulatedUser user)
    {
        return _lookup.Contains(user);
    }

    internal void Add(SimulatedUser user)
    {
        if (_lookup.Add(user))
        {
            _members.Add(user);
        }
    }

    internal void Remove(SimulatedUser user)
    {
        if (_lookup.Remove(user))
        {
            _members.Remove(user);
        }
    }

    internal void Clear()
    {
        _members.Clear();
        _lookup.Clear();
    }
}
