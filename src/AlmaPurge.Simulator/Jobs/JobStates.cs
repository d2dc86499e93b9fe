namespace AlmaPurge.Simulator.Jobs;

/// <summary>The job states of Alma's code table systemJobStatus.</summary>
internal static class JobStates
{
    public const string Failed = "COMPLETED_FAILED";

    public static IReadOnlyList<string> All { get; } =
    [
        "QUEUED", "PENDING", "INITIALIZING", "RUNNING", "FINALIZING", "COMPLETED_SUCCESS", "COMPLETED_WARNING",
        "COMPLETED_NO_BULKS", "MANUAL_HANDLING_REQUIRED", "COMPLETED_FAILED", "FAILED", "SKIPPED", "SYSTEM_ABORTED",
        "USER_ABORTED",
    ];
}
