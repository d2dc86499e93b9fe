using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron with open requests, which a purge would cancel.</summary>
public sealed class OpenRequestsRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "OpenRequests";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron with open requests, which a purge would cancel.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.OpenRequests is { IsKnown: true, Value: not 0 }
            ? string.Create(CultureInfo.InvariantCulture, $"{facts.OpenRequests.Value} open request(s)")
            : null;
}
