using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: An internal account, such as one for interlibrary loan, tests or walk-ins.</summary>
public sealed class InternalAccountRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "InternalAccount";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "An internal account, such as one for interlibrary loan, tests or walk-ins.";

    /// <inheritdoc/>
    public override bool CanBeIgnored => true;

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.AccountType is { IsKnown: true, Value: PatronAccountType.Internal } ? "account type is Internal" : null;
}
