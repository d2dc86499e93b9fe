using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// What Alma's page "Purge User Records" asks of a patron (documented), for the route on which Alma asks nothing: a
/// DELETE takes whomever it is given. What is not known does not fit.
/// </summary>
internal sealed class ClassicCriteria
{
    private readonly PurgeRun _run;
    private readonly PurgeOptions _options;

    public ClassicCriteria(PurgeRun run, PurgeOptions options)
    {
        _run = run;
        _options = options;
    }

    /// <summary>
    /// Whether disputed fees may lie between the two thresholds: the run tolerates what the waive threshold does not, and
    /// the balance of the user record does not show them.
    /// </summary>
    public bool NeedsFeeLists => _run.Criteria.FeeTolerance > _options.WaiveThreshold;

    /// <summary>
    /// Whether a purge date is far enough back. Run on December 20 with 10 days: purge dates before December 10. With 0:
    /// today or earlier. (Documented.)
    /// </summary>
    public static bool IsDue(DateOnly purgeDate, int daysAfterPurgeDate, DateOnly today) =>
        daysAfterPurgeDate == 0 ? purgeDate <= today : purgeDate < today.AddDays(-daysAfterPurgeDate);

    /// <summary>Why the job would not take the patron; null if it would.</summary>
    public RuleFinding? WhyNot(PatronFacts facts)
    {
        if (!facts.RecordType.IsKnown || facts.RecordType.Value != PatronRecordType.Public)
        {
            return new RuleFinding(StaffRecordRule.RuleName, $"record type is {Text(facts.RecordType)}, not Public");
        }

        if (!facts.UserGroup.IsKnown || !PatronIdentity.Same(facts.UserGroup.Value, GroupOf(facts.PrimaryId)))
        {
            return new RuleFinding(DriftedRule.RuleName, $"user group is {Text(facts.UserGroup)}, not {GroupOf(facts.PrimaryId)}");
        }

        if (!facts.PurgeDate.IsKnown || !IsDue(facts.PurgeDate.Value, _options.DaysAfterPurgeDate, facts.Today))
        {
            string date = facts.PurgeDate.IsKnown ? FormattableString.Invariant($"{facts.PurgeDate.Value:yyyy-MM-dd}") : "none";
            return new RuleFinding(
                DriftedRule.RuleName,
                FormattableString.Invariant($"purge date is {date}, not {_options.DaysAfterPurgeDate} days back"));
        }

        return Owed(facts) is { } owed && owed <= _options.WaiveThreshold
            ? null
            : new RuleFinding(
                OwesFeesRule.RuleName,
                FormattableString.Invariant($"owes {Owed(facts):0.00}, waive threshold {_options.WaiveThreshold:0.##}"));
    }

    private string GroupOf(string primaryId) => _run.Document.Mark!.PurgeGroup
        ?? (_run.Patrons.TryGetCheck(primaryId, out LiveCheck? check) ? check.Before.UserGroup : "");

    // A credit does not make a debt smaller here: it may be refunded. Where the fees were not read one by one, the balance
    // stands for them, since nothing disputed passes the run's own tolerance then.
    private static decimal? Owed(PatronFacts facts)
    {
        if (!facts.FeeBalance.IsKnown)
        {
            return null;
        }

        decimal listed = facts.Fees.IsKnown
            ? facts.Fees.Value.Where(f => f.Balance > 0 && !f.Status.Equals(OwesFeesRule.ClosedStatus, StringComparison.OrdinalIgnoreCase)).Sum(f => f.Balance)
            : 0;
        return Math.Max(listed, facts.FeeBalance.Value);
    }

    private static string Text<T>(Fact<T> fact) => fact.IsKnown ? FormattableString.Invariant($"{fact.Value}") : "not known";
}
