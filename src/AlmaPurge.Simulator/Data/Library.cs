using System.Globalization;
using AlmaPurge.Simulator.Faults;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Data;

/// <summary>All state of the make-believe library, behind one lock.</summary>
internal sealed class Library
{
    // Alma's internal numbers end in digits that name the institution.
    private const long FirstNumber = 9_563_000_000_000_561;
    private const long NumberStep = 10_000;

    private readonly List<SimulatedUserGroup> _groups = [];
    private long _lastNumber = FirstNumber;

    public Library(SimulatorOptions options, SimulatorClock clock)
    {
        Options = options;
        Clock = clock;
        Users = new UserStore(options.MergedIdsResolve);
        Analytics = new AnalyticsStore(this);
        Jobs = new JobStore(this);
        Removal = new Remover(this);
        Faults = new FaultBox(this, options.Faults);
        FaultNames = options.Faults;
    }

    public object Gate { get; } = new();

    public SimulatorOptions Options { get; }

    public SimulatorClock Clock { get; }

    public Uri BaseAddress => Options.BaseAddress;

    /// <summary>The present misbehaviour.</summary>
    public FaultBox Faults { get; private set; }

    /// <summary>The present faults as they were written.</summary>
    public IReadOnlyList<string> FaultNames { get; private set; }

    public UserStore Users { get; }

    public AnalyticsStore Analytics { get; }

    public Dictionary<string, SimulatedSet> Sets { get; } = new(StringComparer.Ordinal);

    public JobStore Jobs { get; }

    public Remover Removal { get; }

    public List<PurgeRecord> Purged { get; } = [];

    public IReadOnlyList<SimulatedUserGroup> Groups => _groups;

    public DateTimeOffset Now => Clock.Now;

    /// <summary>Today in the institution's own zone.</summary>
    public DateOnly Today => DayOf(Now);

    public DateOnly DayOf(DateTimeOffset instant)
    {
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Options.TimeZone).DateTime);
    }

    public string NextId()
    {
        _lastNumber += NumberStep;
        return _lastNumber.ToString(CultureInfo.InvariantCulture);
    }

    public string Link(string path)
    {
        return BaseAddress.GetLeftPart(UriPartial.Authority) + "/almaws/v1/" + path;
    }

    public SimulatedUserGroup? Group(string? code)
    {
        return _groups.FirstOrDefault(g => g.Code == code);
    }

    public void AddGroup(SimulatedUserGroup group)
    {
        if (Group(group.Code) is not null)
        {
            throw new ArgumentException($"A user group '{group.Code}' is already there.", nameof(group));
        }

        _groups.Add(group);
    }

    /// <summary>Puts these groups in the place of all.</summary>
    public void SwapGroups(IReadOnlyList<SimulatedUserGroup> groups)
    {
        _groups.Clear();
        _groups.AddRange(groups);
    }

    public void RemoveGroups(Predicate<SimulatedUserGroup> which)
    {
        _groups.RemoveAll(which);
    }

    /// <summary>Puts other faults in the place of the present ones; they begin to count anew.</summary>
    public void SetFaults(IEnumerable<string> faults)
    {
        string[] names = [.. faults];
        Faults = new FaultBox(this, names);
        FaultNames = names;
    }

    /// <summary>Brings Analytics and jobs to where the clock says they are, before anything is looked at.</summary>
    public void Settle()
    {
        Analytics.Settle();
        Jobs.Settle();
    }
}
