using System.Runtime.ExceptionServices;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// The route UserDelete: one DELETE for each patron. Just before it the patron is read, every rule judges anew, and the
/// answer must be the same primary identifier, since Alma's DELETE takes a barcode too. What Alma's purge job asks of a
/// patron is asked here, since DELETE does not (inferred: nothing of it is documented).
/// </summary>
internal sealed class UserDeleteRoute
{
    private const string DeleteUser = JournalActions.DeleteUser;
    private const string Activity = "Deleting patrons";
    private const int FailuresInARow = 5;

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IAlmaWriter _writer;
    private readonly IStepReporter _reporter;
    private readonly SecondLook _look;
    private int _failures;
    private int _drifted;
    private int _outside;
    private int _refused;

    public UserDeleteRoute(PurgeRun run, AlmaSession session, IAlmaWriter writer, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _writer = writer;
        _reporter = reporter;
        _look = new SecondLook(run, session, reporter);
    }

    /// <summary>Patrons who were deleted.</summary>
    public int DeletedCount { get; private set; }

    /// <summary>Patrons who were not reached and wait for the calls of another day.</summary>
    public int WaitingCount { get; private set; }

    /// <summary>Deletes patrons, one after the other; with a split only while today's calls suffice.</summary>
    /// <param name="options">What the operator asks of the purge.</param>
    /// <param name="now">The patrons.</param>
    /// <param name="cancellationToken">Stops between two patrons.</param>
    /// <returns>What came of it, one of <see cref="PurgeStatus"/>.</returns>
    /// <exception cref="AlmaPurgeException">Too many changed, or refusals came one after the other; the rest is kept.</exception>
    public async Task<string> DeleteAsync(
        PurgeOptions options, IReadOnlyList<string> now, CancellationToken cancellationToken)
    {
        string[] ids = [.. Deletions.Left(_run).Intersect(now, StringComparer.OrdinalIgnoreCase)];
        ClassicCriteria criteria = new(_run, options);
        CallRation? ration = options.SplitByDay
            ? new CallRation(_session.Connection, StepCalls.MostForDeletion(_run.Criteria.FeeCheck))
            : null;
        HashSet<string> reached = new(StringComparer.OrdinalIgnoreCase);
        foreach (string id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ration is not null && !await ration.TryBeginAsync(cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            reached.Add(id);
            await LookAndDeleteAsync(id, criteria, cancellationToken).ConfigureAwait(false);
            ration?.End();
            _reporter.Progress(new StepProgress(
                Activity,
                FormattableString.Invariant($"{_refused} refused, {_drifted + _outside} kept"),
                reached.Count,
                ids.Length));
        }

        return StatusAtTheEnd(reached);
    }

    private async Task LookAndDeleteAsync(string id, ClassicCriteria criteria, CancellationToken cancellationToken)
    {
        PatronVerdict verdict =
            await _look.VerdictAsync(id, criteria.NeedsFeeLists, cancellationToken).ConfigureAwait(false);
        if (!_look.Settle(verdict))
        {
            await SettleAsync(id, cancellationToken).ConfigureAwait(false);
            DriftLimit.Require(_run, ++_drifted, "changed since they were checked", "The rest were not purged.");
        }
        else if (criteria.WhyNot(verdict.Facts) is { } why)
        {
            // No drift: a debt may have been there all along, under the run's fee tolerance.
            _outside++;
            _run.Patrons.Exclude(id, StepNames.Purge, why.Rule, why.Evidence);
            await SettleAsync(id, cancellationToken).ConfigureAwait(false);
        }
        else if (await DeleteOneAsync(verdict, cancellationToken).ConfigureAwait(false))
        {
            DeletedCount++;
        }
        else
        {
            _refused++;
        }
    }

    private string StatusAtTheEnd(HashSet<string> reached)
    {
        IReadOnlyList<string> all = Deletions.Left(_run);
        int left = all.Count(reached.Contains);
        WaitingCount = all.Count - left;
        if (left > 0)
        {
            _reporter.Warn(FormattableString.Invariant(
                $"{left} patron(s) are still there although their deletion was sent, and no answer came. Run the step again: it goes on with them."));
            return PurgeStatus.Incomplete;
        }

        return WaitingCount > 0 ? PurgeStatus.Stopped
            : Deletions.Of(_run).Refused.Count == 0 ? PurgeStatus.Done : PurgeStatus.DoneWithRefusals;
    }

    private Task SettleAsync(string id, CancellationToken cancellationToken) =>
        new SurvivorSettlement(_run, _session, _writer, _reporter).SettleAsync([id], cancellationToken);

    private async Task<bool> DeleteOneAsync(PatronVerdict verdict, CancellationToken cancellationToken)
    {
        string id = verdict.Facts.ReturnedPrimaryId.Value;
        int intent = _run.Journal.Intend(DeleteUser, new { id });
        try
        {
            // Not cancelled once it has left: the journal must say what became of it.
            await _writer.DeleteUserAsync(id, CancellationToken.None).ConfigureAwait(false);
            _run.Journal.Conclude(intent, DeleteUser, JournalResults.Done);
            _failures = 0;
            return true;
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(
                intent,
                DeleteUser,
                e.OutcomeUnknown ? JournalResults.Unknown : JournalResults.Refused,
                new { code = e.AlmaCode, message = _run.Criteria.Pseudonymize ? null : e.AlmaMessage });
            if (e.OutcomeUnknown && await IsGoneAfterAllAsync(cancellationToken).ConfigureAwait(false))
            {
                _failures = 0;
                return true;
            }

            RequireNoDailyLimit(e);
            _reporter.Problem(e, id);
            RequireNoStreak(e);
            return false;
        }
    }

    // Settled by a GET, as after a crash; where that has no answer either, the next attempt asks.
    private async Task<bool> IsGoneAfterAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e)
        {
            _reporter.Verbose($"What came of a deletion could not be looked up: {e.Message}");
            return false;
        }

        return _run.Journal.Settled(DeleteUser)[^1].Outcome.Result == JournalResults.Done;
    }

    // Tomorrow the step goes on with those who are left.
    private static void RequireNoDailyLimit(AlmaApiException e)
    {
        if (e.Kind == AlmaErrorKind.DailyLimit)
        {
            ExceptionDispatchInfo.Throw(e);
        }
    }

    private void RequireNoStreak(AlmaApiException last)
    {
        if (++_failures >= FailuresInARow || last.Kind is AlmaErrorKind.Unauthorized or AlmaErrorKind.Forbidden)
        {
            throw new AlmaPurgeException(
                "DeletionsFail",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"{_failures} deletion(s) in a row failed; the last: {last.Message} Those not deleted yet are kept."),
                "Run the step again once that is put right: it goes on with those who are left. Confirm-AlmaPurge tells who is gone and who is not.",
                _run.RunId,
                last);
        }
    }
}
