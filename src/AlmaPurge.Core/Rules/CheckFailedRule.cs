using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>
/// Keeps a patron of whom something that must be known is not: the call failed, a field that Alma always gives is
/// missing, or a value cannot be understood. This is what makes every other rule fail closed.
/// </summary>
public sealed class CheckFailedRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "CheckFailed";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron who could not be checked, or of whom a value cannot be understood.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria)
    {
        if (facts.CheckError is not null)
        {
            return facts.CheckError;
        }

        return FirstUnreadable(facts, criteria) ?? (facts.Source == FactSource.Live && facts.Found ? FirstMissing(facts) : null);
    }

    private static string? FirstUnreadable(PatronFacts facts, PurgeCriteria criteria) =>
        Unreadable(facts.ReturnedPrimaryId, "primary identifier", criteria)
        ?? Unreadable(facts.UserGroup, "user group", criteria)
        ?? Unreadable(facts.UserGroupName, "user group", criteria)
        ?? Unreadable(facts.RecordType, "record type", criteria)
        ?? Unreadable(facts.AccountType, "account type", criteria)
        ?? Unreadable(facts.Status, "status", criteria)
        ?? Unreadable(facts.ExpiryDate, "expiry date", criteria)
        ?? Unreadable(facts.PurgeDate, "purge date", criteria)
        ?? Unreadable(facts.LastActivityDate, "last activity date", criteria)
        ?? Unreadable(facts.HasOtherRole, "has role other than patron", criteria)
        ?? Unreadable(facts.Roles, "roles", criteria)
        ?? Unreadable(facts.LinkedFrom, "linked from other institution", criteria)
        ?? Unreadable(facts.IsResearcher, "researcher", criteria)
        ?? Unreadable(facts.IsBlocked, "is blocked", criteria)
        ?? Unreadable(facts.Blocks, "blocks", criteria)
        ?? Unreadable(facts.ProxyForCount, "proxies", criteria)
        ?? Unreadable(facts.OpenLoans, "loans", criteria)
        ?? Unreadable(facts.OpenRequests, "requests", criteria)
        ?? Unreadable(facts.FeeBalance, "fee balance", criteria)
        ?? Unreadable(facts.Fees, "fees", criteria);

    private static string? FirstMissing(PatronFacts facts) =>
        Missing(facts.ReturnedPrimaryId, "primary identifier")
        ?? Missing(facts.RecordType, "record type")
        ?? Missing(facts.UserGroup, "user group")
        ?? Missing(facts.Status, "status")
        ?? Missing(facts.Roles, "roles")
        ?? Missing(facts.OpenLoans, "number of loans")
        ?? Missing(facts.OpenRequests, "number of requests")
        ?? Missing(facts.FeeBalance, "balance of fees");

    private static string? Unreadable<T>(Fact<T> fact, string field, PurgeCriteria criteria) =>
        fact.IsUnreadable ? $"{field} cannot be understood: {Quote(fact.Text, criteria)}" : null;

    private static string? Missing<T>(Fact<T> fact, string field) =>
        fact.IsKnown ? null : $"Alma's answer has no {field}";
}
