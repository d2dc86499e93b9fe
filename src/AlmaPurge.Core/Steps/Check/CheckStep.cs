using System.Runtime.CompilerServices;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads each patron live, many at a time and in the order of the input, lets every rule judge, and keeps back whoever
/// does not pass. Records the before-image, so that marking can be undone. Sends GET requests only.
/// </summary>
public sealed class CheckStep
{
    private const string Activity = "Checking patrons in Alma";

    private static readonly TimeSpan s_flushInterval = TimeSpan.FromSeconds(30);

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly PatronCheck _check;
    private readonly FailureStreak _streak = new();
    private long _flushedAt;
    private bool _released;
    private int _done;
    private int _kept;

    /// <summary>Makes the step.</summary>
    public CheckStep(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _check = new PatronCheck(session);
        _flushedAt = session.Time.GetTimestamp();
    }

    /// <summary>Checks patrons as they come and gives those who pass.</summary>
    /// <param name="candidates">Candidates of the run.</param>
    /// <param name="cancellationToken">Stops the calls; those checked so far stay checked.</param>
    /// <exception cref="AlmaPurgeException">Today's calls cannot suffice for all of them.</exception>
    public IAsyncEnumerable<AlmaPurgeCandidate> RunAsync(
        IAsyncEnumerable<AlmaPurgeCandidate> candidates,
        CancellationToken cancellationToken) => RunAsync(candidates, splitByDay: false, cancellationToken);

    /// <summary>Checks patrons as they come and gives those who pass.</summary>
    /// <param name="candidates">Candidates of the run.</param>
    /// <param name="splitByDay">
    /// Whether to check as many as today's calls suffice for. Whoever was checked since such a check began is given as
    /// checked, and those who are not reached wait.
    /// </param>
    /// <param name="cancellationToken">Stops the calls; those checked so far stay checked.</param>
    /// <exception cref="AlmaPurgeException">
    /// Today's calls cannot suffice for all of them, or for one; or some wait for another day, after those who pass.
    /// </exception>
    public IAsyncEnumerable<AlmaPurgeCandidate> RunAsync(
        IAsyncEnumerable<AlmaPurgeCandidate> candidates,
        bool splitByDay,
        CancellationToken cancellationToken) =>
        RunAsync(candidates, new CheckBudget(_run, _session, _reporter, splitByDay), cancellationToken);

    private async IAsyncEnumerable<AlmaPurgeCandidate> RunAsync(
        IAsyncEnumerable<AlmaPurgeCandidate> candidates,
        CheckBudget? budget,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A marking that was started and lost is ours: without knowing of it everybody would be in a foreign group.
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        if (_run.Document.Purge is not null)
        {
            _reporter.Warn($"A purge of the run {_run.RunId} was started, so nobody is checked again; the candidates go on as they are.");
            await foreach (AlmaPurgeCandidate candidate in candidates.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return candidate;
            }

            yield break;
        }

        IAsyncEnumerable<AlmaPurgeCandidate> affordable = budget is null
            ? candidates
            : await budget.HoldAsync(candidates, cancellationToken).ConfigureAwait(false);
        using StepScope scope = _run.BeginStep(StepNames.Check);
        budget?.Begin();
        IAsyncEnumerable<CheckedCandidate> checks = affordable.SelectAsync(
            _session.Reader.Facts.MaximumConcurrency,
            (candidate, token) => CheckAsync(candidate, budget, token),
            cancellationToken);
        await foreach (CheckedCandidate check in checks.ConfigureAwait(false))
        {
            if ((check.Verdict is { } verdict ? Settle(verdict) : AsChecked(check.Candidate)) is { } passed)
            {
                yield return passed;
            }

            FlushNowAndThen();
        }

        ReopenFilters();
        WarnOfUnreached();
        budget?.RequireNobodyLeftOver();
        if (SplitCheck.End(_run))
        {
            scope.Complete();
        }
    }

    /// <summary>Calls for everybody of the run who is to be checked, against those of today as they are known. Sends nothing.</summary>
    public CallForecast Forecast(bool splitByDay) => new CheckBudget(_run, _session, _reporter, splitByDay).Forecast();

    /// <summary>
    /// Checks those among the given patrons again who are kept only because Alma was not to be reached; whoever passes
    /// now comes back. Once the set is built it is too late for that.
    /// </summary>
    public async Task RecheckAsync(IEnumerable<string> primaryIds, CancellationToken cancellationToken)
    {
        string[] ids = _run.Document.Set is null ? [.. primaryIds.Where(_run.Patrons.IsUnreached)] : [];
        if (ids.Length > 0)
        {
            await CheckAllAsync(ids, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Checks those of the given patrons who have no check younger than allowed.</summary>
    /// <param name="primaryIds">Patrons not excluded.</param>
    /// <param name="maximumAge">Age up to which an earlier check counts.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async Task RefreshAsync(
        IReadOnlyList<string> primaryIds,
        TimeSpan maximumAge,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string> stale = StaleAmong(primaryIds, maximumAge);
        if (stale.Count == 0)
        {
            return;
        }

        _reporter.Verbose(FormattableString.Invariant(
            $"{stale.Count} patrons have no live check younger than {maximumAge.TotalHours:0.#} hours; checking them now."));
        await CheckAllAsync(stale, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those of the given patrons who have no check younger than allowed.</summary>
    /// <param name="primaryIds">Patrons not excluded.</param>
    /// <param name="maximumAge">Age up to which an earlier check counts.</param>
    public IReadOnlyList<string> StaleAmong(IReadOnlyList<string> primaryIds, TimeSpan maximumAge)
    {
        DateTimeOffset oldest = _session.Time.GetUtcNow() - maximumAge;
        return [.. primaryIds
            .Where(id => !_run.Patrons.TryGetCheck(id, out LiveCheck? check) || check.CheckedAt < oldest)];
    }

    // The step that needs these checks has counted the calls for them.
    private async Task CheckAllAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        IEnumerable<AlmaPurgeCandidate> candidates = ids.Select(id => new AlmaPurgeCandidate(_run, id));
        await foreach (AlmaPurgeCandidate _ in RunAsync(AsyncItems.From(candidates), budget: null, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    private async Task<CheckedCandidate> CheckAsync(
        AlmaPurgeCandidate candidate, CheckBudget? budget, CancellationToken cancellationToken)
    {
        if (budget?.IsDone(candidate) == true)
        {
            return new CheckedCandidate(candidate, null);
        }

        try
        {
            PatronVerdict verdict = await _check
                .CheckAsync(
                    candidate.PrimaryId,
                    _run.Criteria,
                    _run.Document.Mark?.PurgeGroup,
                    _run.Criteria.FeeCheck == AlmaFeeCheck.Full,
                    cancellationToken)
                .ConfigureAwait(false);
            return new CheckedCandidate(candidate, verdict);
        }
        finally
        {
            budget?.End();
        }
    }

    private AlmaPurgeCandidate? Settle(PatronVerdict verdict)
    {
        _streak.Count(verdict.Failure);
        _done++;
        string id = verdict.PrimaryId;
        ReleaseIfReached(verdict);
        if (!verdict.MayGo)
        {
            _kept++;
            Exclude(verdict);
            _reporter.Verbose($"{id} stays: {string.Join(", ", verdict.Findings.Select(f => f.Rule))}");
        }
        else if (_run.Patrons.TryGetCheck(id, out _) && _run.Document.Mark is not null)
        {
            // The first before-image is the one to go back to: this one has our own marking in it.
            _run.Patrons.RenewCheck(id, verdict.CheckedAt);
        }
        else
        {
            _run.Patrons.RecordCheck(id, new LiveCheck(verdict.CheckedAt, BeforeImages.From(verdict.Facts)));
        }

        _reporter.Progress(new StepProgress(Activity, FormattableString.Invariant($"{_kept} kept so far"), _done, Total));
        return verdict.MayGo && _run.Patrons.IsRemaining(id) ? ToCandidate(verdict) : null;
    }

    // Kept until Alma has an answer; before the set is built nothing else hangs on it.
    private void ReleaseIfReached(PatronVerdict verdict)
    {
        if (!verdict.IsUnreached && _run.Document.Set is null)
        {
            _released |= verdict.MayGo && _run.Patrons.IsUnreached(verdict.PrimaryId);
            _run.Patrons.ReleaseUnreached(verdict.PrimaryId);
        }
    }

    // Whoever comes back may never have come by the fines file and the like, so those steps count as not ended: the
    // set is then built of who arrives down a pipeline, or after such a step was repeated.
    private void ReopenFilters()
    {
        string[] filters = [.. _run.Document.Inputs.Select(i => i.Step).Where(s => s != StepNames.Import).Distinct()];
        if (_released && filters.Length > 0)
        {
            _run.Update(d => d with { OpenSteps = [.. d.OpenSteps.Union(filters)] });
        }
    }

    private void Exclude(PatronVerdict verdict)
    {
        if (verdict.IsUnreached)
        {
            _run.Patrons.ExcludeUnreached(verdict.PrimaryId, StepNames.Check, verdict.Findings);
        }
        else
        {
            _run.Patrons.Exclude(verdict.PrimaryId, StepNames.Check, verdict.Findings);
        }
    }

    // A crash must not lose hours of calls.
    private void FlushNowAndThen()
    {
        if (_session.Time.GetElapsedTime(_flushedAt) >= s_flushInterval)
        {
            _run.Flush();
            _flushedAt = _session.Time.GetTimestamp();
        }
    }

    private void WarnOfUnreached()
    {
        if (_run.Document.Set is null && _run.Patrons.UnreachedIds().Count is > 0 and int count)
        {
            _reporter.Warn(FormattableString.Invariant(
                $"{count} patron(s) could not be checked because Alma was not to be reached, and are kept. Get-AlmaPurgeRun {_run.RunId} | Confirm-AlmaPurgeCandidate checks them again, as long as the set is not built."));
        }
    }

    private long Total => Math.Max(_done, _run.Patrons.RemainingCount + _kept);

    // As an earlier day of the same check has found them.
    private AlmaPurgeCandidate? AsChecked(AlmaPurgeCandidate candidate) =>
        _run.Patrons.IsRemaining(candidate.PrimaryId) && _run.Patrons.TryGetCheck(candidate.PrimaryId, out LiveCheck? check)
            ? new AlmaPurgeCandidate(
                _run,
                candidate.PrimaryId,
                check.Before.ExpiryDate,
                candidate.LastActivityDate is { } active ? DateOnly.FromDateTime(active) : null,
                check.Before.PurgeDate,
                check.CheckedAt)
            : null;

    private AlmaPurgeCandidate ToCandidate(PatronVerdict verdict) => new(
        _run,
        verdict.PrimaryId,
        verdict.Facts.ExpiryDate.IsKnown ? verdict.Facts.ExpiryDate.Value : null,
        verdict.Facts.LastActivityDate.IsKnown ? verdict.Facts.LastActivityDate.Value : null,
        verdict.Facts.PurgeDate.IsKnown ? verdict.Facts.PurgeDate.Value : null,
        verdict.CheckedAt);
}

/// <summary>A candidate who came by the live check.</summary>
/// <param name="Candidate">The candidate as it arrived.</param>
/// <param name="Verdict">What the check came to; null where it was made on an earlier day.</param>
internal sealed record CheckedCandidate(AlmaPurgeCandidate Candidate, PatronVerdict? Verdict);
