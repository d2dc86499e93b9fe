using System.Collections.Frozen;

namespace AlmaPurge.Core.Alma;

/// <summary>What a job's status means.</summary>
public enum JobState
{
    /// <summary>A status that we do not know: taken as not finished.</summary>
    Unknown,

    /// <summary>Waiting or at work.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended, and someone should look: warnings, nothing processed, manual handling.</summary>
    NeedsReview,

    /// <summary>Ended badly; some records may have been changed nevertheless.</summary>
    Failed,
}

/// <summary>
/// Alma's code table systemJobStatus (seen in two independent clients). Whatever is not in it is not finished:
/// a job must never be taken for ended because of a word that we do not know.
/// </summary>
public static class JobStatus
{
    private static readonly FrozenDictionary<string, JobState> s_states = new Dictionary<string, JobState>
    {
        ["QUEUED"] = JobState.Running,
        ["PENDING"] = JobState.Running,
        ["INITIALIZING"] = JobState.Running,
        ["RUNNING"] = JobState.Running,
        ["FINALIZING"] = JobState.Running,
        ["COMPLETED_SUCCESS"] = JobState.Succeeded,
        ["COMPLETED_WARNING"] = JobState.NeedsReview,
        ["COMPLETED_NO_BULKS"] = JobState.NeedsReview,
        ["MANUAL_HANDLING_REQUIRED"] = JobState.NeedsReview,
        ["COMPLETED_FAILED"] = JobState.Failed,
        ["FAILED"] = JobState.Failed,
        ["SKIPPED"] = JobState.Failed,
        ["SYSTEM_ABORTED"] = JobState.Failed,
        ["USER_ABORTED"] = JobState.Failed,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a status means.</summary>
    public static JobState Classify(string? statusCode) =>
        s_states.GetValueOrDefault((statusCode ?? string.Empty).Trim(), JobState.Unknown);

    /// <summary>Whether a job of this status has ended, well or not.</summary>
    public static bool IsFinished(string? statusCode) =>
        Classify(statusCode) is JobState.Succeeded or JobState.NeedsReview or JobState.Failed;
}
