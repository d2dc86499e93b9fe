using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator;

/// <summary>One instance of a job.</summary>
public sealed class SimulatedJobRun
{
    internal const string Api = "API";
    internal const string Staff = "staff";
    internal const string Alma = "Alma";

    internal SimulatedJobRun(
        string id,
        IJob job,
        SimulatedSet set,
        IReadOnlyDictionary<string, string> parameters,
        DateTimeOffset submitTime,
        string submittedBy = Api)
    {
        SubmittedBy = submittedBy;
        Id = id;
        Job = job;
        Set = set;
        Parameters = parameters;
        SubmitTime = submitTime;
        Name = parameters.GetValueOrDefault("job_name") is { Length: > 0 } name ? name : job.Name;
    }

    /// <summary>The id of the instance.</summary>
    public string Id { get; }

    /// <summary>The id of the job.</summary>
    public string JobId => Job.Id;

    /// <summary>The name that the submitter gave it.</summary>
    public string Name { get; }

    /// <summary>The parameters it was submitted with.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The name of the job.</summary>
    public string JobName => Job.Name;

    /// <summary>API, staff where it was started on a page of theirs, or Alma itself.</summary>
    public string SubmittedBy { get; }

    /// <summary>The id of the set that it was submitted for; null where staff started it without one.</summary>
    public string? SetId => Set.Id.Length > 0 ? Set.Id : null;

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmitTime { get; }

    /// <summary>When it began to run.</summary>
    public DateTimeOffset? StartTime { get; internal set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndTime { get; internal set; }

    /// <summary>QUEUED, RUNNING, or how it ended.</summary>
    public string Status { get; internal set; } = "QUEUED";

    /// <summary>Percent done.</summary>
    public int Progress { get; internal set; }

    /// <summary>What it counted.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Counters { get; internal set; } = [];

    /// <summary>Whom it left as they were, and why; Alma shows that to staff, not to the API.</summary>
    public IReadOnlyDictionary<string, string> Skipped { get; internal set; } = new Dictionary<string, string>();

    /// <summary>Who would have been sent a letter.</summary>
    public IReadOnlyList<string> Notified { get; internal set; } = [];

    /// <summary>Whether it has ended, well or not.</summary>
    public bool IsFinished => EndTime is not null;

    internal IJob Job { get; }

    /// <summary>It will never end.</summary>
    internal bool IsStuck { get; set; }

    internal SimulatedSet Set { get; }
}
