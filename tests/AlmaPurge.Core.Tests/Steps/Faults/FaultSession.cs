using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Steps.Faults;

/// <summary>The canonical session, step by step, and what it comes to. It can be taken up again where it stopped.</summary>
internal sealed class FaultSession : IDisposable
{
    private readonly AlmaPurgeRoute _route;
    private readonly HashSet<string> _goneBefore;
    private readonly string[] _imported;
    private List<AlmaPurgeResult> _results = [];
    private int _step;

    private FaultSession(PurgeWorld world, AlmaPurgeRoute route)
    {
        World = world;
        _route = route;
        _imported = [.. world.Run.Patrons.CandidateIds()];
        _goneBefore = [.. world.Purged];
    }

    public PurgeWorld World { get; }

    /// <summary>Connects and imports; the fault is there from the first request on.</summary>
    public static async Task<FaultSession> BeginAsync(FaultCase fault)
    {
        string[] faults = fault.Fault.Split(' ');
        PurgeWorld world = await PurgeWorld.JumpingAsync(fault.Write == 0 ? faults : []);
        int writes = 0;
        world.Line.Before = request =>
        {
            if (request.Method != HttpMethod.Get && ++writes == fault.Write)
            {
                world.Simulator.SetFaults([.. faults.Select(f => f + "@1")]);
            }
        };
        return new FaultSession(world, fault.Route);
    }

    /// <summary>Goes on from the step where it is until the end or an error.</summary>
    public async Task<FaultOutcome> GoOnAsync()
    {
        (string Name, Func<Task> Run)[] steps =
        [
            ("Check", () => World.CheckAsync()),
            ("Build set", () => World.BuildSetAsync()),
            ("Mark", () => World.MarkAsync()),
            ("Purge", () => World.PurgeAsync(_route)),
            ("Verify", async () => _results = await World.VerifyAsync()),
        ];
        Exception? stop = null;
        while (_step < steps.Length && stop is null)
        {
            stop = await Record.ExceptionAsync(steps[_step].Run);
            _step += stop is null ? 1 : 0;
        }

        return Outcome(stop, steps[Math.Min(_step, steps.Length - 1)].Name);
    }

    /// <summary>
    /// What a person does after a stop, once Alma behaves again: the same step once more, or the next one where the
    /// error says that it was done.
    /// </summary>
    public async Task<FaultOutcome> AgainAsync(FaultOutcome first)
    {
        World.Line.Before = null;
        World.Simulator.SetFaults();
        TimeSpan aWhile = TimeSpan.FromHours(1);
        World.Time.Advance(aWhile);
        World.Simulator.Clock.Advance(aWhile);
        FaultOutcome outcome = await GoOnAsync();
        while (outcome.Stop is AlmaPurgeException { Id: "SetAlreadyBuilt" or "AlreadyMarked" or "PurgeAlreadyStarted" })
        {
            _step++;
            outcome = await GoOnAsync();
        }

        return outcome.Gone.Count > 0 && outcome.Results.Count == 0 ? await AccountAsync(outcome) : outcome;
    }

    /// <summary>A purge that stopped in the middle for good: verification tells who is gone.</summary>
    private async Task<FaultOutcome> AccountAsync(FaultOutcome stopped)
    {
        Exception? stop = await Record.ExceptionAsync(async () => _results = await World.VerifyAsync());
        return stop is null ? stopped with { Results = _results } : Outcome(stop, "Verify");
    }

    public void Dispose() => World.Dispose();

    private FaultOutcome Outcome(Exception? stop, string step)
    {
        HashSet<string> imported = new(_imported, StringComparer.OrdinalIgnoreCase);
        string[] gone = [.. World.Purged.Where(id => !_goneBefore.Contains(id))];
        DateOnly cutoff = World.Cutoff;
        return new FaultOutcome
        {
            Stop = stop,
            Step = step,
            Imported = _imported,
            Results = _results,
            Gone = gone,
            Wrong =
            [
                .. World.Simulator.WronglyPurged(PurgeWorld.Group, cutoff)
                    .Where(e => gone.Contains(e.PrimaryId))
                    .Select(e => $"{e.PrimaryId} ({string.Join(' ', e.Reasons)})"),
                .. gone.Where(id => !imported.Contains(id)).Select(id => $"{id} (not of the run)"),
            ],
            StillMarked = World.Simulator.Users.Count(u => !u.IsDeleted && imported.Contains(u.PrimaryId)
                && (u.UserGroup == PurgeWorld.PurgeGroup || u.PurgeDate == World.PurgeDate)),
        };
    }
}
