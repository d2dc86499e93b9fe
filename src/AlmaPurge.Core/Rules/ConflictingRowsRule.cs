using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron whose rows disagree in a column that is read.</summary>
public sealed class ConflictingRowsRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "ConflictingRows";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron whose rows disagree in a column that is read.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.RowConflict;
}
