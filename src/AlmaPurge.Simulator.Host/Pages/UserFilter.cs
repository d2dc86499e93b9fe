namespace AlmaPurge.Simulator.Host.Pages;

/// <summary>What the list of users is narrowed to, as the query says.</summary>
public sealed record UserFilter
{
    /// <summary>Part of a primary or another identifier.</summary>
    public string Id { get; init; } = "";

    /// <summary>Code of the user group; empty for all.</summary>
    public string Group { get; init; } = "";

    /// <summary>ACTIVE or INACTIVE; empty for both.</summary>
    public string Status { get; init; } = "";

    /// <summary>"none" or "some"; empty for both.</summary>
    public string HasPurgeDate { get; init; } = "";

    /// <summary>First purge date that is shown, as typed.</summary>
    public string PurgeFrom { get; init; } = "";

    /// <summary>Last purge date that is shown, as typed.</summary>
    public string PurgeTo { get; init; } = "";

    /// <summary>Reads it.</summary>
    internal static UserFilter From(IQueryCollection query) => new()
    {
        Id = query["id"].ToString().Trim(),
        Group = query["group"].ToString(),
        Status = query["status"].ToString(),
        HasPurgeDate = query["purge"].ToString(),
        PurgeFrom = query["from"].ToString(),
        PurgeTo = query["to"].ToString(),
    };

    /// <summary>As the query of a link to another page of the same list.</summary>
    internal IReadOnlyList<KeyValuePair<string, string?>> ToQuery() =>
    [
        new("id", Id), new("group", Group), new("status", Status), new("purge", HasPurgeDate), new("from", PurgeFrom),
        new("to", PurgeTo),
    ];

    /// <summary>Those whom it lets through; the removed are not found, as in Alma.</summary>
    internal IEnumerable<SimulatedUser> Apply(IEnumerable<SimulatedUser> users)
    {
        DateOnly? from = Instant.ParseDay(PurgeFrom);
        DateOnly? to = Instant.ParseDay(PurgeTo);
        return users.Where(u => !u.IsDeleted
            && (Id.Length == 0 || HasId(u.State))
            && (Group.Length == 0 || u.UserGroup == Group)
            && (Status.Length == 0 || u.Status == Status)
            && (HasPurgeDate.Length == 0 || (HasPurgeDate == "none") == (u.PurgeDate is null))
            && (from is null || u.PurgeDate >= from)
            && (to is null || u.PurgeDate <= to));
    }

    private bool HasId(SimulatedUserSpec state)
    {
        return state.PrimaryId.Contains(Id, StringComparison.OrdinalIgnoreCase)
            || state.Identifiers.Any(i => i.Value.Contains(Id, StringComparison.OrdinalIgnoreCase));
    }
}
