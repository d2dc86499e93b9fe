namespace AlmaPurge.Core.Alma;

/// <summary>What a step may know of a connection. The key is not among it.</summary>
/// <param name="BaseAddress">Scheme and host.</param>
/// <param name="RequestsPerSecond">Requests a second; 0 means no limit.</param>
/// <param name="MaximumConcurrency">Requests under way at the same time.</param>
/// <param name="DailyCallFloor">With fewer calls left today the connection stops.</param>
/// <param name="PollInterval">Time between two looks at a running job.</param>
/// <param name="ReadingsApart">Time between two complete readings that must agree.</param>
/// <param name="Time">The connection's clock.</param>
public sealed record AlmaClientFacts(
    Uri BaseAddress,
    int RequestsPerSecond,
    int MaximumConcurrency,
    long DailyCallFloor,
    TimeSpan PollInterval,
    TimeSpan ReadingsApart,
    TimeProvider Time)
{
    /// <summary>Time within which a change that was sent shows in Alma; without a trace after that it never arrived.</summary>
    public TimeSpan ArrivalTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time before a report that is still being computed is asked for again.</summary>
    public TimeSpan ReportWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time after which nobody waits on for a job that does not move.</summary>
    public TimeSpan JobPatience { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Shortest wait before a job is started anew that Alma did not start.</summary>
    public TimeSpan BusyInterval { get; init; } = TimeSpan.FromMinutes(5);
}
