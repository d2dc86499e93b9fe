using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A copy of a user of another institution.</summary>
public sealed class LinkedCopyRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "LinkedCopy";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A copy of a user of another institution.";

    /// <inheritdoc/>
    public override bool CanBeIgnored => true;

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.LinkedFrom.IsKnown ? "linked from another institution" + From(facts.LinkedFrom.Value, criteria) : null;

    // In Alma it may be the number of the record there.
    private static string From(string source, PurgeCriteria criteria) => criteria.Pseudonymize ? "" : $" ({source})";
}
