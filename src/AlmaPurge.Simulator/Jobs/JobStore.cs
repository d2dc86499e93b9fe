using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>The jobs there are, their instances, and the limits on starting them.</summary>
internal sealed class JobStore
{
    private const int MaximumRunning = 3;
    private const int MaximumStartsAnHour = 5;

    private readonly Library _library;
    private readonly List<SimulatedJobRun> _runs = [];

    public JobStore(Library library)
    {
        _library = library;
    }

    public IReadOnlyList<IJob> All { get; } =
    [
        new OtherJob("M18", "Withdraw items", "MANUAL", "ITEM"),
        new OtherJob("M44", "Export users", "MANUAL", "USER"),
        new UpdateUsersJob(),
        new AssumedPurgeJob(),
        new StudentLoadJob(),
        new OtherJob("S210", "Notifications - Send Due Date Reminders", "SCHEDULED", "USER"),
    ];

    public IReadOnlyList<SimulatedJobRun> Runs => _runs;

    public IJob? Find(string id)
    {
        // Those that only Alma itself starts are on no list, but their instances are found.
        return All.FirstOrDefault(j => j.Id == id) ?? _runs.Find(r => r.JobId == id)?.Job;
    }

    public SimulatedJobRun Start(IJob job, IReadOnlyDictionary<string, string> parameters)
    {
        Settle();
        SimulatedSet set = job.Type == "MANUAL" ? RequireSet(job, parameters) : new("", job.Name, _library.Now);
        job.Validate(_library, parameters);
        CheckLimits(job, set);
        SimulatedJobRun run = new(_library.NextId(), job, set, parameters, _library.Now);
        _runs.Add(run);
        return run;
    }

    /// <summary>
    /// Starts a job as staff do, on a page of its own: neither a set nor the limits on starts through the API concern
    /// it.
    /// </summary>
    public SimulatedJobRun StartByStaff(IJob job, IReadOnlyDictionary<string, string> parameters)
    {
        Settle();
        job.Validate(_library, parameters);
        SimulatedSet none = new("", job.Name, _library.Now);
        SimulatedJobRun run = new(_library.NextId(), job, none, parameters, _library.Now, SimulatedJobRun.Staff);
        _runs.Add(run);
        return run;
    }

    /// <summary>Starts a job that Alma needs for something else; the limits on starts do not concern it.</summary>
    public SimulatedJobRun StartOwn(IJob job, SimulatedSet set, IReadOnlyDictionary<string, string> parameters)
    {
        Settle();
        SimulatedJobRun run = new(_library.NextId(), job, set, parameters, _library.Now, SimulatedJobRun.Alma);
        _runs.Add(run);
        return run;
    }

    /// <summary>Ends an instance now, whatever the clock says.</summary>
    public void FinishNow(SimulatedJobRun run)
    {
        run.StartTime = run.EndTime = _library.Now;
        new JobWork(_library, run).Finish();
    }

    /// <summary>Brings each instance to where the clock says it is. What a job does, it does when it ends.</summary>
    public void Settle()
    {
        if (_runs.TrueForAll(r => r.IsFinished || r.IsStuck))
        {
            return;
        }

        DateTimeOffset now = _library.Now;
        foreach (SimulatedJobRun run in _runs.Where(r => !r.IsFinished && !r.IsStuck).ToArray())
        {
            DateTimeOffset start = run.SubmitTime + _library.Options.JobQueueTime;
            DateTimeOffset end = start + _library.Options.JobRunTime;
            if (now < start)
            {
                continue;
            }

            run.StartTime = start;
            if (now < end)
            {
                run.Status = "RUNNING";
                run.Progress = (int)(100 * (now - start) / _library.Options.JobRunTime);
            }
            else
            {
                run.EndTime = end;
                new JobWork(_library, run).Finish();
            }
        }
    }

    private SimulatedSet RequireSet(IJob job, IReadOnlyDictionary<string, string> parameters)
    {
        foreach (string name in (string[])["set_id", "job_name"])
        {
            if (!parameters.TryGetValue(name, out string? value))
            {
                throw new ApiErrorException("402228", $"Mandatory parameter is missing: {name}.");
            }

            if (value.Length == 0)
            {
                throw new ApiErrorException("402229", $"Mandatory parameter is empty: {name}.");
            }
        }

        string setId = parameters["set_id"];
        if (!_library.Sets.TryGetValue(setId, out SimulatedSet? set))
        {
            throw new ApiErrorException("60107", $"Set not found: Set ID {setId}");
        }

        return set.Content == job.Content
            ? set
            : throw ApiErrorException.InvalidParameter("set_id", setId, $"a set of content {job.Content}");
    }

    private void CheckLimits(IJob job, SimulatedSet set)
    {
        SimulatedJobRun[] running = [.. _runs.Where(r => !r.IsFinished && r.SubmittedBy == SimulatedJobRun.Api)];
        if (running.Any(r => r.Set.Id == set.Id))
        {
            throw new ApiErrorException("60347", "The job overlaps with a running job on the same records.");
        }

        if (running.Length >= MaximumRunning)
        {
            throw new ApiErrorException(
                "402222", $"The number of jobs running by API has reached the threshold of {MaximumRunning}.");
        }

        DateTimeOffset hourAgo = _library.Now.AddHours(-1);
        if (_runs.Count(r => r.JobId == job.Id && r.SubmitTime > hourAgo) >= MaximumStartsAnHour)
        {
            throw new ApiErrorException(
                "402223",
                $"Job {job.Id} was started {MaximumStartsAnHour} times in the last hour, which is the threshold.");
        }
    }
}
