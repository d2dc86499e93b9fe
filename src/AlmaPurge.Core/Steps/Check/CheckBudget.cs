using System.Runtime.CompilerServices;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Holds a live check to the calls of the day: all of it or nothing of it, or with a split as much as surely fits.
/// </summary>
internal sealed class CheckBudget
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly CallBudget _budget;
    private readonly bool _isSplit;
    private readonly CallRation _ration;
    private int _begun;
    private int _waiting;

    public CheckBudget(PurgeRun run, AlmaSession session, IStepReporter reporter, bool isSplit)
    {
        _run = run;
        _session = session;
        _isSplit = isSplit;
        _budget = new CallBudget(run, session, reporter, StepNames.Check);
        _ration = new CallRation(session.Connection, MostForOne);
    }

    /// <summary>Calls for everybody of the run, as they are known now. Sends nothing.</summary>
    public CallForecast Forecast() => CallForecast.Of(_session.Connection, Need(MostToCome()));

    /// <summary>The candidates who are checked now. Nothing of the run has changed yet if this throws.</summary>
    /// <exception cref="AlmaPurgeException">Today's calls cannot suffice.</exception>
    public async Task<IAsyncEnumerable<AlmaPurgeCandidate>> HoldAsync(
        IAsyncEnumerable<AlmaPurgeCandidate> candidates, CancellationToken cancellationToken)
    {
        CallForecast forecast = await _budget.ForecastAsync(Need(MostToCome()), cancellationToken).ConfigureAwait(false);
        if (_isSplit)
        {
            RequireRoomForOne(forecast);
            return ReachedAsync(candidates, cancellationToken);
        }

        if (!forecast.IsDoubtful)
        {
            _budget.Require(forecast);
            return candidates;
        }

        // Fewer than all of the run may come down the pipeline, so it is worth to wait for the last one.
        List<AlmaPurgeCandidate> all = [];
        await foreach (AlmaPurgeCandidate candidate in candidates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            all.Add(candidate);
        }

        _budget.Require(forecast with { Needed = Need(all.Count) });
        return AsyncItems.From(all);
    }

    /// <summary>Takes down that a check over several days is under way.</summary>
    public void Begin()
    {
        if (_isSplit)
        {
            SplitCheck.Begin(_run, _session.Time.GetUtcNow());
        }
    }

    /// <summary>Whether the candidate was checked on an earlier day of the same check.</summary>
    public bool IsDone(AlmaPurgeCandidate candidate) => _isSplit && SplitCheck.DoneOf(_run, candidate.PrimaryId) is not null;

    /// <summary>A candidate's check has ended, whatever came of it.</summary>
    public void End()
    {
        if (_isSplit)
        {
            _ration.End();
        }
    }

    /// <summary>Stops the pipeline where some wait for another day: whoever builds a set now would leave them out.</summary>
    /// <exception cref="AlmaPurgeException">Some wait.</exception>
    public void RequireNobodyLeftOver()
    {
        if (_waiting > 0)
        {
            throw _budget.GoesOn(FormattableString.Invariant($"{_begun} patron(s) were checked today"), _waiting);
        }
    }

    private int MostForOne => StepCalls.MostForLook(_run.Criteria.FeeCheck);

    // Counted one by one only where some are done: of a large import nobody has asked for the identifiers yet.
    private int MostToCome() => _isSplit && _run.Document.CheckSince is not null
        ? _run.CandidatesToCheck().Count(c => !IsDone(c))
        : _run.Patrons.RemainingCount + (_run.Document.Set is null ? _run.Patrons.UnreachedIds().Count : 0);

    private CallRange Need(int patrons) => StepCalls.Check(patrons, _run.Criteria.FeeCheck);

    private void RequireRoomForOne(CallForecast forecast)
    {
        if (forecast.Needed.Most > 0 && forecast.Usable < MostForOne)
        {
            throw _budget.TooFew(forecast with { Needed = CallRange.Exactly(MostForOne) });
        }
    }

    // The rest is read to its end too: what comes before in the pipeline must come to its own end.
    private async IAsyncEnumerable<AlmaPurgeCandidate> ReachedAsync(
        IAsyncEnumerable<AlmaPurgeCandidate> candidates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (AlmaPurgeCandidate candidate in candidates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (IsDone(candidate))
            {
                yield return candidate;
            }
            else if (_waiting == 0 && await _ration.TryBeginAsync(cancellationToken).ConfigureAwait(false))
            {
                _begun++;
                yield return candidate;
            }
            else
            {
                _waiting++;
            }
        }
    }
}
