namespace AlmaPurge.Core.Alma;

/// <summary>One run of a job.</summary>
/// <param name="Id">Instance id.</param>
/// <param name="JobId">Job id; null if Alma did not say.</param>
/// <param name="Name">Name; holds the job name that was submitted.</param>
/// <param name="StatusCode">Status as Alma gave it, such as COMPLETED_SUCCESS.</param>
/// <param name="Progress">Percent; stays 0 on some failures, so never a sign of the end.</param>
/// <param name="SubmitTime">When it was submitted.</param>
/// <param name="StartTime">When it started.</param>
/// <param name="EndTime">When it ended.</param>
/// <param name="Counters">Counters, by labels that are not stable.</param>
/// <param name="Alerts">Alerts in Alma's words.</param>
public sealed record AlmaJobInstanceRecord(
    string Id,
    string? JobId,
    string Name,
    string StatusCode,
    int? Progress,
    DateTimeOffset? SubmitTime,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime,
    IReadOnlyList<AlmaJobCounter> Counters,
    IReadOnlyList<string> Alerts)
{
    /// <summary>What the status means.</summary>
    public JobState State => JobStatus.Classify(StatusCode);

    /// <summary>Whether the job has ended, well or not.</summary>
    public bool IsFinished => JobStatus.IsFinished(StatusCode);
}

/// <summary>A counter of a job's report.</summary>
/// <param name="Type">Label or message key; not a stable enumeration.</param>
/// <param name="Description">Label for people, may be empty.</param>
/// <param name="Text">Value as Alma gave it.</param>
/// <param name="Number">Value as a number; null if it is none.</param>
public sealed record AlmaJobCounter(string Type, string Description, string Text, long? Number);
