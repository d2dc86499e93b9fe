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

    public UserDeleteRoute(PurgeRun run, AlmaSession session, IAlmaWriter writer, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _writer = writer;
        _reporter = reporter;
        _look = new SecondLook(run, session, reporter);
    }

    /// <summary>Deletes everybody who is left, one after the other.</summary>
    /// <returns>What came of it, one of <see cref="PurgeStatus"/>.</returns>
    /// <exception cref="AlmaPurgeException">Too many changed, or refusals came one after the other; the rest is kept.</exception>
    public async Task<string> DeleteAsync(PurgeOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = Deletions.Left(_run);
        ClassicCriteria criteria = new(_run, options);
        int drifted = 0;
        int outside = 0;
        int refused = 0;
        for (int i = 0; i < ids.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PatronVerdict verdict =
                await _look.VerdictAsync(ids[i], criteria.NeedsFeeLists, cancellationToken).ConfigureAwait(false);
            if (!_look.Settle(verdict))
            {
                await SettleAsync(ids[i], cancellationToken).ConfigureAwait(false);
                DriftLimit.Require(_run, ++drifted, "changed since they were checked", "The rest were not purged.");
            }
            else if (criteria.WhyNot(verdict.Facts) is { } why)
            {
                // No drift: a debt may have been there all along, under the run's fee tolerance.
                outside++;
                _run.Patrons.Exclude(ids[i], StepNames.Purge, why.Rule, why.Evidence);
                await SettleAsync(ids[i], cancellationToken).ConfigureAwait(false);
            }
            else if (!await DeleteOneAsync(verdict, cancellationToken).ConfigureAwait(false))
            {
                refused++;
            }

            _reporter.Progress(new StepProgress(
                Activity,
                FormattableString.Invariant($"{refused} refused, {drifted + outside} kept"),
                i + 1,
                ids.Count));
        }

        return StatusAtTheEnd();
    }

    private string StatusAtTheEnd()
    {
        int left = Deletions.Left(_run).Count;
        if (left > 0)
        {
            _reporter.Warn(FormattableString.Invariant(
                $"{left} patron(s) are still there although their deletion was sent, and no answer came. Run the step again: it goes on with them."));
            return PurgeStatus.Incomplete;
        }

        return Deletions.Of(_run).Refused.Count == 0 ? PurgeStatus.Done : PurgeStatus.DoneWithRefusals;
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
