namespace AlmaPurge;

/// <summary>The purge of one run: the started job, the deletions one by one, the handover to staff, or in a preview what would be started.</summary>
public sealed class AlmaPurgeJob
{
    internal AlmaPurgeJob(
        IRunHandle run,
        AlmaPurgeRoute route,
        int patronCount,
        string status,
        bool isFinished,
        string? jobId = null,
        string? instanceId = null)
    {
        Run = run;
        Route = route;
        PatronCount = patronCount;
        Status = status;
        IsFinished = isFinished;
        JobId = jobId;
        InstanceId = instanceId;
    }

    /// <summary>How the purge is done.</summary>
    public AlmaPurgeRoute Route { get; }

    /// <summary>Number of patrons that it was started for.</summary>
    public int PatronCount { get; }

    /// <summary>Alma's job status; for UserDelete and Handoff what came of it; Preview in a preview.</summary>
    public string Status { get; }

    /// <summary>Whether it has ended, well or badly.</summary>
    public bool IsFinished { get; }

    /// <summary>Id of Alma's job; null for UserDelete, Handoff and in a preview.</summary>
    public string? JobId { get; }

    /// <summary>Id of the run of Alma's job; null for UserDelete, Handoff and in a preview.</summary>
    public string? InstanceId { get; }

    /// <summary>Handoff: until when staff may run it; null for the other routes.</summary>
    public DateTimeOffset? ValidUntil { get; internal init; }

    /// <summary>Handoff: the instructions for staff, as in handoff.txt of the run folder; null for the other routes.</summary>
    public string? Instructions { get; internal init; }

    /// <summary>Id of the run.</summary>
    public string RunId => Run.RunId;

    /// <summary>Whether nothing was started because this is a preview.</summary>
    public bool IsPreview => Run.IsPreview;

    /// <summary>The run.</summary>
    internal IRunHandle Run { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Route} for {RunId}: {Status}";
}
