using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron whose status is already Deleted.</summary>
public sealed class AlreadyDeletedRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "AlreadyDeleted";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron whose status is already Deleted.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.Status is { IsKnown: true, Value: PatronStatus.Deleted } ? "status is Deleted" : null;
}
