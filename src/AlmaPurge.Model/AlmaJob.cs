namespace AlmaPurge;

/// <summary>One run of a job in Alma, as of the moment it was read.</summary>
public sealed class AlmaJob
{
    private readonly Dictionary<string, long> _counters;

    internal AlmaJob(
        string jobId,
        string instanceId,
        string name,
        string status,
        bool isFinished,
        int? progress,
        DateTimeOffset? submittedAt,
        DateTimeOffset? endedAt,
        IReadOnlyDictionary<string, long> counters)
    {
        JobId = jobId;
        InstanceId = instanceId;
        Name = name;
        Status = status;
        IsFinished = isFinished;
        Progress = progress;
        SubmittedAt = submittedAt;
        EndedAt = endedAt;
        _counters = new Dictionary<string, long>(counters, StringComparer.Ordinal);
    }

    /// <summary>Id of the job, such as M148.</summary>
    public string JobId { get; }

    /// <summary>Id of this run of it.</summary>
    public string InstanceId { get; }

    /// <summary>Name that it was started under.</summary>
    public string Name { get; }

    /// <summary>Alma's status code, such as COMPLETED_SUCCESS (code table systemJobStatus).</summary>
    public string Status { get; }

    /// <summary>Whether it has ended, well or badly; false for a status that is not known.</summary>
    public bool IsFinished { get; }

    /// <summary>Percent done as Alma says; it may stay 0 on a failed job.</summary>
    public int? Progress { get; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset? SubmittedAt { get; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; }

    /// <summary>Alma's counters by their label. Labels are texts for people, not a contract.</summary>
    public IReadOnlyDictionary<string, long> Counters => new Dictionary<string, long>(_counters, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Status}";
}
