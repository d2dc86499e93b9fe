using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Takes the marking of a run back: each patron who is still there gets user group and purge date from before, only
/// where the value is still the one that the run set, and is read back. Expiry date and status are never changed by a
/// run, so there is nothing of them to give back.
/// </summary>
public sealed class UndoStep
{
    private const string Activity = "Giving back group and purge date";

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly UndoReading _reading;

    /// <summary>Makes the step.</summary>
    public UndoStep(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _reading = new UndoReading(run, session.Reader, reporter);
    }

    /// <summary>Says what would be given back. Reads only.</summary>
    /// <exception cref="AlmaPurgeException">The run is not marked, or a job is still at work on its patrons.</exception>
    public async Task<UndoPlan> PlanAsync(UndoOptions options, CancellationToken cancellationToken)
    {
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        if (_run.Document.Mark is not { InstanceId.Length: > 0 })
        {
            throw Stop("NotMarked", $"The patrons of the run {_run.RunId} have no purge date from it.", "There is nothing to take back.");
        }

        await new PurgePreconditions(_run, _session, _reporter)
            .RequireMarkingEndedAsync(cancellationToken)
            .ConfigureAwait(false);
        await RequirePurgeEndedAsync(cancellationToken).ConfigureAwait(false);
        await HandedOverPurges.RequireOverAsync(_run, _session, options, _reporter, cancellationToken).ConfigureAwait(false);
        await UndoJobs.WaitForEarlierAsync(_run, _session, _reporter, cancellationToken).ConfigureAwait(false);
        UndoPart part = await UndoPart
            .FindAsync(_run, _session, _reporter, options.SplitByDay, cancellationToken)
            .ConfigureAwait(false);
        IReadOnlyList<UndoPatron> patrons = await _reading.ReadAsync(part.Ids, cancellationToken).ConfigureAwait(false);
        return new UndoPlan(_run, _session, options, patrons, _reading.Group(patrons), part);
    }

    /// <summary>Takes a plan as done in a preview: nothing is sent.</summary>
    public IReadOnlyList<AlmaUndoResult> Preview(UndoPlan plan) =>
        [.. plan.Patrons.Select(p => Result(p.Id, p.Settled ?? new RestorationOutcome(
            AlmaUndoStatus.WouldRestore, "would get user group and purge date from before")))];

    /// <summary>Gives back, reads back, and says of each patron what came of it.</summary>
    public async Task<IReadOnlyList<AlmaUndoResult>> ApplyAsync(
        UndoPlan plan,
        WriteApproval approval,
        CancellationToken cancellationToken)
    {
        using StepScope scope = _run.BeginStep(StepNames.Undo);
        IAlmaWriter writer =
            await RunBinding.GetWriterAsync(_run, _session, approval, cancellationToken).ConfigureAwait(false);
        if (_run.Document.Purge is { IsHandedOver: true })
        {
            HandoffRoute.Withdraw(_run, _session.Time.GetUtcNow());
        }

        Dictionary<string, RestorationOutcome> outcomes = new(StringComparer.OrdinalIgnoreCase);
        foreach (UndoPatron patron in plan.Patrons.Where(p => p.Settled is not null))
        {
            outcomes[patron.Id] = patron.Settled!;
        }

        PatronRestoration restoration = new(_run, _session, writer);
        await RunJobsAsync(plan, writer, restoration, outcomes, cancellationToken).ConfigureAwait(false);
        string[] singles = [.. plan.Patrons.Select(p => p.Id).Where(id => !outcomes.ContainsKey(id))];
        for (int i = 0; i < singles.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcomes[singles[i]] = await restoration.RestoreAsync(singles[i], cancellationToken).ConfigureAwait(false);
            _reporter.Progress(new StepProgress(Activity, "", i + 1, singles.Length));
        }

        bool hasFailures = outcomes.Values.Any(o => o.Status == AlmaUndoStatus.Failed);
        if (plan.Part.Record(_run, hasFailures, _session.Time.GetUtcNow()))
        {
            scope.Complete();
        }

        return [.. plan.Patrons.Select(p => Result(p.Id, outcomes[p.Id]))];
    }

    /// <summary>Says, once the results are told, that there is more to do another day.</summary>
    /// <exception cref="AlmaPurgeException">Some wait for another day's calls.</exception>
    public void RequireNobodyWaits(UndoPlan plan)
    {
        if (plan.Part.WaitingCount > 0)
        {
            throw new CallBudget(_run, _session, _reporter, StepNames.Undo).GoesOn(
                FormattableString.Invariant($"{plan.Part.Ids.Count} patron(s) were dealt with today"), plan.Part.WaitingCount);
        }
    }

    private async Task RunJobsAsync(
        UndoPlan plan,
        IAlmaWriter writer,
        PatronRestoration restoration,
        Dictionary<string, RestorationOutcome> outcomes,
        CancellationToken cancellationToken)
    {
        UndoJobs jobs = new(_run, _session, writer, _reporter);
        Dictionary<string, UndoPatron> before = plan.Patrons.ToDictionary(p => p.Id, StringComparer.OrdinalIgnoreCase);
        foreach (UndoGroup group in plan.Groups)
        {
            await jobs.TryRunAsync(group, plan.Options, cancellationToken).ConfigureAwait(false);

            // Whoever the job left marked goes one by one.
            IReadOnlyList<UndoPatron> after = await _reading.ReadAsync(group.Ids, cancellationToken).ConfigureAwait(false);
            foreach (UndoPatron patron in after.Where(p => p.Settled is not null))
            {
                outcomes[patron.Id] = patron.Settled!.Status == AlmaUndoStatus.Unchanged
                    ? restoration.ReadBack(before[patron.Id].User!, patron.User, patron.Id)
                    : patron.Settled;
            }
        }

        await jobs.DeleteSetsAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RequirePurgeEndedAsync(CancellationToken cancellationToken)
    {
        if (_run.Document.Purge is not { JobId: { } jobId, InstanceId: { } instanceId, IsFinished: false })
        {
            return;
        }

        AlmaJobInstanceRecord job =
            await _session.Reader.GetJobInstanceAsync(jobId, instanceId, cancellationToken).ConfigureAwait(false);
        if (!job.IsFinished)
        {
            throw Stop(
                "PurgeStillRunning",
                $"The purge job {instanceId} is {job.StatusCode}, and no job can be stopped.",
                "Wait with Wait-AlmaJob; then the patrons whom it kept can be given back their group and purge date.");
        }
    }

    private AlmaUndoResult Result(string id, RestorationOutcome outcome)
    {
        if (outcome.Status == AlmaUndoStatus.Failed)
        {
            _reporter.Problem(
                new AlmaPurgeException(
                    "PatronNotRestored",
                    AlmaPurgeErrorKind.SafetyStop,
                    $"'{id}' could not be given back user group and purge date: {outcome.Detail}.",
                    "Look at the user in Alma. Run Undo-AlmaPurgeDate again once it is put right.",
                    id,
                    outcome.Cause),
                id);
        }

        return new AlmaUndoResult(_run.RunId, id, outcome.Status, outcome.Detail);
    }

    private AlmaPurgeException Stop(string id, string message, string nextStep) =>
        new(id, AlmaPurgeErrorKind.InvalidOperation, message, nextStep, _run.RunId);
}
