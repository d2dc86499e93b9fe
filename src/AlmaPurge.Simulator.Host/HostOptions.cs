using System.Net;

namespace AlmaPurge.Simulator.Host;

/// <summary>What the host is started with.</summary>
internal sealed record HostOptions
{
    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8680;

    /// <summary>The address it listens at.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Patrons in the library.</summary>
    public int Size { get; init; } = 300;

    /// <summary>The same seed and the same day give the same library.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Requests admitted in any one second; 0 for no limit.</summary>
    public int Rate { get; init; } = 25;

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Misbehaviour, as <see cref="SimulatorOptions.Faults"/> takes it.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Calls admitted in a day.</summary>
    public long DailyLimit { get; init; } = 1_000_000;

    /// <summary>Where the clock starts; null for the real time.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The Delete User Policy.</summary>
    public string Policy { get; init; } = "KeepStatistics";

    /// <summary>SANDBOX or PRODUCTION.</summary>
    public string Environment { get; init; } = "SANDBOX";

    /// <summary>The institution's code.</summary>
    public string Institution { get; init; } = new SimulatorOptions().InstitutionCode;

    /// <summary>How long a job waits before it runs.</summary>
    public TimeSpan JobQueue { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a job runs.</summary>
    public TimeSpan JobRun { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether nobody but this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Listen);

    /// <summary>The simulator's own options.</summary>
    public SimulatorOptions ToSimulatorOptions() => new()
    {
        UserCount = Size,
        Seed = Seed,
        RequestsPerSecond = Rate,
        Latency = Latency,
        Faults = Faults,
        DailyLimit = DailyLimit,
        Now = Now,
        DeleteUserPolicy = Policy,
        EnvironmentType = Environment,
        InstitutionCode = Institution,
        JobQueueTime = JobQueue,
        JobRunTime = JobRun,
    };
}
