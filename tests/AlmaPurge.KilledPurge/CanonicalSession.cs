using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.KilledPurge;

/// <summary>
/// The canonical session on a run, from the live check to the verification, as the cmdlets do it. Run again after it was
/// cut short, it goes on; whoever kills it in between is elsewhere.
/// </summary>
public sealed class CanonicalSession
{
    private const int DaysAgo = 30;

    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;

    /// <summary>Makes the session.</summary>
    public CanonicalSession(AlmaSession session, IStepReporter reporter)
    {
        _session = session;
        _reporter = reporter;
    }

    /// <summary>Connects to a simulator in another process, without any waiting.</summary>
    public static Task<AlmaSession> ConnectAsync(Uri address, string key, HttpMessageHandler handler) =>
        AlmaSession.ConnectAsync(
            new AlmaClientOptions
            {
                BaseAddress = address,
                ApiKey = key,
                Handler = handler,
                RequestsPerSecond = 0,
                PollInterval = TimeSpan.FromMilliseconds(20),
                ReadingsApart = TimeSpan.FromMilliseconds(2),
                RetryDelay = TimeSpan.FromMilliseconds(5),
                ArrivalTime = TimeSpan.FromMilliseconds(1),
            },
            simulated: true,
            CancellationToken.None);

    /// <summary>Makes a run of these patrons, as an import does.</summary>
    /// <param name="runs">Folder of runs.</param>
    /// <param name="ids">The patrons.</param>
    /// <param name="pseudonymize">Whether its folder has tokens in their place.</param>
    public static PurgeRun NewRun(string runs, IReadOnlyList<string> ids, bool pseudonymize)
    {
        PurgeRun run = new RunStore(runs).Create(
            new PurgeCriteria
            {
                UserGroup = "UNDRGRD",
                ExpiredBefore = DateOnly.FromDateTime(DateTime.Today).AddYears(-1),
                DeleteUserPolicy = AlmaDeleteUserPolicy.KeepStatistics,
                Pseudonymize = pseudonymize,
            },
            preview: false);
        using StepScope scope = run.BeginStep(StepNames.Import);
        run.Patrons.AddCandidates(ids);
        run.Update(d => d with { ImportedAt = DateTimeOffset.UtcNow });
        scope.Complete();
        return run;
    }

    /// <summary>Goes through all steps.</summary>
    public async Task<IReadOnlyList<AlmaPurgeResult>> RunAsync(PurgeRun run, AlmaPurgeRoute route)
    {
        await MarkAsync(run).ConfigureAwait(false);

        PurgeStep purge = new(run, _session, _reporter);
        PurgePlan purging = await purge.PlanAsync(new PurgeOptions { Route = route }, default).ConfigureAwait(false);
        await purge.ApplyAsync(purging, Agreed(purging), default).ConfigureAwait(false);
        await purge.WaitAsync(default).ConfigureAwait(false);

        List<AlmaPurgeResult> results = [];
        await foreach (AlmaPurgeResult result in new VerifyStep(run, _session, _reporter).RunAsync(null, default).ConfigureAwait(false))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>Marks the patrons, unless they are, and takes the marking back.</summary>
    public async Task<IReadOnlyList<AlmaUndoResult>> UndoAsync(PurgeRun run)
    {
        if (run.Document.Mark is null)
        {
            await MarkAsync(run).ConfigureAwait(false);
        }

        UndoStep undo = new(run, _session, _reporter);
        UndoPlan undoing = await undo.PlanAsync(new UndoOptions(), default).ConfigureAwait(false);
        return await undo.ApplyAsync(undoing, Agreed(undoing), default).ConfigureAwait(false);
    }

    private async Task MarkAsync(PurgeRun run)
    {
        await foreach (AlmaPurgeCandidate _ in new CheckStep(run, _session, _reporter).RunAsync(ToCheck(run), default).ConfigureAwait(false))
        {
        }

        BuildSetStep build = new(run, _session, _reporter);
        BuildSetPlan set = await build.PlanAsync(null, new BuildSetOptions(), default).ConfigureAwait(false);
        await build.ApplyAsync(set, Agreed(set), default).ConfigureAwait(false);

        MarkStep mark = new(run, _session, _reporter);
        MarkOptions options = new() { PurgeDate = _session.Today().AddDays(-DaysAgo), DaysAgo = DaysAgo, PurgeGroup = "PURGEUG" };
        MarkPlan marking = await mark.PlanAsync(options, default).ConfigureAwait(false);
        await mark.ApplyAsync(marking, Agreed(marking), default).ConfigureAwait(false);
    }

    private static WriteApproval Agreed(StepPlan plan) => WriteApproval.Given(plan.Description);

    private static async IAsyncEnumerable<AlmaPurgeCandidate> ToCheck(PurgeRun run)
    {
        foreach (AlmaPurgeCandidate candidate in run.CandidatesToCheck().ToArray())
        {
            yield return candidate;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
