using System.Diagnostics;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// How a connection is made. A class and not a record, because a record's ToString would print the key.
/// </summary>
public sealed class AlmaClientOptions
{
    /// <summary>Scheme and host of the region, see <see cref="AlmaRegions"/>; https only, loopback hosts aside.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The API key. Travels in the Authorization header and nowhere else.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string ApiKey { get; init; }

    /// <summary>Requests a second, each retry included; 0 means no limit. An institution has 25 for all its keys.</summary>
    public int RequestsPerSecond { get; init; } = 10;

    /// <summary>Requests under way at the same time.</summary>
    public int MaximumConcurrency { get; init; } = 64;

    /// <summary>Calls of today's quota that are left to others: with fewer left, this connection stops.</summary>
    public long DailyCallFloor { get; init; }

    /// <summary>Time for one attempt, waiting for permits not counted.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two looks at a running job.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between two complete readings that must agree, since Alma's search index lags.</summary>
    public TimeSpan ReadingsApart { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time within which a change that was sent shows in Alma's listings (inferred: well above any time-out on the
    /// way). Only after it does "nothing to be seen" mean that the request never arrived.
    /// </summary>
    public TimeSpan ArrivalTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Time after which nobody waits on for a job whose status and progress stay as they are. Jobs of Alma may take hours
    /// and stand in line for hours.
    /// </summary>
    public TimeSpan JobPatience { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Time before an Analytics report that is still being computed is asked for again.</summary>
    public TimeSpan ReportWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Shortest wait before a job is started anew that Alma did not start since others run or too many were started within the
    /// hour (documented: five of a job).
    /// </summary>
    public TimeSpan BusyInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Shortest wait before a repeated read; grows with each attempt.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Attempts in all for one read. Anything that changes Alma has exactly one.</summary>
    public int MaximumAttempts { get; init; } = 5;

    /// <summary>
    /// Answers the requests instead of the network, such as the simulator. Stays the caller's: it is not disposed.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The clock for limits, time-outs and waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public override string ToString() => $"{BaseAddress} ({RequestsPerSecond} requests/s)";
}
