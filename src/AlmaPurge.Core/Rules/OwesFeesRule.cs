using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>
/// Keeps a patron whose positive balances add up to more than the tolerance. Credits are not netted, since a credit
/// may be refunded and the debt remain; an exported fee counts whatever its balance, since the debt may live on at the
/// bursar; a status that is not known counts like an active one.
/// </summary>
public sealed class OwesFeesRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "OwesFees";

    /// <summary>Fee status that does not count (documented).</summary>
    public const string ClosedStatus = "CLOSED";

    /// <summary>Fee status of a debt handed to the bursar (documented).</summary>
    public const string ExportedStatus = "EXPORTED";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron who owes more than the fee tolerance, or has a fee at the bursar.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria)
    {
        if (facts.Fees.IsKnown)
        {
            return JudgeFees(facts.Fees.Value, criteria.FeeTolerance);
        }

        // Credits are netted in the balance of the user record, so it can convict but never acquit.
        return facts.FeeBalance.IsKnown && facts.FeeBalance.Value > criteria.FeeTolerance
            ? Describe(facts.FeeBalance.Value, criteria.FeeTolerance)
            : null;
    }

    private static string? JudgeFees(IReadOnlyList<PatronFee> fees, decimal tolerance)
    {
        decimal owed = 0;
        foreach (PatronFee fee in fees)
        {
            if (Is(fee, ExportedStatus))
            {
                return string.Create(CultureInfo.InvariantCulture, $"has an exported fee (balance {fee.Balance:F2})");
            }

            owed += fee.Balance > 0 && !Is(fee, ClosedStatus) ? fee.Balance : 0;
        }

        return owed > tolerance ? Describe(owed, tolerance) : null;
    }

    private static bool Is(PatronFee fee, string status) =>
        fee.Status.Equals(status, StringComparison.OrdinalIgnoreCase);

    private static string Describe(decimal owed, decimal tolerance) =>
        string.Create(CultureInfo.InvariantCulture, $"owes {owed:F2}, tolerance {tolerance:F2}");
}
