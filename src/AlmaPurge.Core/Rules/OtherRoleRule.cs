using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron with an active role other than Patron.</summary>
public sealed class OtherRoleRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "OtherRole";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron with an active role other than Patron.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria)
    {
        if (facts.Roles.IsKnown)
        {
            IEnumerable<string> others = facts.Roles.Value.Where(r => IsOther(r, criteria)).Select(r => r.TypeName);
            string names = string.Join(", ", others.Distinct(StringComparer.OrdinalIgnoreCase));
            return names.Length == 0 ? null : $"has the role {names}";
        }

        // An export does not name the roles, so where some are allowed only the live check can tell.
        return facts.HasOtherRole is { IsKnown: true, Value: true } && criteria.AllowedRoles.Count == 0
            ? "has a role other than Patron"
            : null;
    }

    private static bool IsOther(PatronRole role, PurgeCriteria criteria) =>
        role.IsActive
        && role.TypeCode != PatronRole.PatronCode
        && !criteria.AllowedRoles.Contains(role.TypeCode)
        && !criteria.AllowedRoles.Contains(role.TypeName);
}
