using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron who acts as proxy for someone.</summary>
public sealed class ProxyRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "Proxy";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron who acts as proxy for someone.";

    /// <inheritdoc/>
    public override bool CanBeIgnored => true;

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.ProxyForCount is { IsKnown: true, Value: not 0 }
            ? string.Create(CultureInfo.InvariantCulture, $"acts as proxy for {facts.ProxyForCount.Value} user(s)")
            : null;
}
