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

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly PatronCheck _check;
    private readonly FailureStreak _streak = new();
    private int _done;
    private int _kept;

    /// <summary>Makes the step.</summary>
    public CheckStep(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _check = new PatronCheck(session);
    }

    /// <summary>Checks patrons as they come and gives those who pass.</summary>
    /// <param name="candidates">Candidates of the run.</param>
    /// <param name="cancellationToken">Stops the calls; those checked so far stay checked.</param>
    public async IAsyncEnumerable<AlmaPurgeCandidate> RunAsync(
        IAsyncEnumerable<AlmaPurgeCandidate> candidates,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StepScope scope = _run.BeginStep(StepNames.Check);
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<PatronVerdict> verdicts = candidates
            .SelectAsync(_session.Reader.Facts.MaximumConcurrency, CheckAsync, cancellationToken);
        await foreach (PatronVerdict verdict in verdicts.ConfigureAwait(false))
        {
            if (Settle(verdict) is { } passed)
            {
                yield return passed;
            }
        }

        scope.Complete();
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
        List<AlmaPurgeCandidate> stale = [.. primaryIds
            .Where(id => !_run.Patrons.TryGetCheck(id, out LiveCheck? check) || check.CheckedAt < oldest)
            .Select(id => new AlmaPurgeCandidate(_run, id))];
        if (stale.Count == 0)
        {
            return;
        }

        _reporter.Verbose(FormattableString.Invariant(
            $"{stale.Count} patrons have no live check younger than {maximumAge.TotalHours:0.#} hours; checking them now."));
        await foreach (AlmaPurgeCandidate _ in RunAsync(AsyncItems.From(stale), cancellationToken).ConfigureAwait(false))
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
        if (!verdict.MayGo)
        {
            _kept++;
            _run.Patrons.Exclude(id, StepNames.Check, verdict.Findings);
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

    private long Total => Math.Max(_done, _run.Patrons.RemainingCount + _kept);

    private AlmaPurgeCandidate ToCandidate(PatronVerdict verdict) => new(
        _run,
        verdict.PrimaryId,
        verdict.Facts.ExpiryDate.IsKnown ? verdict.Facts.ExpiryDate.Value : null,
        verdict.Facts.LastActivityDate.IsKnown ? verdict.Facts.LastActivityDate.Value : null,
        verdict.Facts.PurgeDate.IsKnown ? verdict.Facts.PurgeDate.Value : null,
        verdict.CheckedAt);
}
