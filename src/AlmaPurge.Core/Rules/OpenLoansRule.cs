using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron with open loans.</summary>
public sealed class OpenLoansRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "OpenLoans";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron with open loans.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.OpenLoans is { IsKnown: true, Value: not 0 }
            ? string.Create(CultureInfo.InvariantCulture, $"{facts.OpenLoans.Value} open loan(s)")
            : null;
}
