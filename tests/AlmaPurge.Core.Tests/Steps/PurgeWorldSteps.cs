using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The steps of a purge, each as its cmdlet does it: plan, approve, apply.</summary>
internal static class PurgeWorldSteps
{
    private static readonly WriteApproval s_yes = WriteApproval.Given("Yes, do it.");

    public static MarkOptions MarkOptions(this PurgeWorld world) => new()
    {
        PurgeDate = world.PurgeDate,
        PurgeGroup = PurgeWorld.PurgeGroup,
    };

    public static PurgeOptions PurgeOptions(this PurgeWorld world, AlmaPurgeRoute route = AlmaPurgeRoute.SetJob)
    {
        _ = world;
        return new PurgeOptions { Route = route };
    }

    public static CheckStep CheckStep(this PurgeWorld world, PurgeRun? run = null) =>
        new(run ?? world.Run, world.Session, world.Reporter);

    public static BuildSetStep BuildSetStep(this PurgeWorld world, PurgeRun? run = null) =>
        new(run ?? world.Run, world.Session, world.Reporter);

    public static MarkStep MarkStep(this PurgeWorld world, PurgeRun? run = null) =>
        new(run ?? world.Run, world.Session, world.Reporter);

    public static PurgeStep PurgeStep(this PurgeWorld world, PurgeRun? run = null) =>
        new(run ?? world.Run, world.Session, world.Reporter);

    public static UndoStep UndoStep(this PurgeWorld world, PurgeRun? run = null) =>
        new(run ?? world.Run, world.Session, world.Reporter);

    public static VerifyStep VerifyStep(this PurgeWorld world, PurgeRun? run = null) =>
        new(run ?? world.Run, world.Session, world.Reporter);

    public static async Task<List<string>> CheckAsync(this PurgeWorld world, PurgeRun? run = null)
    {
        PurgeRun target = run ?? world.Run;
        List<string> passed = [];
        await foreach (AlmaPurgeCandidate candidate in world.CheckStep(target).RunAsync(Stream(target), default))
        {
            passed.Add(candidate.PrimaryId);
        }

        return passed;
    }

    /// <summary>A check that is spread over several days: who passed, and the end of the day's part.</summary>
    public static async Task<(List<string> Passed, AlmaPurgeException? End)> CheckByDayAsync(this PurgeWorld world)
    {
        List<string> passed = [];
        try
        {
            IAsyncEnumerable<AlmaPurgeCandidate> candidates = Stream(world.Run);
            await foreach (AlmaPurgeCandidate candidate in world.CheckStep().RunAsync(candidates, splitByDay: true, default))
            {
                passed.Add(candidate.PrimaryId);
            }
        }
        catch (AlmaPurgeException e)
        {
            return (passed, e);
        }

        return (passed, null);
    }

    public static async Task<AlmaUserSet> BuildSetAsync(this PurgeWorld world, params string[] arrived)
    {
        BuildSetStep step = world.BuildSetStep();
        BuildSetPlan plan = await step.PlanAsync(arrived.Length == 0 ? null : arrived, new BuildSetOptions(), default);
        return await step.ApplyAsync(plan, s_yes, default);
    }

    public static async Task<AlmaUserSet> MarkAsync(this PurgeWorld world, MarkOptions? options = null)
    {
        MarkStep step = world.MarkStep();
        MarkPlan plan = await step.PlanAsync(options ?? world.MarkOptions(), default);
        return await step.ApplyAsync(plan, s_yes, default);
    }

    /// <summary>Plans and starts the purge; between the two, or after both, something may happen.</summary>
    public static async Task<AlmaPurgeJob> PurgeAsync(
        this PurgeWorld world,
        AlmaPurgeRoute route = AlmaPurgeRoute.SetJob,
        PurgeOptions? options = null,
        Action? afterPlan = null)
    {
        PurgeStep step = world.PurgeStep();
        PurgePlan plan = await step.PlanAsync(options ?? world.PurgeOptions(route), default);
        afterPlan?.Invoke();
        await step.ApplyAsync(plan, s_yes, default);
        return await step.WaitAsync(default);
    }

    public static async Task<List<AlmaPurgeResult>> VerifyAsync(
        this PurgeWorld world,
        string? canaryId = null,
        PurgeRun? run = null)
    {
        List<AlmaPurgeResult> results = [];
        await foreach (AlmaPurgeResult result in world.VerifyStep(run).RunAsync(canaryId, default))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>Everything up to and including the marking.</summary>
    public static async Task MarkedAsync(this PurgeWorld world, MarkOptions? options = null)
    {
        await world.CheckAsync();
        await world.BuildSetAsync();
        await world.MarkAsync(options);
    }

    public static async Task<AlmaPurgeException> StopsAsync(string id, Func<Task> work)
    {
        AlmaPurgeException error = await Assert.ThrowsAsync<AlmaPurgeException>(work);
        Assert.Equal(id, error.Id);
        return error;
    }

    /// <summary>The candidates that are left, as a pipeline brings them.</summary>
    public static async IAsyncEnumerable<AlmaPurgeCandidate> Stream(PurgeRun run)
    {
        foreach (string id in run.Patrons.RemainingIds())
        {
            yield return new AlmaPurgeCandidate(run, id);
        }

        await Task.CompletedTask;
    }
}
