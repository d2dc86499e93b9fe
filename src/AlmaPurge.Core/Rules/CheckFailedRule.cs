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

        return FirstUnreadable(facts) ?? (facts.Source == FactSource.Live && facts.Found ? FirstMissing(facts) : null);
    }

    private static string? FirstUnreadable(PatronFacts facts) =>
        Unreadable(facts.ReturnedPrimaryId, "primary identifier")
        ?? Unreadable(facts.UserGroup, "user group")
        ?? Unreadable(facts.UserGroupName, "user group")
        ?? Unreadable(facts.RecordType, "record type")
        ?? Unreadable(facts.AccountType, "account type")
        ?? Unreadable(facts.Status, "status")
        ?? Unreadable(facts.ExpiryDate, "expiry date")
        ?? Unreadable(facts.PurgeDate, "purge date")
        ?? Unreadable(facts.LastActivityDate, "last activity date")
        ?? Unreadable(facts.HasOtherRole, "has role other than patron")
        ?? Unreadable(facts.Roles, "roles")
        ?? Unreadable(facts.LinkedFrom, "linked from other institution")
        ?? Unreadable(facts.IsResearcher, "researcher")
        ?? Unreadable(facts.IsBlocked, "is blocked")
        ?? Unreadable(facts.Blocks, "blocks")
        ?? Unreadable(facts.ProxyForCount, "proxies")
        ?? Unreadable(facts.OpenLoans, "loans")
        ?? Unreadable(facts.OpenRequests, "requests")
        ?? Unreadable(facts.FeeBalance, "fee balance")
        ?? Unreadable(facts.Fees, "fees");

    private static string? FirstMissing(PatronFacts facts) =>
        Missing(facts.ReturnedPrimaryId, "primary identifier")
        ?? Missing(facts.RecordType, "record type")
        ?? Missing(facts.UserGroup, "user group")
        ?? Missing(facts.Status, "status")
        ?? Missing(facts.Roles, "roles")
        ?? Missing(facts.OpenLoans, "number of loans")
        ?? Missing(facts.OpenRequests, "number of requests")
        ?? Missing(facts.FeeBalance, "balance of fees");

    private static string? Unreadable<T>(Fact<T> fact, string field) =>
        fact.IsUnreadable ? $"{field} cannot be understood: '{fact.Text}'" : null;

    private static string? Missing<T>(Fact<T> fact, string field) =>
        fact.IsKnown ? null : $"Alma's answer has no {field}";
}
