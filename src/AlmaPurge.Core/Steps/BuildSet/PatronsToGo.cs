using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Who of a run goes on, and who of it stays because they were not handed on.</summary>
/// <param name="Ids">Primary identifiers in the order of the import, each with a fresh live check.</param>
/// <param name="NotPassedOn">Patrons who were imported and did not arrive; they stay.</param>
internal sealed record GoingPatrons(IReadOnlyList<string> Ids, IReadOnlyList<string> NotPassedOn);

/// <summary>
/// Finds who of a run leaves it for a set in Alma, whether the set is built through the API or by hand from a file:
/// whoever was imported, is not excluded and arrived, has a live check that is fresh, and was in a review if there was one.
/// </summary>
internal sealed class PatronsToGo
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly string _step;

    /// <param name="run">The run.</param>
    /// <param name="session">The connection.</param>
    /// <param name="reporter">Told what is done.</param>
    /// <param name="step">Step for which they are found.</param>
    public PatronsToGo(PurgeRun run, AlmaSession session, IStepReporter reporter, string step)
    {
        _step = step;
        _run = run;
        _session = session;
        _reporter = reporter;
    }

    /// <summary>The ceiling that holds: the one given, else the one that the run has, else the usual one.</summary>
    public static int CeilingOf(PurgeRun run, int? given) =>
        given ?? run.Document.MaximumCount ?? BuildSetOptions.DefaultMaximumCount;

    /// <summary>Stops if a step that may have kept somebody began and never ended, and nobody says who arrived.</summary>
    public static void RequireWhole(PurgeRun run, IReadOnlyCollection<string>? arrived)
    {
        if (arrived is null && run.UnfinishedSteps.FirstOrDefault(s => s is StepNames.Import or StepNames.Subtract or StepNames.Review) is { } step)
        {
            throw new AlmaPurgeException(
                "RunPartial",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The step {step} of the run {run.RunId} began and never ended, so some who must stay may still be in it.",
                $"Repeat the step {step}, or start a new run.",
                run.RunId);
        }
    }

    /// <summary>Finds them; whoever has no fresh check is checked.</summary>
    /// <param name="arrived">Ids that came down the pipeline; null for all of the run who remain.</param>
    /// <param name="maximumCount">Most patrons that may go.</param>
    /// <param name="maximumCheckAge">Age up to which a live check counts.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">
    /// Nobody left, too many, somebody not of this run or of none of its reviews, or too few calls left today.
    /// </exception>
    public async Task<GoingPatrons> FindAsync(
        IReadOnlyCollection<string>? arrived,
        int maximumCount,
        TimeSpan maximumCheckAge,
        CancellationToken cancellationToken)
    {
        CheckStep check = new(_run, _session, _reporter);
        await check.RecheckAsync(arrived ?? [], cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> before = _run.Patrons.RemainingIds();
        IReadOnlyList<string> here = arrived is null ? before : Arrived(arrived, before);
        await RequireCallsAsync(check.StaleAmong(here, maximumCheckAge).Count, here.Count, cancellationToken)
            .ConfigureAwait(false);
        await check.RefreshAsync(here, maximumCheckAge, cancellationToken).ConfigureAwait(false);
        List<string> going = [.. here.Where(_run.Patrons.IsRemaining)];
        ReviewedPatrons.Require(_run, going);
        RequireCount(going.Count, maximumCount);
        HashSet<string> passedOn = new(here, StringComparer.OrdinalIgnoreCase);
        return new GoingPatrons(going, [.. before.Where(id => !passedOn.Contains(id))]);
    }

    /// <summary>Stops if nobody is left, or more than the ceiling allows.</summary>
    public void RequireCount(int count, int maximum)
    {
        if (count == 0)
        {
            throw Stop(
                "NobodyLeft",
                AlmaPurgeErrorKind.InvalidOperation,
                FormattableString.Invariant($"Nobody of the {_run.Patrons.Count} patrons of the run {_run.RunId} may be purged."),
                "Get-AlmaPurgeExclusion tells why each of them stays.");
        }

        if (count > maximum)
        {
            throw Stop(
                "MoreThanMaximumCount",
                AlmaPurgeErrorKind.LimitExceeded,
                FormattableString.Invariant($"{count} patrons would be purged, but -MaximumCount is {maximum}. Nothing was written to Alma."),
                FormattableString.Invariant($"If {count} is what you expect, give -MaximumCount {count}."));
        }
    }

    /// <summary>Keeps those who did not arrive.</summary>
    /// <param name="run">The run, or its preview.</param>
    /// <param name="ids">Who did not arrive.</param>
    /// <param name="step">The step where they did not.</param>
    /// <param name="where">The place, for people.</param>
    public static void ExcludeNotPassedOn(PurgeRun run, IReadOnlyList<string> ids, string step, string where)
    {
        foreach (string id in ids)
        {
            run.Patrons.Exclude(id, step, NotPassedOnRule.RuleName, $"was imported, but did not arrive where {where}");
        }
    }

    private Task RequireCallsAsync(int toCheck, int patrons, CancellationToken cancellationToken)
    {
        StepNeed need = StepCalls.BuildSet(toCheck, patrons, _run.Criteria.FeeCheck);
        return new CallBudget(_run, _session, _reporter, _step).RequireAsync(
            _step == StepNames.BuildSet ? need : need with { Applying = default }, cancellationToken);
    }

    private IReadOnlyList<string> Arrived(IReadOnlyCollection<string> arrived, IReadOnlyList<string> remaining)
    {
        if (arrived.FirstOrDefault(id => !_run.Patrons.IsCandidate(id)) is { } stranger)
        {
            throw new AlmaPurgeException(
                "CandidateOfOtherRun",
                AlmaPurgeErrorKind.SafetyStop,
                $"'{stranger}' was never imported into the run {_run.RunId}.",
                "Import everybody of one purge with one Import-AlmaPurgeCandidate.",
                stranger);
        }

        HashSet<string> here = new(arrived.Select(id => id.Trim()), StringComparer.OrdinalIgnoreCase);
        return [.. remaining.Where(here.Contains)];
    }

    private AlmaPurgeException Stop(string id, AlmaPurgeErrorKind kind, string message, string nextStep) =>
        new(id, kind, message, nextStep, _run.RunId);
}
