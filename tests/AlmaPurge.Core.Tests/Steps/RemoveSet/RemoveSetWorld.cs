using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.RemoveSet;

/// <summary>What the cmdlet does: plan, approve, apply.</summary>
internal static class RemoveSetWorld
{
    private static readonly WriteApproval s_yes = WriteApproval.Given("Yes, do it.");

    public static RemoveSetStep RemoveSetStep(this PurgeWorld world) => new(world.Session, world.Reporter);

    public static async Task<RemoveSetPlan> RemoveSetAsync(this PurgeWorld world, PurgeRun? run = null, string? setId = null)
    {
        RemoveSetPlan plan = await world.RemoveSetStep().PlanAsync(run ?? world.Run, setId, default);
        await world.RemoveSetStep().ApplyAsync(plan, s_yes, default);
        return plan;
    }

    public static async Task RemoveAloneAsync(
        this PurgeWorld world, string? name = null, string? setId = null, bool force = false)
    {
        RemoveSetPlan plan = await world.RemoveSetStep()
            .PlanAsync(world.Store, name, setId, new RemoveSetOptions { Force = force }, default);
        await world.RemoveSetStep().ApplyAsync(plan, s_yes, default);
    }

    /// <summary>Stops with this error before anything was sent that could change something.</summary>
    public static async Task<AlmaPurgeException> RefusedAsync(this PurgeWorld world, string errorId, Func<Task> work)
    {
        (int writes, int sets) = (world.Writes.Count(), world.Simulator.Sets.Count);
        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync(errorId, work);
        Assert.Equal((writes, sets), (world.Writes.Count(), world.Simulator.Sets.Count));
        return error;
    }

    public static async Task PurgedAsync(this PurgeWorld world, AlmaPurgeRoute route = AlmaPurgeRoute.SetJob)
    {
        await world.MarkedAsync();
        await world.PurgeAsync(route);
        await world.VerifyAsync();
    }

    /// <summary>Staff delete a set in Alma.</summary>
    public static Task StaffDeletesSetAsync(this PurgeWorld world, string setId) =>
        world.Session.GetWriter(WriteApproval.Given("Staff, by hand.")).DeleteSetAsync(setId, default);
}
