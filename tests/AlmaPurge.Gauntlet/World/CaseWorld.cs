using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet.World;

/// <summary>The library of one case, the tool's connection to it, and the folder of its run.</summary>
internal sealed class CaseWorld : IDisposable
{
    public const string Group = "UNDRGRD";
    public const string PurgeGroup = "PURGEUG";

    private const int ConnectAttempts = 8;
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);

    private readonly string _root;
    private readonly CaseLine _line;
    private int _sessions;

    public CaseWorld(CasePlan plan, string root)
    {
        Plan = plan;
        _root = root;
        Simulator = AlmaSimulator.Create(new SimulatorOptions
        {
            UserCount = plan.Patrons,
            Seed = plan.Seed,
            Now = s_start,
            RequestsPerSecond = 0,
            JobQueueTime = TimeSpan.FromSeconds(40),
            JobRunTime = TimeSpan.FromMinutes(4),
            TimeZone = Zone(plan.ZoneHours),
            Faults = plan.Faults,
        });
        Simulator.Clock.Freeze();
        Time = new VirtualTime(Simulator.Clock, Zone(plan.ClientZoneHours));
        _line = new CaseLine(Simulator.CreateHandler(Time.WaitAsync));
        _line.BeforeWrite = Remember;
        Cutoff = DateOnly.FromDateTime(s_start.ToOffset(TimeSpan.FromHours(plan.ZoneHours)).DateTime).AddYears(-1);
        Directory.CreateDirectory(root);
        Store = NewStore();
    }

    public CasePlan Plan { get; }

    public AlmaSimulator Simulator { get; }

    public VirtualTime Time { get; }

    public CaseReporter Reporter { get; } = new();

    public RunStore Store { get; private set; }

    public AlmaSession Session { get; private set; } = null!;

    public DateOnly Cutoff { get; }

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Time.GetUtcNow(), Time.LocalTimeZone).DateTime);

    /// <summary>The pseudo-random choices of people at work, apart from the plan.</summary>
    public Random Random => field ??= new Random(Plan.Seed);

    /// <summary>What happens just before a patron is looked up.</summary>
    public Action<string>? BeforeLook
    {
        get => _line.BeforeLook;
        set => _line.BeforeLook = value;
    }

    /// <summary>
    /// How each patron was when the request left that was going to remove them. What changes after that, no client can see.
    /// </summary>
    public Dictionary<string, SimulatedUserSpec> AtRequest { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What happens with each request of the tool.</summary>
    public Action? OnRequest
    {
        get => _line.OnRequest;
        set => _line.OnRequest = value;
    }

    public string File(string name) => Path.Combine(_root, name);

    /// <summary>Connects, again and again where Alma misbehaves, as anybody would.</summary>
    public async Task ConnectAsync()
    {
        for (int i = 1; ; i++)
        {
            try
            {
                Session = await AlmaSession.ConnectAsync(
                    new AlmaClientOptions
                    {
                        BaseAddress = Simulator.BaseAddress,
                        ApiKey = Simulator.ApiKey,
                        Handler = _line,
                        RequestsPerSecond = 0,
                        MaximumConcurrency = 1,
                        RequestTimeout = VirtualTime.RequestTimeout,
                        Time = Time,
                    },
                    simulated: true,
                    CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (AlmaApiException) when (i < ConnectAttempts)
            {
                Time.Advance(TimeSpan.FromMinutes(10));
            }
        }
    }

    /// <summary>Another process picks up the run: everything it knows is what the folder says.</summary>
    public async Task<PurgeRun> ReopenAsync(PurgeRun run)
    {
        RunStore store = NewStore();
        string target = Path.Combine(store.Root, run.RunId);
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(run.Folder!))
        {
            System.IO.File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        Store = store;
        Session.Dispose();
        await ConnectAsync().ConfigureAwait(false);
        return store.Open(run.RunId);
    }

    public void Dispose()
    {
        Session?.Dispose();
        _line.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private void Remember(HttpRequestMessage request)
    {
        bool isJob = request.RequestUri!.AbsolutePath.StartsWith("/almaws/v1/conf/jobs/", StringComparison.Ordinal);
        if (isJob || request.Method == HttpMethod.Delete)
        {
            foreach (SimulatedUser user in Simulator.Users.Where(u => !u.IsDeleted))
            {
                AtRequest[user.PrimaryId] = user.State;
            }
        }
    }

    private static TimeZoneInfo Zone(int hours) => TimeZoneInfo.CreateCustomTimeZone(
        FormattableString.Invariant($"UTC{hours:+00;-00}"), TimeSpan.FromHours(hours), null, null);

    private RunStore NewStore() => new(Path.Combine(_root, FormattableString.Invariant($"runs{++_sessions}")), Time);
}
