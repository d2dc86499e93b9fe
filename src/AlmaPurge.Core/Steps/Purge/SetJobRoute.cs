using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>The route SetJob: Alma's set-based job "Purge users", found by its name since its id is not documented.</summary>
internal sealed class SetJobRoute
{
    private const int MostUnproven = 10;

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;

    public SetJobRoute(PurgeRun run, AlmaSession session)
    {
        _run = run;
        _session = session;
    }

    /// <summary>
    /// The first purge by this job at an institution is a small one, and verified: nobody outside the vendor knows what the
    /// job honours. The simulator's job is known.
    /// </summary>
    /// <exception cref="AlmaPurgeException">It would be larger.</exception>
    public void RequireProven()
    {
        int count = _run.Patrons.RemainingCount;
        if (_session.Connection.EnvironmentType == AlmaEnvironmentType.Simulated
            || count <= MostUnproven
            || new ProvenSetJobs(_run).HasOne)
        {
            return;
        }

        throw new AlmaPurgeException(
            "FirstSetJobTooLarge",
            AlmaPurgeErrorKind.LimitExceeded,
            FormattableString.Invariant($"No purge by the job '{PurgeUsersJob.JobName}' was verified at {_session.Connection.Institution} ({_session.Connection.EnvironmentType}) yet. What the job honours is not documented, so the first one may hold at most {MostUnproven} patrons; this one holds {count}."),
            FormattableString.Invariant($"Purge a handful first (... | Select-Object -First {MostUnproven} | New-AlmaUserSet | ...) and have Confirm-AlmaPurge come out even; after that there is no such limit. Or use -Route UserDelete or Handoff for this run."),
            _run.RunId);
    }

    /// <summary>Finds the job and fills in its parameters.</summary>
    /// <exception cref="AlmaPurgeException">This Alma has no such job, or its parameters are not understood.</exception>
    public async Task<PlannedJob> PlanAsync(PurgeOptions options, CancellationToken cancellationToken)
    {
        RequireTemplate(options);
        AlmaJobRecord job = await PurgeUsersJob.FindAsync(_session.Reader, cancellationToken).ConfigureAwait(false)
            ?? throw new AlmaPurgeException(
                "PurgeJobMissing",
                AlmaPurgeErrorKind.NotFound,
                $"This Alma offers no job named '{PurgeUsersJob.JobName}' to this key.",
                "Use -Route UserDelete, or ask Ex Libris for the set-based purge job of November 2025.",
                PurgeUsersJob.JobName);
        AlmaJobDefinition definition =
            await _session.Reader.GetJobAsync(job.Id, cancellationToken).ConfigureAwait(false);
        string name = JobNames.Unique(_run, "purge");
        JobTemplate? template = options.JobTemplate is { } text ? JobTemplate.Parse(text) : null;
        SetEntry set = _run.Document.Set!;
        return new PlannedJob(job.Id, name, PurgeUsersJob.Build(
            new PurgeUsersRequest
            {
                SetId = set.SetId.Length == 0 ? "(preview)" : set.SetId,
                JobName = name,
                DaysAfterPurgeDate = options.DaysAfterPurgeDate,
                WaiveThreshold = options.WaiveThreshold,
                UserGroup = _run.Document.Mark!.PurgeGroup ?? _run.Criteria.UserGroupCode ?? _run.Criteria.UserGroup,
            },
            definition,
            template));
    }

    /// <summary>Starts the job and gives the id of its run.</summary>
    public Task<string> StartAsync(PurgePlan plan, IAlmaWriter writer, CancellationToken cancellationToken)
    {
        PlannedJob job = plan.SetJob!;
        return new JobStarter(_run, _session, writer).StartAsync(
            JournalActions.RunPurgeJob,
            job.JobId,
            job.JobName,
            job.Parameters,
            new
            {
                jobId = job.JobId,
                jobName = job.JobName,
                setId = _run.Document.Set!.SetId,
                patronCount = _run.Patrons.RemainingCount,
                daysAfterPurgeDate = plan.Options.DaysAfterPurgeDate,
                waiveThreshold = plan.Options.WaiveThreshold,
            },
            cancellationToken);
    }

    // Nobody outside the vendor knows which parameters the job has or what they do, so at a real institution they
    // must come from its own job wizard.
    private void RequireTemplate(PurgeOptions options)
    {
        if (options.JobTemplate is null && _session.Connection.EnvironmentType != AlmaEnvironmentType.Simulated)
        {
            throw new AlmaPurgeException(
                "JobTemplateMissing",
                AlmaPurgeErrorKind.InvalidArgument,
                "The parameters of the job 'Purge users' are not documented.",
                "Open the job in Alma (Admin > Run a job), go to the review step without submitting, and give the text under 'API information' as -JobTemplate.",
                nameof(PurgeOptions.JobTemplate));
        }
    }
}
