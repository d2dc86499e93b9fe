using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// The route UserDelete: one DELETE for each patron. Just before it the patron is read, every rule judges anew, and the
/// answer must be the same primary identifier, since Alma's DELETE takes a barcode too.
/// </summary>
internal sealed class UserDeleteRoute
{
    /// <summary>The action under which the journal has each deletion.</summary>
    internal const string DeleteUser = "DeleteUser";
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

    /// <summary>Deletes everybody who remains, one after the other.</summary>
    /// <returns>DONE, or DONE_WITH_REFUSALS.</returns>
    /// <exception cref="AlmaPurgeException">Too many changed, or refusals came one after the other; the rest is kept.</exception>
    public async Task<string> DeleteAsync(PurgeOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = _run.Patrons.RemainingIds();
        int drifted = 0;
        int overThreshold = 0;
        int refused = 0;
        for (int i = 0; i < ids.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PatronVerdict verdict = await _look.VerdictAsync(ids[i], cancellationToken).ConfigureAwait(false);
            if (!_look.Settle(verdict))
            {
                await SettleAsync(ids[i], cancellationToken).ConfigureAwait(false);
                DriftLimit.Require(_run, ++drifted, "changed since they were checked", "The rest were not purged.");
            }
            else if (IsOverThreshold(verdict, options.WaiveThreshold))
            {
                overThreshold++;
                await SettleAsync(ids[i], cancellationToken).ConfigureAwait(false);
            }
            else if (!await DeleteOneAsync(verdict).ConfigureAwait(false))
            {
                refused++;
            }

            _reporter.Progress(new StepProgress(
                Activity,
                FormattableString.Invariant($"{refused} refused, {drifted + overThreshold} kept"),
                i + 1,
                ids.Count));
        }

        return refused == 0 ? "DONE" : "DONE_WITH_REFUSALS";
    }

    // The waive threshold is the job's in Alma; here it has to be applied by us. It is no drift: the debt may have been
    // there all along, under the run's fee tolerance.
    private bool IsOverThreshold(PatronVerdict verdict, decimal waiveThreshold)
    {
        decimal balance = verdict.Facts.FeeBalance.Value;
        if (balance <= waiveThreshold)
        {
            return false;
        }

        _run.Patrons.Exclude(
            verdict.PrimaryId,
            StepNames.Purge,
            OwesFeesRule.RuleName,
            FormattableString.Invariant($"owes {balance:0.00}, waive threshold {waiveThreshold:0.##}"));
        return true;
    }

    private Task SettleAsync(string id, CancellationToken cancellationToken) =>
        new SurvivorSettlement(_run, _session, _writer, _reporter).SettleAsync([id], cancellationToken);

    private async Task<bool> DeleteOneAsync(PatronVerdict verdict)
    {
        string id = verdict.Facts.ReturnedPrimaryId.Value;
        int intent = _run.Journal.Intend(DeleteUser, new { id });
        try
        {
            // Not cancelled once it has left: the journal must say what became of it.
            await _writer.DeleteUserAsync(id, CancellationToken.None).ConfigureAwait(false);
            _run.Journal.Conclude(intent, DeleteUser, "done");
            _failures = 0;
            return true;
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(
                intent,
                DeleteUser,
                e.OutcomeUnknown ? "unknown" : "refused",
                new { code = e.AlmaCode, message = e.AlmaMessage });
            _reporter.Problem(e, id);
            RequireNoStreak(e);
            return false;
        }
    }

    private void RequireNoStreak(AlmaApiException last)
    {
        if (++_failures >= FailuresInARow || last.Kind is AlmaErrorKind.DailyLimit or AlmaErrorKind.Unauthorized or AlmaErrorKind.Forbidden)
        {
            throw new AlmaPurgeException(
                "DeletionsFail",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"{_failures} deletion(s) in a row failed; the last: {last.Message} Those not deleted yet are kept."),
                "Confirm-AlmaPurge tells who is gone and who is not.",
                _run.RunId,
                last);
        }
    }
}
