using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron whose expiry date is on or after the cutoff.</summary>
public sealed class NotExpiredRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "NotExpired";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron whose expiry date is on or after the cutoff.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.ExpiryDate.IsKnown && facts.ExpiryDate.Value >= criteria.ExpiredBefore
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"expires {facts.ExpiryDate.Value:yyyy-MM-dd}, cutoff {criteria.ExpiredBefore:yyyy-MM-dd}")
            : null;
}
