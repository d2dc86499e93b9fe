using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Sets purge date and purge group for the members of the run's set, by Alma's job "Update/Notify Users", and reads
/// each of them back.
/// </summary>
public sealed class MarkStep
{
    private const int MinimumDaysBack = 2;

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly PurgeGroupCheck _groupCheck;

    /// <summary>Makes the step.</summary>
    public MarkStep(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _groupCheck = new PurgeGroupCheck(run, session.Reader, reporter);
    }

    /// <summary>
    /// Says what would be marked. Reads only. A marking that an earlier attempt started is the plan of a run that comes
    /// by again, if date and group are the same: it is waited for and read back, or is done.
    /// </summary>
    /// <exception cref="AlmaPurgeException">A date or group that cannot serve, a set that is not the run's.</exception>
    public async Task<MarkPlan> PlanAsync(MarkOptions options, CancellationToken cancellationToken)
    {
        SetEntry set = RequireReady();
        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        if (_run.Document.Mark is { } mark)
        {
            return await PlanExistingAsync(mark, options, cancellationToken).ConfigureAwait(false);
        }

        RequireDate(options.PurgeDate);
        MarkOptions resolved = options with
        {
            PurgeGroup = await ResolveGroupAsync(options.PurgeGroup, cancellationToken).ConfigureAwait(false),
        };
        await RequireJobAsync(cancellationToken).ConfigureAwait(false);
        CheckStep check = new(_run, _session, _reporter);
        IReadOnlyList<string> remaining = _run.Patrons.RemainingIds();
        await Budget()
            .RequireAsync(Need(check.StaleAmong(remaining, options.MaximumCheckAge).Count, resolved.PurgeGroup), cancellationToken)
            .ConfigureAwait(false);
        await check.RefreshAsync(remaining, options.MaximumCheckAge, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> toRemove =
            await new SetComparison(_run, _session).MembersToRemoveAsync(set, cancellationToken).ConfigureAwait(false);
        RunCeiling.Require(_run);
        string jobName = JobNames.Unique(_run, "mark");
        return new MarkPlan(_run, _session, resolved, jobName, BuildParameters(set, resolved, jobName), toRemove)
        {
            CallsNeeded = Need(0, resolved.PurgeGroup).Applying,
        };
    }

    /// <summary>Takes a plan as done in a preview: nothing is sent.</summary>
    public AlmaUserSet Preview(MarkPlan plan)
    {
        PurgeRun preview = plan.Run.ToPreview();
        preview.Update(d => d with { Mark = Entry(plan, "") });
        return ToModel(preview);
    }

    /// <summary>Marks the members of the set and reads them back.</summary>
    /// <exception cref="AlmaPurgeException">The marking did not come out as it must; nothing was purged.</exception>
    public async Task<AlmaUserSet> ApplyAsync(
        MarkPlan plan,
        WriteApproval approval,
        CancellationToken cancellationToken)
    {
        if (plan.IsDone)
        {
            return ToModel(_run);
        }

        using StepScope scope = _run.BeginStep(StepNames.Mark);
        IAlmaWriter writer =
            await RunBinding.GetWriterAsync(_run, _session, approval, cancellationToken).ConfigureAwait(false);
        MarkEntry mark = plan.Existing ?? await StartAsync(plan, writer, cancellationToken).ConfigureAwait(false);
        AlmaJobInstanceRecord job = await JobWaiter
            .WaitAsync(_session.Reader, mark.JobId, mark.InstanceId, _reporter, cancellationToken)
            .ConfigureAwait(false);
        if (job.State != JobState.Succeeded)
        {
            _reporter.Warn($"The marking job {mark.InstanceId} ended as {job.StatusCode}; each patron is read back.");
        }

        await ReadBackAsync(mark, writer, cancellationToken).ConfigureAwait(false);
        _run.Update(d => d with
        {
            Mark = mark with { MarkedAt = _session.Time.GetUtcNow(), Counters = JobCounters.Of(job, d.Criteria) },
        });
        scope.Complete();
        return ToModel(_run);
    }

    /// <summary>What users see of the marked set of a run.</summary>
    public static AlmaUserSet ToModel(PurgeRun run)
    {
        SetEntry set = run.Document.Set!;
        MarkEntry mark = run.Document.Mark!;
        return new AlmaUserSet(
            run,
            set.SetId.Length == 0 ? null : set.SetId,
            set.Name,
            run.Patrons.RemainingCount,
            mark.PurgeDate,
            mark.PurgeGroup);
    }

    private async Task<MarkPlan> PlanExistingAsync(
        MarkEntry mark,
        MarkOptions options,
        CancellationToken cancellationToken)
    {
        string? group = options.PurgeGroup is { } given
            ? await _groupCheck.RequireUsableAsync(given, cancellationToken).ConfigureAwait(false)
            : null;
        bool isSame = (options.PurgeDate == mark.PurgeDate || IsSameDaysAgo(mark, options.DaysAgo))
            && (group is null ? mark.PurgeGroup is null : PatronIdentity.Same(group, mark.PurgeGroup ?? ""));
        if (!isSame)
        {
            throw Stop(
                "AlreadyMarked",
                AlmaPurgeErrorKind.InvalidOperation,
                FormattableString.Invariant($"The run {_run.RunId} was marked with the purge date {mark.PurgeDate:yyyy-MM-dd} and {Name(mark.PurgeGroup)} before, not {options.PurgeDate:yyyy-MM-dd} and {Name(group)}."),
                "Give the same date and group to go on, pipe the run to Start-AlmaPurgeJob, or take the marking back with Undo-AlmaPurgeDate and start a new run.");
        }

        bool isReadBack = _run.Document.Purge is not null || !_run.UnfinishedSteps.Contains(StepNames.Mark);
        CallRange needed = StepCalls.ReadBack(_run.Patrons.RemainingCount, _run.Patrons.RemainingCount, mark.PurgeGroup is not null);
        if (!isReadBack)
        {
            await Budget().RequireAsync(needed, cancellationToken).ConfigureAwait(false);
        }

        MarkOptions asBefore = options with { PurgeDate = mark.PurgeDate, PurgeGroup = mark.PurgeGroup };
        return new MarkPlan(_run, _session, asBefore, "", [], [])
        {
            Existing = mark,
            IsReadBack = isReadBack,
            CallsNeeded = isReadBack ? null : needed,
        };
    }

    private bool IsSameDaysAgo(MarkEntry mark, int? daysAgo)
    {
        DateTimeOffset? startedAt = _run.Journal.Settled(JournalActions.RunMarkingJob)
            .LastOrDefault(pair => pair.Outcome.Result == JournalResults.Done)
            .Intent?.Time;
        return daysAgo is { } days
            && startedAt is { } at
            && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _session.Time.LocalTimeZone).DateTime).AddDays(-days) == mark.PurgeDate;
    }

    private CallBudget Budget() => new(_run, _session, _reporter, StepNames.Mark);

    private StepNeed Need(int toCheck, string? purgeGroup) =>
        StepCalls.Mark(toCheck, _run.Patrons.RemainingCount, purgeGroup is not null, _run.Criteria.FeeCheck);

    private static string Name(string? group) => group is null ? "no purge group" : $"the purge group {group}";

    private SetEntry RequireReady()
    {
        UndoneRuns.Refuse(_run);
        return _run.Document.Set ?? throw Stop(
            "SetMissing",
            AlmaPurgeErrorKind.InvalidOperation,
            $"The run {_run.RunId} has no user set yet.",
            "Build it with New-AlmaUserSet.");
    }

    private void RequireDate(DateOnly date)
    {
        DateOnly latest = _session.Today().AddDays(-MinimumDaysBack);
        if (date > latest || date <= new DateOnly(2000, 1, 1))
        {
            throw new AlmaPurgeException(
                "PurgeDateOutOfRange",
                AlmaPurgeErrorKind.InvalidArgument,
                FormattableString.Invariant($"The purge date {date:yyyy-MM-dd} is not between 2000-01-02 and {latest:yyyy-MM-dd}."),
                "Alma may not pick up users whose purge date is today, and days can shift between time zones: give a date at least two days back.",
                date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    private async Task<string?> ResolveGroupAsync(string? group, CancellationToken cancellationToken)
    {
        if (group is null)
        {
            return null;
        }

        string code = await _groupCheck.RequireUsableAsync(group, cancellationToken).ConfigureAwait(false);
        await _groupCheck.RequireEmptyAsync(code, cancellationToken).ConfigureAwait(false);
        return code;
    }

    private async Task RequireJobAsync(CancellationToken cancellationToken)
    {
        AlmaJobDefinition job =
            await _session.Reader.GetJobAsync(UpdateUsersJob.JobId, cancellationToken).ConfigureAwait(false);
        if (!UpdateUsersJob.Is(job.Job))
        {
            throw new AlmaPurgeException(
                "WrongJob",
                AlmaPurgeErrorKind.SafetyStop,
                $"The job {UpdateUsersJob.JobId} of this institution is '{job.Job.Name}' and not '{UpdateUsersJob.JobName}'.",
                "Ask Ex Libris which job updates users; nothing is run in its place.",
                UpdateUsersJob.JobId);
        }
    }

    private IReadOnlyList<JobParameter> BuildParameters(SetEntry set, MarkOptions options, string jobName) =>
        UpdateUsersJob.Build(
            new UpdateUsersRequest
            {
                SetId = set.SetId.Length == 0 ? "(preview)" : set.SetId,
                JobName = jobName,
                PurgeDate = options.PurgeDate,
                UserGroup = options.PurgeGroup,

                // A computer at the institution is in the institution's zone; if not, the reading back tells.
                Zone = _session.Time.LocalTimeZone,
            },
            options.JobTemplate is { } text ? JobTemplate.Parse(text) : null);

    private async Task<MarkEntry> StartAsync(MarkPlan plan, IAlmaWriter writer, CancellationToken cancellationToken)
    {
        if (plan.ToRemove.Count > 0)
        {
            SetWriter sets = new(_run, _session, writer, StepNames.Mark);
            await sets.RemoveAsync(_run.Document.Set!.SetId, plan.ToRemove, cancellationToken).ConfigureAwait(false);
        }

        await new SetComparison(_run, _session).RequireEqualAsync(cancellationToken).ConfigureAwait(false);
        string instanceId = await new JobStarter(_run, _session, writer).StartAsync(
            JournalActions.RunMarkingJob,
            UpdateUsersJob.JobId,
            plan.JobName,
            plan.Parameters,
            new
            {
                jobId = UpdateUsersJob.JobId,
                jobName = plan.JobName,
                setId = _run.Document.Set!.SetId,
                purgeDate = plan.Options.PurgeDate,
                purgeGroup = plan.Options.PurgeGroup,
            },
            cancellationToken).ConfigureAwait(false);
        MarkEntry mark = Entry(plan, instanceId);
        _run.Update(d => d with { Mark = mark });
        return mark;
    }

    private MarkEntry Entry(MarkPlan plan, string instanceId) => new(
        plan.Options.PurgeDate,
        plan.Options.PurgeGroup,
        UpdateUsersJob.JobId,
        instanceId,
        _session.Time.GetUtcNow());

    private async Task ReadBackAsync(MarkEntry mark, IAlmaWriter writer, CancellationToken cancellationToken)
    {
        // Somebody may be in the group who was kept after an earlier attempt had marked them: they are settled below.
        IReadOnlyDictionary<string, string> unmarked = await new MarkReading(_run, _session.Reader)
            .FindUnmarkedAsync(mark, _run.Patrons.RemainingIds(), _run.Patrons.IsCandidate, cancellationToken)
            .ConfigureAwait(false);
        foreach (KeyValuePair<string, string> patron in unmarked)
        {
            _run.Patrons.Exclude(
                patron.Key,
                StepNames.Mark,
                DriftedRule.RuleName,
                $"the marking did not take: {patron.Value}");
        }

        _run.Flush();
        ShiftedDay.Refuse(_run, mark, unmarked);
        DriftLimit.Require(_run, unmarked.Count, "were not marked as they should be");
        IReadOnlyList<string> survivors = await new PurgePreconditions(_run, _session, _reporter)
            .FindSurvivorsAsync(cancellationToken)
            .ConfigureAwait(false);
        await new SurvivorSettlement(_run, _session, writer, _reporter)
            .SettleAsync([.. unmarked.Keys.Union(survivors, StringComparer.OrdinalIgnoreCase)], cancellationToken)
            .ConfigureAwait(false);
    }

    private AlmaPurgeException Stop(string id, AlmaPurgeErrorKind kind, string message, string nextStep) =>
        new(id, kind, message, nextStep, _run.RunId);
}
