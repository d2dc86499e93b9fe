using Newtonsoft.Json;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// What a run was started with. Set at the start; later steps may only tighten it. Every release in it is named in
/// each later prompt.
/// </summary>
public sealed record PurgeCriteria
{
    private readonly DateOnly? _inactiveSince;

    /// <summary>The patrons' own user group as the operator gave it: code or description.</summary>
    public required string UserGroup { get; init; }

    /// <summary>Code of the group, once the code table or the export has told it.</summary>
    public string? UserGroupCode { get; init; }

    /// <summary>Description of the group, once the code table or the export has told it.</summary>
    public string? UserGroupDescription { get; init; }

    /// <summary>Patrons whose expiry date is before this day may go.</summary>
    public required DateOnly ExpiredBefore { get; init; }

    /// <summary>Patrons with activity on or after this day stay. Default: <see cref="ExpiredBefore"/>.</summary>
    public DateOnly InactiveSince { get => _inactiveSince ?? ExpiredBefore; init => _inactiveSince = value; }

    /// <summary>Debt that is overlooked, in the institution's currency; the sum of positive balances counts.</summary>
    public decimal FeeTolerance { get; init; }

    /// <summary>How thoroughly fees are checked live.</summary>
    public AlmaFeeCheck FeeCheck { get; init; } = AlmaFeeCheck.Full;

    /// <summary>Names of rules that the operator has released.</summary>
    public IReadOnlySet<string> IgnoredRules { get; init; } = EmptyNames;

    /// <summary>Role types (code or name) that the operator has released from the rule OtherRole.</summary>
    public IReadOnlySet<string> AllowedRoles { get; init; } = EmptyNames;

    /// <summary>Block types (code) that the operator has released from the rule Blocked.</summary>
    public IReadOnlySet<string> IgnoredBlockTypes { get; init; } = EmptyNames;

    /// <summary>Patrons who stay whatever else is known of them.</summary>
    [JsonProperty(ObjectCreationHandling = ObjectCreationHandling.Replace)]
    public KeepList KeepList { get; init; } = KeepList.Empty;

    /// <summary>The Delete User Policy that the operator says is configured; no API can read it.</summary>
    public AlmaDeleteUserPolicy? DeleteUserPolicy { get; init; }

    /// <summary>
    /// Whether nothing in the run folder may name a patron but the map of its tokens, which can be deleted. So no value of
    /// which nobody knows what stands in it is quoted in evidence.
    /// </summary>
    [JsonProperty(DefaultValueHandling = DefaultValueHandling.Ignore)]
    public bool Pseudonymize { get; init; }

    /// <summary>No names at all.</summary>
    public static IReadOnlySet<string> EmptyNames { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A set of names that compares as Alma does: case-insensitively.</summary>
    public static IReadOnlySet<string> Names(IEnumerable<string>? names) =>
        names is null ? EmptyNames : new HashSet<string>(names.Select(n => n.Trim()), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a group code or description is the run's group.</summary>
    /// <param name="codeOrDescription">What the source has; compared trimmed and case-insensitively.</param>
    public bool IsOwnGroup(string codeOrDescription)
    {
        string given = codeOrDescription.Trim();
        return Same(given, UserGroup) || Same(given, UserGroupCode) || Same(given, UserGroupDescription);
    }

    private static bool Same(string given, string? name) =>
        name is not null && given.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);
}
