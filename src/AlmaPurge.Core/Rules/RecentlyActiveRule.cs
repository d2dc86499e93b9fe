using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron who was active on or after the activity cutoff.</summary>
public sealed class RecentlyActiveRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "RecentlyActive";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron who was active on or after the activity cutoff.";

    /// <inheritdoc/>
    public override bool CanBeIgnored => true;

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.LastActivityDate.IsKnown && facts.LastActivityDate.Value >= criteria.InactiveSince
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"last active {facts.LastActivityDate.Value:yyyy-MM-dd}, cutoff {criteria.InactiveSince:yyyy-MM-dd}")
            : null;
}
