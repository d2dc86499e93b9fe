using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A row without a primary identifier.</summary>
public sealed class MissingPrimaryIdRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "MissingPrimaryId";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A row without a primary identifier.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.Source == FactSource.File && facts.PrimaryId.Length == 0 ? "the primary identifier is blank" : null;
}
