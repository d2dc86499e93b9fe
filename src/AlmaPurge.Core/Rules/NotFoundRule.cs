using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: An identifier that Alma does not know.</summary>
public sealed class NotFoundRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "NotFound";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "An identifier that Alma does not know.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.Found ? null : "Alma knows no user with this identifier";
}
