using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Gives back group and purge date by Alma's job "Update/Notify Users", for patrons who get the same values: a set of
/// them, the job, and the set is deleted again. Alma lets a job start five times an hour (documented); what it refuses
/// is done one by one instead.
/// </summary>
internal sealed class UndoJobs
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IAlmaWriter _writer;
    private readonly IStepReporter _reporter;
    private bool _isRefused;

    public UndoJobs(PurgeRun run, AlmaSession session, IAlmaWriter writer, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _writer = writer;
        _reporter = reporter;
    }

    /// <summary>Runs the job for a group and waits for it; what came of it is for the reading back to say.</summary>
    public async Task TryRunAsync(UndoGroup group, UndoOptions options, CancellationToken cancellationToken)
    {
        if (_isRefused)
        {
            return;
        }

        try
        {
            string name = JobNames.Unique(_run, "undo");
            string setId = await BuildSetAsync(name, group, cancellationToken).ConfigureAwait(false);
            string instanceId = await StartAsync(name, setId, group, options, cancellationToken).ConfigureAwait(false);
            await JobWaiter
                .WaitAsync(_session.Reader, UpdateUsersJob.JobId, instanceId, _reporter, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.HasCode(
            AlmaCodes.TooManyJobStarts, AlmaCodes.TooManyJobsRunning, AlmaCodes.JobOverlaps))
        {
            _isRefused = true;
            _reporter.Verbose($"Alma starts no more jobs now ({e.AlmaCode}); the rest is given back one by one.");
        }
    }

    /// <summary>Waits for jobs that an earlier attempt started.</summary>
    public static async Task WaitForEarlierAsync(
        PurgeRun run,
        AlmaSession session,
        IStepReporter reporter,
        CancellationToken cancellationToken)
    {
        foreach ((_, JournalLine outcome) in run.Journal.Settled(UndoActions.RunJob))
        {
            if ((string?)outcome.Data?["instanceId"] is { } instanceId)
            {
                await JobWaiter
                    .WaitAsync(session.Reader, UpdateUsersJob.JobId, instanceId, reporter, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>Deletes the sets that were made for the undo, also those of an earlier attempt. Their members stay.</summary>
    public async Task DeleteSetsAsync(CancellationToken cancellationToken)
    {
        foreach ((string setId, _) in DeletedSets.LeftByUndo(_run))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await DeleteSetAsync(setId).ConfigureAwait(false);
        }
    }

    private async Task DeleteSetAsync(string setId)
    {
        int intent = _run.Journal.Intend(UndoActions.DeleteSet, new { setId });
        try
        {
            await _writer.DeleteSetAsync(setId, CancellationToken.None).ConfigureAwait(false);
            _run.Journal.Conclude(intent, UndoActions.DeleteSet, JournalResults.Done);
        }
        catch (AlmaApiException e)
        {
            string result = e.Kind == AlmaErrorKind.NotFound ? JournalResults.Done
                : e.OutcomeUnknown ? JournalResults.Unknown : JournalResults.Refused;
            _run.Journal.Conclude(intent, UndoActions.DeleteSet, result, new { code = e.AlmaCode });
            if (result != JournalResults.Done)
            {
                _reporter.Warn($"The set {setId}, which was made for the undo, could not be deleted ({e.Kind} {e.AlmaCode}). Delete it under Manage Sets.");
            }
        }
    }

    private async Task<string> BuildSetAsync(string name, UndoGroup group, CancellationToken cancellationToken)
    {
        SetWriter sets = new(_run, _session, _writer, StepNames.Undo)
        {
            CreateSet = UndoActions.CreateSet,
            AddMembers = UndoActions.AddMembers,
            ExcludesRefused = false,
        };
        AlmaSetRecord set = await sets
            .CreateAsync(name, "Patrons who get their user group and purge date back.", cancellationToken)
            .ConfigureAwait(false);
        // Where an answer was lost, the list of members tells who is still to be added; who is missing then goes one by one.
        HashSet<string> members = [];
        for (int round = 1; round <= 2; round++)
        {
            foreach (string[] chunk in group.Ids.Where(id => !members.Contains(id)).Chunk(BuildSetPlan.MembersPerCall))
            {
                await sets.AddAsync(set.Id, chunk, cancellationToken).ConfigureAwait(false);
            }

            members = await SetReading.MembersAsync(_session.Reader, set.Id, cancellationToken).ConfigureAwait(false);
        }

        members.ExceptWith(group.Ids);
        return members.Count == 0
            ? set.Id
            : throw new AlmaPurgeException(
                "SetHoldsOthers",
                AlmaPurgeErrorKind.SafetyStop,
                $"The set '{name}' holds '{members.First()}', who was not put into it.",
                "Find out who changes sets in Alma, then repeat the step.",
                name);
    }

    private Task<string> StartAsync(
        string name,
        string setId,
        UndoGroup group,
        UndoOptions options,
        CancellationToken cancellationToken)
    {
        UpdateUsersRequest request = new()
        {
            SetId = setId,
            JobName = name,
            PurgeDate = group.PurgeDate,
            UserGroup = group.UserGroup,
        };
        return new JobStarter(_run, _session, _writer).StartAsync(
            UndoActions.RunJob,
            UpdateUsersJob.JobId,
            name,
            UpdateUsersJob.Build(request, options.JobTemplate is { } text ? JobTemplate.Parse(text) : null),
            new
            {
                jobId = UpdateUsersJob.JobId,
                jobName = name,
                setId,
                purgeDate = group.PurgeDate,
                userGroup = group.UserGroup,
            },
            cancellationToken);
    }
}
