using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables;
using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.World;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>
/// Goes through a whole purge as the plan has it, mistakes included. After a refusal the operator corrects what was
/// refused and repeats the step, a few times; then gives up.
/// </summary>
internal sealed class PurgeOperator
{
    private const int Attempts = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromDays(4);

    private readonly CaseWorld _world;
    private readonly CaseRecord _record = new();
    private readonly Library _library;
    private PurgeSteps _steps = null!;

    public PurgeOperator(CaseWorld world)
    {
        _world = world;
        _library = new Library(world, _record.Touched);
    }

    private CasePlan Plan => _world.Plan;

    /// <summary>Does it all.</summary>
    public async Task<CaseRecord> WorkAsync()
    {
        try
        {
            await _world.ConnectAsync().ConfigureAwait(false);
            if (await ImportAsync().ConfigureAwait(false) is { } run)
            {
                _steps = new PurgeSteps(_world, run);
                await PurgeAsync().ConfigureAwait(false);
                _record.Run = await _world.ReopenAsync(_steps.Run).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsOfTheTool(e))
        {
            Note("Session", e);
        }
#pragma warning disable CA1031 // Whatever else comes out of the tool is a finding, and the other cases go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _record.Crashes.Add(e.ToString());
            _record.Run = _steps?.Run;
        }

        return _record;
    }

    // Nothing is there yet that could be taken up, so whoever is refused waits and begins again.
    private async Task<PurgeRun?> ImportAsync()
    {
        ImportWork work = new(_world, _record);
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await work.ImportAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfTheTool(e))
            {
                Note(StepNames.Import, e);
                LetWeatherPass(attempt + 1);
                _world.Time.Advance(TimeSpan.FromMinutes(20));
            }
        }

        return null;
    }

    private async Task PurgeAsync()
    {
        await StepAsync(StepNames.Subtract, _ => _steps.SubtractAsync(_record.Touched))
            .ConfigureAwait(false);
        if (!Plan.SkipCheck)
        {
            await StepAsync(StepNames.Check, _ => _steps.CheckAsync()).ConfigureAwait(false);
        }

        bool isReady = await StepAsync(StepNames.BuildSet, _steps.BuildSetAsync).ConfigureAwait(false)
            && await StepAsync(StepNames.Mark, _steps.MarkAsync).ConfigureAwait(false);
        if (isReady || _steps.Run.Document.Mark is not null)
        {
            await StepAsync(StepNames.Purge, corrected => _steps.PurgeAsync(corrected, AtPromptAsync))
                .ConfigureAwait(false);
        }

        if (_steps.Run.Document.Purge is not null)
        {
            await StepAsync(StepNames.Verify, async _ => _record.Results = await _steps.VerifyAsync().ConfigureAwait(false))
                .ConfigureAwait(false);
        }

        await SettleAsync().ConfigureAwait(false);
    }

    // A run that came to its end and says of nobody that the marking is still there is settled; any other is told to be.
    private async Task SettleAsync()
    {
        bool isSettled = _steps.Run.Document.Mark is null
            || (_record.Results is { } results && !results.Any(r => r.Detail?.Contains("still marked", StringComparison.Ordinal) == true));
        if (!isSettled)
        {
            await StepAsync(StepNames.Undo, UndoAsync).ConfigureAwait(false);
        }
    }

    private async Task UndoAsync(bool corrected)
    {
        IReadOnlyList<AlmaUndoResult> results = await _steps.UndoAsync().ConfigureAwait(false);
        _record.Named.Clear();
        _record.Named.UnionWith(results.Where(r => r.Status == AlmaUndoStatus.Failed).Select(r => r.PrimaryId));
        _record.IsUndone = true;
    }

    /// <summary>One step until it is done; false if the operator gives up.</summary>
    private async Task<bool> StepAsync(string step, Func<bool, Task> work)
    {
        _world.Time.Advance(TimeSpan.FromMinutes(Plan.MinutesBetween));
        await HappenAsync(step, Moment.Before).ConfigureAwait(false);
        if (Plan.NewSessions.Contains(step))
        {
            _steps.Run = await _world.ReopenAsync(_steps.Run).ConfigureAwait(false);
        }

        ListenForLooks(step);
        bool isDone = false;
        for (int attempt = 1; attempt <= Attempts && !isDone; attempt++)
        {
            isDone = await AttemptAsync(step, attempt, work).ConfigureAwait(false);
        }

        if (isDone && Plan.Repeated.Contains(step))
        {
            await AttemptAsync(step, 2, work).ConfigureAwait(false);
        }

        _world.BeforeLook = null;
        return isDone;
    }

    private async Task<bool> AttemptAsync(string step, int attempt, Func<bool, Task> work)
    {
        LetWeatherPass(attempt);
        using CancellationTokenSource stop = new();
        ListenForPatience(step, attempt, stop);
        try
        {
            await work(attempt > 1).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (IsOfTheTool(e))
        {
            Note(step, e);
            if (e is AlmaPurgeException { Id: "SetAlreadyBuilt" or "AlreadyMarked" or "PurgeAlreadyStarted" or "HandoffUnderWay" })
            {
                return true;
            }

            _world.OnRequest = null;
            await RecoverAsync(attempt).ConfigureAwait(false);
            return false;
        }
        finally
        {
            _world.OnRequest = null;
        }
    }

    private void LetWeatherPass(int attempt)
    {
        if (attempt == 3 && Plan.FaultsEnd)
        {
            _world.Simulator.SetFaults();
        }
    }

    // Nobody waits for a job for days; and some press Ctrl+C for no reason, once.
    private void ListenForPatience(string step, int attempt, CancellationTokenSource stop)
    {
        DateTimeOffset begun = _world.Time.GetUtcNow();
        int left = attempt == 1 && Plan.Interrupts.TryGetValue(step, out int requests) ? requests : int.MaxValue;
        _steps.Stop = stop.Token;
        _world.OnRequest = () =>
        {
            if (--left <= 0 || _world.Time.GetUtcNow() - begun > s_patience)
            {
                stop.Cancel();
            }
        };
    }

    // Time passes, other staff put right what they did, and now and then another process goes on.
    private async Task RecoverAsync(int attempt)
    {
        _world.Time.Advance(TimeSpan.FromMinutes(20));
        await _library.TidyAsync().ConfigureAwait(false);
        if (attempt % 2 == 0)
        {
            _steps.Run = await _world.ReopenAsync(_steps.Run).ConfigureAwait(false);
        }
    }

    private Task AtPromptAsync(string step)
    {
        // Longer than the time for which a look just before the question counts.
        bool any = Plan.Happenings.Any(h => Is(h, step, Moment.AtPrompt));
        _world.Time.Advance(TimeSpan.FromMinutes(any ? 2 : 0));
        return HappenAsync(step, Moment.AtPrompt);
    }

    private async Task HappenAsync(string step, Moment moment)
    {
        foreach (Happening happening in Plan.Happenings.Where(h => Is(h, step, moment)))
        {
            await _library.HappenAsync(happening, _steps.Run.Patrons.RemainingIds()).ConfigureAwait(false);
        }
    }

    private void ListenForLooks(string step)
    {
        Happening[] due = [.. Plan.Happenings.Where(h => Is(h, step, Moment.AtLook) && h.Kind < HappeningKind.StrangerInPurgeGroup && h.Kind != HappeningKind.StudentLoad)];
        if (due.Length == 0)
        {
            return;
        }

        HashSet<string> met = new(StringComparer.OrdinalIgnoreCase);
        Random random = new(Plan.Seed);
        _world.BeforeLook = id =>
        {
            foreach (Happening happening in due)
            {
                if (met.Add(happening + id) && random.Next(1000) < Math.Max(happening.Share, 8))
                {
                    _library.Strike(happening.Kind, id);
                }
            }
        };
    }

    private static bool Is(Happening happening, string step, Moment moment) =>
        happening.Kind == HappeningKind.ComesBack
            ? step == StepNames.Verify && moment == Moment.Before
            : happening.Step == step && happening.Moment == moment;

    private static bool IsOfTheTool(Exception e) => 
        e is AlmaPurgeException or AlmaApiException or TableException or OperationCanceledException;

    private void Note(string step, Exception e) => _record.Stops.Add((step, e switch
    {
        AlmaPurgeException own => own.Id,
        TableException table => table.Kind.ToString(),
        AlmaApiException api => api.Kind.ToString(),
        _ => "CtrlC",
    }, e.Message));
}
