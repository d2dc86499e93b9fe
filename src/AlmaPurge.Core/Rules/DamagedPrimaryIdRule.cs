using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: An identifier that is damaged: scientific notation, a date, an error value, a formula, a total row.</summary>
public sealed class DamagedPrimaryIdRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "DamagedPrimaryId";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "An identifier that is damaged: scientific notation, a date, an error value, a formula, a total row.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.IdentifierDamage;
}
