using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>All rules, in the order in which the first one that fires is named.</summary>
public static class RuleBook
{
    private static readonly PurgeRule[] s_rules =
    [
        new MissingPrimaryIdRule(),
        new DamagedPrimaryIdRule(),
        new ConflictingRowsRule(),
        new OtherUserGroupRule(),
        new ExpiryMissingRule(),
        new NotExpiredRule(),
        new RecentlyActiveRule(),
        new StaffRecordRule(),
        new OtherRoleRule(),
        new InternalAccountRule(),
        new LinkedCopyRule(),
        new ResearcherRule(),
        new AlreadyDeletedRule(),
        new NotFoundRule(),
        new IdentityMismatchRule(),
        new OpenLoansRule(),
        new OpenRequestsRule(),
        new OwesFeesRule(),
        new BlockedRule(),
        new ProxyRule(),
        new KeepListRule(),
        new VetoedRule(),
        new NotPassedOnRule(),
        new CheckFailedRule(),
        new CheckTooOldRule(),
        new DriftedRule(),
    ];

    private static readonly IdentityMismatchRule s_identity = new();

    /// <summary>All rules in order.</summary>
    public static IReadOnlyList<PurgeRule> All => s_rules;

    /// <summary>The rule with this name, any case; null if there is none.</summary>
    public static PurgeRule? Find(string name) =>
        Array.Find(s_rules, r => r.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Lets every rule judge a patron.</summary>
    /// <returns>All rules that fired, in order; empty if the patron may go.</returns>
    public static IReadOnlyList<RuleFinding> Judge(PatronFacts facts, PurgeCriteria criteria)
    {
        // Facts about somebody else say nothing about this patron, so no other rule may speak on them.
        if (s_identity.Judge(facts, criteria) is { } mismatch)
        {
            return [new RuleFinding(s_identity.Name, mismatch)];
        }

        List<RuleFinding>? findings = null;
        foreach (PurgeRule rule in s_rules)
        {
            if (rule.Judge(facts, criteria) is { } evidence && !IsReleased(rule, criteria))
            {
                (findings ??= []).Add(new RuleFinding(rule.Name, evidence));
            }
        }

        return findings ?? (IReadOnlyList<RuleFinding>)[];
    }

    private static bool IsReleased(PurgeRule rule, PurgeCriteria criteria) =>
        rule.CanBeIgnored && criteria.IgnoredRules.Contains(rule.Name);
}
