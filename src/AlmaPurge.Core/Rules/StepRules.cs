using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>A rule that a step states by itself, since it does not follow from facts about the patron.</summary>
public abstract class StepRule : PurgeRule
{
    /// <inheritdoc/>
    public sealed override string? Judge(PatronFacts facts, PurgeCriteria criteria) => null;
}

/// <summary>Keeps whoever was vetoed when people looked through the list.</summary>
public sealed class VetoedRule : StepRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "Vetoed";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron who was vetoed in the review.";
}

/// <summary>Keeps whoever was imported and did not arrive at the step that builds the set.</summary>
public sealed class NotPassedOnRule : StepRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "NotPassedOn";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron who was dropped between two steps.";
}

/// <summary>Keeps whoever's live check is older than allowed and could not be made anew.</summary>
public sealed class CheckTooOldRule : StepRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "CheckTooOld";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron whose live check is stale.";
}

/// <summary>Keeps whoever changed in Alma since the check, our own marking aside.</summary>
public sealed class DriftedRule : StepRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "Drifted";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron whose record changed in Alma since the check.";
}
