using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Alma;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>A simulated library, a connection to it, and a run on disk whose candidates are one user group.</summary>
internal sealed class PurgeWorld : IDisposable
{
    public const string Group = "UNDRGRD";
    public const string PurgeGroup = "PURGEUG";

    private readonly TestFolder _folder = new();

    private PurgeWorld(AlmaSimulator simulator, AlmaSession session, ShiftedTime time, InterceptingHandler line)
    {
        Line = line;
        Simulator = simulator;
        Session = session;
        Time = time;
        Store = new RunStore(_folder.Path, time);
        Cutoff = session.Today().AddYears(-1);
        PurgeDate = session.Today().AddDays(-30);
    }

    public AlmaSimulator Simulator { get; }

    public AlmaSession Session { get; private set; }

    /// <summary>What stands between session and simulator.</summary>
    public InterceptingHandler Line { get; }

    public ShiftedTime Time { get; }

    /// <summary>The clock of a world whose time jumps.</summary>
    public FastTime? Jumps { get; private init; }

    public RunStore Store { get; }

    public DateOnly Cutoff { get; }

    public DateOnly PurgeDate { get; }

    public RecordingReporter Reporter { get; } = new();

    public PurgeRun Run { get; private set; } = null!;

    public IEnumerable<string> Purged => Simulator.Purged.Select(p => p.PrimaryId);

    public IEnumerable<LoggedRequest> Writes => Simulator.Requests.Where(r => r.Method != "GET");

    /// <summary>A generated library with every kind of danger in it; the whole group is proposed.</summary>
    public static async Task<PurgeWorld> GeneratedAsync(int users = 200, params string[] faults)
    {
        PurgeWorld world = await ConnectAsync(users, faults);
        world.Propose(world.Simulator.Users.Where(u => u.UserGroup == Group).Select(u => u.PrimaryId));
        return world;
    }

    /// <summary>
    /// A generated library and as many more patrons who may go as fill a second page of a listing, in a time that jumps:
    /// no wait takes real time, a time-out but a moment. One request at a time, so that each run of it is the same.
    /// </summary>
    public static async Task<PurgeWorld> JumpingAsync(params string[] faults)
    {
        PurgeWorld world = await ConnectJumpingAsync(200, faults);
        for (int i = 0; i < 110; i++)
        {
            world.AddPatron(FormattableString.Invariant($"plain{i:000}"), s => s);
        }

        world.Propose(world.Simulator.Users.Where(u => u.InitialState.UserGroup == Group).Select(u => u.PrimaryId));
        return world;
    }

    /// <summary>As <see cref="SafeAsync"/>, in a time that jumps and keeps how long was waited.</summary>
    public static async Task<PurgeWorld> SafeJumpingAsync(int patrons) => Safe(await ConnectJumpingAsync(0), patrons);

    /// <summary>A library of patrons who may all go, p001 and on, and one who may not and is no candidate: the canary.</summary>
    public static async Task<PurgeWorld> SafeAsync(int patrons = 60, params string[] faults) =>
        Safe(await ConnectAsync(0, faults), patrons);

    /// <summary>As <see cref="SafeAsync"/>, but the connection takes it for an institution's own sandbox.</summary>
    public static async Task<PurgeWorld> SandboxAsync(int patrons) =>
        Safe(await ConnectAsync(0, simulated: false), patrons);

    private static PurgeWorld Safe(PurgeWorld world, int patrons)
    {
        world.AddPatron("canary", s => s with { ExpiryDate = world.Session.Today().AddYears(1) });
        string[] ids = [.. Enumerable.Range(1, patrons).Select(i => FormattableString.Invariant($"p{i:000}"))];
        foreach (string id in ids)
        {
            world.AddPatron(id, s => s);
        }

        world.Propose(ids);
        return world;
    }

    private static async Task<PurgeWorld> ConnectJumpingAsync(int users, params string[] faults)
    {
        FastTime fast = new();
        AlmaSimulator simulator = AlmaSimulator.Create(new SimulatorOptions
        {
            UserCount = users, RequestsPerSecond = 0, Time = fast,
        });
        InterceptingHandler line = new(new HeldAnswers(simulator.CreateHandler(), fast));
        ShiftedTime time = new(fast);
        AlmaClientOptions options = new()
        {
            BaseAddress = simulator.BaseAddress,
            ApiKey = simulator.ApiKey,
            Handler = line,
            RequestsPerSecond = 0,
            MaximumConcurrency = 1,
            RequestTimeout = TimeSpan.FromMinutes(10),
            BusyInterval = TimeSpan.FromMinutes(1),
            JobPatience = TimeSpan.FromHours(2),
            Time = time,
        };
        simulator.SetFaults(faults);
        AlmaSession session = await AlmaSession.ConnectAsync(options, simulated: true, CancellationToken.None);
        return new PurgeWorld(simulator, session, time, line) { Jumps = fast };
    }

    public static Task<PurgeWorld> ConnectAsync(int users, params string[] faults) => ConnectAsync(users, true, faults);

    private static async Task<PurgeWorld> ConnectAsync(int users, bool simulated, params string[] faults)
    {
        AlmaSimulator simulator = AlmaSimulator.Create(new SimulatorOptions
        {
            UserCount = users,
            RequestsPerSecond = 0,
            JobQueueTime = TimeSpan.Zero,
            JobRunTime = TimeSpan.FromMilliseconds(1),
            Faults = faults,
        });
        ShiftedTime time = new();
        InterceptingHandler line = new(simulator.CreateHandler());
        return new PurgeWorld(simulator, await ConnectAsync(simulator, time, simulated, line), time, line);
    }

    public static Task<AlmaSession> ConnectAsync(
        AlmaSimulator simulator,
        ShiftedTime time,
        bool simulated = true,
        HttpMessageHandler? handler = null,
        long floor = 0) =>
        AlmaSession.ConnectAsync(
            new AlmaClientOptions
            {
                BaseAddress = simulator.BaseAddress,
                ApiKey = simulator.ApiKey,
                Handler = handler ?? simulator.CreateHandler(),
                RequestsPerSecond = 0,
                DailyCallFloor = floor,
                PollInterval = TimeSpan.FromMilliseconds(5),
                ReadingsApart = TimeSpan.FromMilliseconds(1),
                RetryDelay = TimeSpan.FromMilliseconds(1),
                BusyInterval = TimeSpan.FromMilliseconds(1),
                Time = time,
            },
            simulated,
            CancellationToken.None);

    /// <summary>
    /// Connects anew with a floor that leaves so many calls for today. It is noon then, so that no test comes by midnight.
    /// </summary>
    public async Task AllowCallsAsync(int calls)
    {
        TimeSpan toNoon = Time.GetUtcNow().Date.AddHours(36) - Time.GetUtcNow().UtcDateTime;
        if (Time.GetUtcNow().Hour != 12)
        {
            Pass(toNoon);
        }

        const int ForConnecting = 4;
        using AlmaSession known = await ConnectAsync(Simulator, Time);
        long floor = known.Connection.CallsLeftToday!.Value - ForConnecting - calls;
        Session.Dispose();
        Session = await ConnectAsync(Simulator, Time, handler: Line, floor: floor);
    }

    /// <summary>Lets time pass, in Alma too.</summary>
    public void Pass(TimeSpan by)
    {
        Time.Advance(by);
        Simulator.Clock.Advance(by);
    }

    /// <summary>Others of the institution make so many calls.</summary>
    public async Task OthersCallAsync(int calls)
    {
        using AlmaSession others = await ConnectAsync(Simulator, Time);
        for (int i = 4; i < calls; i++)
        {
            await others.Reader.GetGeneralConfigurationAsync(default);
        }
    }

    /// <summary>Adds a patron of the run's group who may go, unless changed.</summary>
    public void AddPatron(string id, Func<SimulatedUserSpec, SimulatedUserSpec> change) =>
        Simulator.AddUser(change(new SimulatedUserSpec
        {
            PrimaryId = id,
            UserGroup = Group,
            ExpiryDate = Session.Today().AddYears(-3),
            CreatedDate = Time.GetUtcNow().AddYears(-8),
        }));

    public PurgeCriteria Criteria(string group = Group) => new()
    {
        UserGroup = group,
        ExpiredBefore = Cutoff,
        DeleteUserPolicy = AlmaDeleteUserPolicy.KeepStatistics,
    };

    /// <summary>Makes the run as an import would have.</summary>
    public void Propose(IEnumerable<string> ids, PurgeCriteria? criteria = null, bool preview = false)
    {
        Run = Store.Create(criteria ?? Criteria(), preview);
        using StepScope scope = Run.BeginStep(StepNames.Import);
        Run.Patrons.AddCandidates([.. ids]);
        Run.Update(d => d with { ImportedAt = Time.GetUtcNow() });
        scope.Complete();
    }

    public void Dispose()
    {
        Session.Dispose();
        Line.Dispose();
        _folder.Dispose();
    }
}
