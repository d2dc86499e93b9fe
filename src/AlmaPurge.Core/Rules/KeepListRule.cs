using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron who is on a keep list of the run.</summary>
public sealed class KeepListRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "KeepList";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron who is on a keep list of the run.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        criteria.KeepList.OriginOf(facts.PrimaryId) is { } origin ? $"is on the keep list ({origin})" : null;
}
