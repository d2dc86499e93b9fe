using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Handoff;

/// <summary>What the tests of the route Handoff do: hand over, and be the staff who run the classic page.</summary>
internal static class HandoffWorld
{
    private static readonly WriteApproval s_yes = WriteApproval.Given("Yes, do it.");

    /// <summary>A library at noon, thirteen hours before the student system's load, whose patrons p001 and on are marked.</summary>
    public static async Task<PurgeWorld> MarkedAtNoonAsync(int patrons = 60)
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(patrons);
        DateTimeOffset now = world.Time.GetUtcNow();
        SetTime(world, new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(1).AddHours(12));
        await world.MarkedAsync();
        return world;
    }

    public static void SetTime(PurgeWorld world, DateTimeOffset moment)
    {
        world.Time.Advance(moment - world.Time.GetUtcNow());
        world.Simulator.Clock.Set(moment);
    }

    public static async Task<AlmaPurgeJob> HandOverAsync(this PurgeWorld world, PurgeOptions? options = null)
    {
        PurgeStep step = world.PurgeStep();
        PurgePlan plan = await step.PlanAsync(options ?? world.PurgeOptions(AlmaPurgeRoute.Handoff), default);
        return await step.ApplyAsync(plan, s_yes, default);
    }

    /// <summary>Staff do what the page says, or something else.</summary>
    public static void StaffPurge(this PurgeWorld world, int days = 1, string? group = PurgeWorld.PurgeGroup, decimal waive = 1) =>
        world.Simulator.PurgeUserRecords(days, "Public", group, waive);

    public static async Task<IReadOnlyList<AlmaUndoResult>> UndoAsync(this PurgeWorld world, bool withdrawn = false)
    {
        UndoStep step = new(world.Run, world.Session, world.Reporter);
        UndoPlan plan = await step.PlanAsync(new UndoOptions { HandoffWithdrawn = withdrawn }, default);
        return await step.ApplyAsync(plan, s_yes, default);
    }

    public static string Paper(this PurgeWorld world) => File.ReadAllText(Path.Combine(world.Run.Folder!, "handoff.txt"));

    public static AlmaPurgeRunState State(this PurgeWorld world) => RunView.StateOf(world.Run);
}
