using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron without an expiry date.</summary>
public sealed class ExpiryMissingRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "ExpiryMissing";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron without an expiry date.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.ExpiryDate.State == FactState.Absent ? "has no expiry date" : null;
}
