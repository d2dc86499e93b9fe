using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>What may be released from the rules. A release that names nothing is refused: it would only seem to work.</summary>
public static class Releases
{
    /// <summary>The rules that may be released as a whole.</summary>
    public static IEnumerable<PurgeRule> Rules => RuleBook.All.Where(r => r.CanBeIgnored);

    /// <summary>Makes sure that rules may be released.</summary>
    /// <returns>Their names as they are written.</returns>
    /// <exception cref="AlmaPurgeException">There is no such rule, or it cannot be released.</exception>
    public static IReadOnlySet<string> RequireRules(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return PurgeCriteria.Names(names.Select(RequireRule));
    }

    /// <summary>Makes sure that the institution has the roles and block types that are released.</summary>
    /// <param name="criteria">What the run is started with.</param>
    /// <param name="session">The institution. Where it does not tell its roles or block types, nothing is refused.</param>
    /// <returns>The criteria with the names as the institution writes them.</returns>
    /// <exception cref="AlmaPurgeException">One of them is unknown; the message lists those it has.</exception>
    public static PurgeCriteria RequireKnown(PurgeCriteria criteria, AlmaSession session)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        ArgumentNullException.ThrowIfNull(session);
        return criteria with
        {
            AllowedRoles = PurgeCriteria.Names(criteria.AllowedRoles.Select(role => Known(
                role, session.RoleTypes, "RoleUnknown", "role", byName: true))),
            IgnoredBlockTypes = PurgeCriteria.Names(criteria.IgnoredBlockTypes.Select(type => Known(
                type, session.BlockTypes, "BlockTypeUnknown", "block type", byName: false))),
        };
    }

    private static string RequireRule(string name)
    {
        PurgeRule? rule = RuleBook.Find(name);
        return rule is { CanBeIgnored: true } ? rule.Name : throw new AlmaPurgeException(
            rule is null ? "RuleUnknown" : "RuleNotIgnorable",
            AlmaPurgeErrorKind.InvalidArgument,
            rule is null ? $"There is no rule '{name}'." : $"The rule {rule.Name} cannot be released.",
            $"These can: {string.Join(", ", Rules.Select(r => r.Name))}.",
            name);
    }

    private static string Known(
        string name, IReadOnlyList<AlmaCodeTableRow> table, string errorId, string what, bool byName)
    {
        if (table.Count == 0)
        {
            return name;
        }

        return table.FirstOrDefault(r => Same(r.Code, name))?.Code
            ?? (byName ? table.FirstOrDefault(r => Same(r.Description, name))?.Description : null)
            ?? throw new AlmaPurgeException(
                errorId,
                AlmaPurgeErrorKind.NotFound,
                $"The institution has no {what} '{name}'.",
                $"It has: {string.Join(", ", table.Select(r => $"{r.Code} ({r.Description})"))}.",
                name);
    }

    private static bool Same(string known, string given) =>
        known.Trim().Equals(given.Trim(), StringComparison.OrdinalIgnoreCase);
}
