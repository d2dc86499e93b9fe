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
    public async IAsyncEnumerable<AlmaPurgeCandidate> RunAsync(
        IAsyncEnumerable<AlmaPurgeCandidate> candidates,
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

        using StepScope scope = _run.BeginStep(StepNames.Check);
        IAsyncEnumerable<PatronVerdict> verdicts = candidates
            .SelectAsync(_session.Reader.Facts.MaximumConcurrency, CheckAsync, cancellationToken);
        await foreach (PatronVerdict verdict in verdicts.ConfigureAwait(false))
        {
            if (Settle(verdict) is { } passed)
            {
                yield return passed;
            }

            FlushNowAndThen();
        }

        ReopenFilters();
        WarnOfUnreached();
        scope.Complete();
    }

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
        DateTimeOffset oldest = _session.Time.GetUtcNow() - maximumAge;
        List<string> stale = [.. primaryIds
            .Where(id => !_run.Patrons.TryGetCheck(id, out LiveCheck? check) || check.CheckedAt < oldest)];
        if (stale.Count == 0)
        {
            return;
        }

        _reporter.Verbose(FormattableString.Invariant(
            $"{stale.Count} patrons have no live check younger than {maximumAge.TotalHours:0.#} hours; checking them now."));
        await CheckAllAsync(stale, cancellationToken).ConfigureAwait(false);
    }

    private async Task CheckAllAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        IEnumerable<AlmaPurgeCandidate> candidates = ids.Select(id => new AlmaPurgeCandidate(_run, id));
        await foreach (AlmaPurgeCandidate _ in RunAsync(AsyncItems.From(candidates), cancellationToken).ConfigureAwait(false))
        {
        }
    }

    private Task<PatronVerdict> CheckAsync(AlmaPurgeCandidate candidate, CancellationToken cancellationToken) =>
        _check.CheckAsync(
            candidate.PrimaryId,
            _run.Criteria,
            _run.Document.Mark?.PurgeGroup,
            _run.Criteria.FeeCheck == AlmaFeeCheck.Full,
            cancellationToken);

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

    private AlmaPurgeCandidate ToCandidate(PatronVerdict verdict) => new(
        _run,
        verdict.PrimaryId,
        verdict.Facts.ExpiryDate.IsKnown ? verdict.Facts.ExpiryDate.Value : null,
        verdict.Facts.LastActivityDate.IsKnown ? verdict.Facts.LastActivityDate.Value : null,
        verdict.Facts.PurgeDate.IsKnown ? verdict.Facts.PurgeDate.Value : null,
        verdict.CheckedAt);
}
