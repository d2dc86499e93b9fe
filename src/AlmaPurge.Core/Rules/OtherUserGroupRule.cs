using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron who is not in the run's user group.</summary>
public sealed class OtherUserGroupRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "OtherUserGroup";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron who is not in the run's user group.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria)
    {
        if (facts.UserGroup.IsKnown)
        {
            return IsExpected(facts.UserGroup.Value, facts, criteria) ? null : Found(facts.UserGroup.Value, facts, criteria);
        }

        if (facts.UserGroupName.IsKnown)
        {
            return criteria.IsOwnGroup(facts.UserGroupName.Value) ? null : Found(facts.UserGroupName.Value, facts, criteria);
        }

        bool isBlank = facts.UserGroup.State == FactState.Absent
            || (facts.UserGroup.State == FactState.NotAsked && facts.UserGroupName.State == FactState.Absent);
        return isBlank ? "has no user group" : null;
    }

    // What a file has in that column need not be a group.
    private static string Found(string group, PatronFacts facts, PurgeCriteria criteria) =>
        "user group is " + (facts.Source == FactSource.File && criteria.Pseudonymize ? Quote(group, criteria) : group);

    // After marking, the patron is in the purge group because this run put him there.
    private static bool IsExpected(string code, PatronFacts facts, PurgeCriteria criteria) =>
        criteria.IsOwnGroup(code) || code.Trim().Equals(facts.GroupSetByRun, StringComparison.OrdinalIgnoreCase);
}
