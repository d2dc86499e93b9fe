using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: An Esploro researcher.</summary>
public sealed class ResearcherRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "Researcher";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "An Esploro researcher.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.IsResearcher is { IsKnown: true, Value: true } ? "is a researcher" : null;
}
