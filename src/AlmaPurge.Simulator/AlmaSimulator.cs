using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Generation;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator;

/// <summary>
/// A make-believe Alma, in memory. Clients reach it through <see cref="CreateHandler"/>; tests judge them by its
/// records. Nothing is ever sent anywhere. All members may be used from several threads.
/// </summary>
public sealed partial class AlmaSimulator
{
    private readonly Library _library;
    private readonly KeyRing _keys = new();
    private readonly Gateway _gateway;
    private readonly DateOnly _startDay;

    private AlmaSimulator(SimulatorOptions options)
    {
        Clock = new SimulatorClock(options.Time, options.Now ?? options.Time.GetUtcNow());
        _library = new Library(options, Clock);
        _gateway = new Gateway(_library, _keys);
        _startDay = _library.Today;
    }

    /// <summary>The names of the faults that <see cref="SimulatorOptions.Faults"/> may have.</summary>
    public static IReadOnlyList<string> KnownFaults { get; } = [.. Simulator.Faults.KnownFaults.All.Select(f => f.Name)];

    /// <summary>The same faults, each with what it does and when.</summary>
    public static IReadOnlyList<SimulatorFault> FaultDescriptions => Simulator.Faults.KnownFaults.All;

    /// <summary>What it was started with.</summary>
    public SimulatorOptions Options => _library.Options;

    /// <summary>Scheme, host and port, see <see cref="SimulatorOptions.BaseAddress"/>.</summary>
    public Uri BaseAddress => Options.BaseAddress;

    /// <summary>A key for all areas, read and write.</summary>
    public string ApiKey => _keys.Master;

    /// <summary>The library's time.</summary>
    public SimulatorClock Clock { get; }

    /// <summary>Every request so far, in order of arrival.</summary>
    public IReadOnlyList<LoggedRequest> Requests
    {
        get
        {
            lock (_library.Gate)
            {
                return [.. _gateway.Log];
            }
        }
    }

    /// <summary>Every patron there is or was, apart from those of whom the Delete User Policy left nothing.</summary>
    public IReadOnlyList<SimulatedUser> Users => Settled(() => _library.Users.All.Where(u => !u.IsErased));

    /// <summary>Who was removed, in order.</summary>
    public IReadOnlyList<PurgeRecord> Purged => Settled(() => _library.Purged);

    /// <summary>The sets there are.</summary>
    public IReadOnlyList<SimulatedSet> Sets => Settled(() => _library.Sets.Values);

    /// <summary>Every instance of a job, in order of submission.</summary>
    public IReadOnlyList<SimulatedJobRun> JobRuns => Settled(() => _library.Jobs.Runs);

    /// <summary>The user groups.</summary>
    public IReadOnlyList<SimulatedUserGroup> UserGroups => Settled(() => _library.Groups);

    /// <summary>Makes a library and fills it.</summary>
    public static AlmaSimulator Create(SimulatorOptions? options = null)
    {
        AlmaSimulator simulator = new(options ?? new SimulatorOptions());
        new LibraryGenerator(simulator._library).Fill();
        simulator._library.Analytics.Load();
        return simulator;
    }

    /// <summary>The present misbehaviour, written as in <see cref="SimulatorOptions.Faults"/>.</summary>
    public IReadOnlyList<string> ActiveFaults => Settled(() => _library.FaultNames);

    /// <summary>
    /// Puts this misbehaviour in the place of the present one, written as in <see cref="SimulatorOptions.Faults"/>;
    /// with none the simulator behaves. Matches are counted from here. What a fault has done stays done.
    /// </summary>
    /// <exception cref="ArgumentException">A name, rate or number that cannot be; nothing was changed.</exception>
    public void SetFaults(params string[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        lock (_library.Gate)
        {
            _library.Settle();
            _library.SetFaults(faults);
        }
    }

    /// <summary>
    /// A new handler for an HttpClient. A connection that is cut is an <see cref="HttpRequestException"/> out of it, an
    /// answer that breaks off an <see cref="IOException"/> out of the content, and an answer that never comes one that
    /// waits until it is cancelled.
    /// </summary>
    /// <param name="wait">
    /// How an answer that takes time is waited for, and one that never comes (an infinite time); by default by the clock
    /// of <see cref="SimulatorOptions.Time"/>.
    /// </param>
    public HttpMessageHandler CreateHandler(Func<TimeSpan, CancellationToken, Task>? wait = null)
    {
        return new SimulatorHandler(_gateway, Options, wait);
    }

    /// <summary>Makes a key for some areas only: users, configuration, analytics, each with :read or :write.</summary>
    public string AddKey(params string[] areas)
    {
        return _keys.Add(areas);
    }

    /// <summary>
    /// The patron with this primary id, or the last one who had it (see <see cref="SimulatedUser.IsDeleted"/>); null
    /// where there never was one.
    /// </summary>
    public SimulatedUser? FindUser(string primaryId)
    {
        lock (_library.Gate)
        {
            _library.Settle();
            return _library.Users.EverById(primaryId);
        }
    }

    private T[] Settled<T>(Func<IEnumerable<T>> read)
    {
        lock (_library.Gate)
        {
            _library.Settle();
            return [.. read()];
        }
    }
}
