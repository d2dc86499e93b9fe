using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: An identifier for which Alma answers with another user, such as one whose barcode it is.</summary>
public sealed class IdentityMismatchRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "IdentityMismatch";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "An identifier for which Alma answers with another user, such as one whose barcode it is.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.ReturnedPrimaryId.IsKnown
        && !facts.ReturnedPrimaryId.Value.Trim().Equals(facts.PrimaryId, StringComparison.OrdinalIgnoreCase)
            ? "Alma answered with a user whose primary identifier is another one"
            : null;
}
