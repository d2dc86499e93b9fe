using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// The purge itself. Before it: same institution and environment, everybody looked at once more, set = run = purge
/// group = purge date, id by id. Whoever is to stay is settled first.
/// </summary>
public sealed class PurgeStep
{
    // How long a prompt may stand open without a new look at everybody.
    private static readonly TimeSpan s_planAge = TimeSpan.FromMinutes(1);

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly PurgePreconditions _preconditions;

    /// <summary>Makes the step.</summary>
    public PurgeStep(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _preconditions = new PurgePreconditions(run, session, reporter);
    }

    /// <summary>
    /// Says what would be purged. Reads only; patrons who changed are kept from here on. Where an earlier attempt has
    /// started the same purge, a job is only waited for, and deletions go on with those who are left.
    /// </summary>
    /// <exception cref="AlmaPurgeException">Something is not as it must be; nothing was purged.</exception>
    public async Task<PurgePlan> PlanAsync(PurgeOptions options, CancellationToken cancellationToken)
    {
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        _preconditions.RequireMarked();
        AlmaDeleteUserPolicy? policy = _preconditions.RequirePolicy(options);
        bool isStarted = _run.Document.Purge is not null;
        if (_run.Document.Purge is { } purge)
        {
            _preconditions.RequireSamePurge(purge, options);
            if (!purge.IsCutShort && !purge.IsHandedOver)
            {
                return new PurgePlan(_run, _session, options, policy, [], _session.Time.GetUtcNow()) { IsStarted = true };
            }
        }

        _preconditions.RequirePurgeDate(options.DaysAfterPurgeDate);
        await RequireRouteAsync(options, cancellationToken).ConfigureAwait(false);
        PurgePart part = await PurgePart.FindAsync(_run, _session, _reporter, options, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> toSettle = await LookAsync(options, part, cancellationToken).ConfigureAwait(false);
        RunCeiling.Require(_run);
        IReadOnlyList<string> now = [.. Deletions.Left(_run).Intersect(part.Ids, StringComparer.OrdinalIgnoreCase)];
        return new PurgePlan(_run, _session, options, policy, toSettle, _session.Time.GetUtcNow())
        {
            IsStarted = isStarted,
            Now = now,
            CallsNeeded = PurgePart.CallsToApply(_run, options, now.Count),
            SetJob = options.Route == AlmaPurgeRoute.SetJob
                ? await new SetJobRoute(_run, _session).PlanAsync(options, cancellationToken).ConfigureAwait(false)
                : null,
        };
    }

    /// <summary>Takes a plan as done in a preview: nothing is sent.</summary>
    public AlmaPurgeJob Preview(PurgePlan plan)
    {
        PurgeRun preview = plan.Run.ToPreview();
        preview.Update(d => d with { Purge = NewEntry(plan, "Preview", true) });
        return ToModel(preview);
    }

    /// <summary>Settles those who stay, looks again at what may have aged, and starts the purge.</summary>
    /// <exception cref="AlmaPurgeException">Something is not as it must be; the message says whether a purge was started.</exception>
    public async Task<AlmaPurgeJob> ApplyAsync(
        PurgePlan plan,
        WriteApproval approval,
        CancellationToken cancellationToken)
    {
        if (plan.IsDone)
        {
            return ToModel(_run);
        }

        await RequireCallsAsync(plan, cancellationToken).ConfigureAwait(false);
        using StepScope scope = _run.BeginStep(StepNames.Purge);
        IAlmaWriter writer =
            await RunBinding.GetWriterAsync(_run, _session, approval, cancellationToken).ConfigureAwait(false);
        _run.Journal.Note("PurgeApproved", new { sentence = approval.Sentence, policy = plan.Policy });
        await LookAgainAsync(plan, cancellationToken).ConfigureAwait(false);
        await SettleAsync(plan, writer, cancellationToken).ConfigureAwait(false);
        _run.Update(d => d with { Criteria = d.Criteria with { DeleteUserPolicy = plan.Policy } });
        await StartAsync(plan, writer, cancellationToken).ConfigureAwait(false);
        scope.Complete();
        return ToModel(_run);
    }

    // The question may have stood open while others used calls up. With a split, deleting ends before they are.
    private Task RequireCallsAsync(PurgePlan plan, CancellationToken cancellationToken) =>
        plan.Options.SplitByDay || plan.CallsNeeded is not { } needed
            ? Task.CompletedTask
            : Budget().RequireAsync(needed, cancellationToken);

    private CallBudget Budget() => new(_run, _session, _reporter, StepNames.Purge);

    // The last thing before a start: whoever stays is settled, and everything is as it must be.
    private async Task SettleAsync(PurgePlan plan, IAlmaWriter writer, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> survivors =
            await _preconditions.FindSurvivorsAsync(cancellationToken).ConfigureAwait(false);
        await new SurvivorSettlement(_run, _session, writer, _reporter)
            .SettleAsync(survivors, cancellationToken)
            .ConfigureAwait(false);
        await _preconditions.RequireEqualAsync(plan.Now, cancellationToken).ConfigureAwait(false);
        await RunBinding.RequireStillThereAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        RunCeiling.Require(_run);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Waits until the started purge has ended; one that staff run, until nobody of it is left in the purge group or nothing
    /// moves any more.
    /// </summary>
    /// <exception cref="AlmaPurgeException">The connection reaches another institution or environment.</exception>
    public async Task<AlmaPurgeJob> WaitAsync(CancellationToken cancellationToken)
    {
        // Elsewhere the same id may be another job, whose end would be taken for this one's.
        RunBinding.RequireSame(_run, _session);
        if (_run.Document.Purge is { IsHandedOver: true } && !_run.IsPreview)
        {
            string status = await new HandoffWatch(_run, _session.Reader, _reporter)
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
            _run.Update(d => d with { Purge = d.Purge! with { Status = status, IsFinished = true } });
        }
        else if (_run.Document.Purge is { IsFinished: false, JobId: { } jobId, InstanceId: { } instanceId })
        {
            AlmaJobInstanceRecord job = await JobWaiter
                .WaitAsync(_session.Reader, jobId, instanceId, _reporter, cancellationToken)
                .ConfigureAwait(false);
            _run.Update(d => d with { Purge = d.Purge!.EndedAs(job, d.Criteria) });
        }

        return ToModel(_run);
    }

    /// <summary>What users see of the purge of a run.</summary>
    public static AlmaPurgeJob ToModel(PurgeRun run)
    {
        PurgeEntry purge = run.Document.Purge!;
        string instructions = purge.Route == AlmaPurgeRoute.Handoff ? run.ReadText(RunFolder.HandoffName) : "";
        return new AlmaPurgeJob(
            run,
            purge.Route,
            purge.PatronCount,
            purge.Status,
            purge.IsFinished,
            purge.JobId,
            purge.InstanceId)
        {
            ValidUntil = purge.ValidUntil,
            Instructions = instructions.Length == 0 ? null : instructions,
        };
    }

    // A preview's set is not there, so nobody of it can be looked at.
    private async Task<IReadOnlyList<string>> LookAsync(
        PurgeOptions options, PurgePart part, CancellationToken cancellationToken)
    {
        if (_run.Document.Set!.SetId.Length == 0)
        {
            return [];
        }

        await _preconditions.RequireMarkingEndedAsync(cancellationToken).ConfigureAwait(false);
        await new SecondLook(_run, _session, _reporter)
            .LookAsync(part.Ids, part.LookAge, cancellationToken)
            .ConfigureAwait(false);
        if (!PurgePart.TakesAllAtOnce(options))
        {
            await _preconditions.ExcludeUnmarkedAsync([.. part.Ids.Where(_run.Patrons.IsRemaining)], cancellationToken).ConfigureAwait(false);
        }

        return await _preconditions.FindSurvivorsAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task LookAgainAsync(PurgePlan plan, CancellationToken cancellationToken) =>
        PurgePart.TakesAllAtOnce(plan.Options) && _session.Time.GetUtcNow() - plan.LookedAt > s_planAge
            ? new SecondLook(_run, _session, _reporter).LookAsync(TimeSpan.Zero, cancellationToken)
            : Task.CompletedTask;

    private async Task RequireRouteAsync(PurgeOptions options, CancellationToken cancellationToken)
    {
        if (options.Route == AlmaPurgeRoute.SetJob)
        {
            new SetJobRoute(_run, _session).RequireProven();
        }

        if (options.Route != AlmaPurgeRoute.Handoff)
        {
            return;
        }

        await new HandoffRoute(_run, _session).RequirePossibleAsync(cancellationToken).ConfigureAwait(false);
        if (_run.Document.Purge is { IsHandedOver: true })
        {
            HandoffCount now = await new HandoffWatch(_run, _session.Reader, _reporter)
                .LookAsync(certain: false, cancellationToken)
                .ConfigureAwait(false);
            if (now.HasBegun)
            {
                throw HandoffRefusals.UnderWay(_run, now.Gone);
            }
        }
    }

    private async Task LookAtAllAgainAsync(PurgePlan plan, IAlmaWriter writer, CancellationToken cancellationToken)
    {
        await new SecondLook(_run, _session, _reporter).LookAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        await SettleAsync(plan, writer, cancellationToken).ConfigureAwait(false);
    }

    private async Task StartAsync(PurgePlan plan, IAlmaWriter writer, CancellationToken cancellationToken)
    {
        if (plan.Options.Route == AlmaPurgeRoute.SetJob)
        {
            SetJobRoute route = new(_run, _session);
            string instanceId = await new BusyJob(_run, _session, _reporter)
                .StartAsync(
                    () => route.StartAsync(plan, writer, cancellationToken),
                    () => LookAtAllAgainAsync(plan, writer, cancellationToken),
                    plan.Options.WhenBusy,
                    cancellationToken)
                .ConfigureAwait(false);
            _run.Update(d => d with
            {
                Purge = NewEntry(plan, "QUEUED", false) with { JobId = plan.SetJob!.JobId, InstanceId = instanceId },
            });
            return;
        }

        if (plan.Options.Route == AlmaPurgeRoute.Handoff)
        {
            await new HandoffRoute(_run, _session)
                .HandOverAsync(plan, NewEntry(plan, "", false), cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        await DeleteAsync(plan, writer, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteAsync(PurgePlan plan, IAlmaWriter writer, CancellationToken cancellationToken)
    {
        string status = PurgeStatus.Stopped;
        UserDeleteRoute route = new(_run, _session, writer, _reporter);
        _run.Update(d => d with
        {
            VerifiedAt = null,
            VerifySince = null,
            Purge = (d.Purge ?? NewEntry(plan, "", false)) with { Status = PurgeStatus.Running, IsFinished = false },
        });
        try
        {
            status = await route.DeleteAsync(plan.Options, plan.Now, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _run.Update(d => d with { Purge = d.Purge! with { Status = status, IsFinished = true } });
        }

        if (route.WaitingCount > 0)
        {
            // Not the end of the purge: whoever looks up everybody now would find these still there.
            throw Budget().GoesOn(FormattableString.Invariant($"{route.DeletedCount} patron(s) were purged"), route.WaitingCount);
        }
    }

    private PurgeEntry NewEntry(PurgePlan plan, string status, bool isFinished) => new(
        plan.Options.Route,
        plan.Run.Patrons.RemainingCount,
        _session.Time.GetUtcNow(),
        status,
        isFinished,
        null,
        null)
    {
        DaysAfterPurgeDate = plan.Options.DaysAfterPurgeDate,
        WaiveThreshold = plan.Options.WaiveThreshold,
    };
}
