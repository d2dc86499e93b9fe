using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Calls;

/// <summary>The numbers for each step against what the simulator counts.</summary>
public sealed class StepCallsTests
{
    private const int Patrons = 130;

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob, true)]
    [InlineData(AlmaPurgeRoute.SetJob, false)]
    [InlineData(AlmaPurgeRoute.UserDelete, true)]
    [InlineData(AlmaPurgeRoute.UserDelete, false)]
    [InlineData(AlmaPurgeRoute.Handoff, true)]
    public async Task Each_step_takes_as_many_calls_as_is_said(AlmaPurgeRoute route, bool hasGroup)
    {
        const AlmaFeeCheck Fees = AlmaFeeCheck.Full;
        using PurgeWorld world = await PurgeWorld.SafeAsync(Patrons);
        MarkOptions mark = world.MarkOptions() with { PurgeGroup = hasGroup ? PurgeWorld.PurgeGroup : null };

        // Besides, the run is tied to the institution, and Alma asked how many calls are left.
        await WithinAsync(world, StepCalls.Check(Patrons, Fees) + new CallRange(0, 2), () => world.CheckAsync());
        await WithinAsync(world, StepCalls.BuildSet(0, Patrons, Fees).Total, () => world.BuildSetAsync());
        await WithinAsync(world, StepCalls.Mark(0, Patrons, hasGroup, Fees).Total, () => world.MarkAsync(mark));
        StepNeed purge = route == AlmaPurgeRoute.UserDelete
            ? StepCalls.PurgeOneByOne(default, Patrons, Patrons, hasGroup, Fees)
            : StepCalls.PurgeAtOnce(StepCalls.LastLook(Patrons, 0, Fees), Patrons, hasGroup, Fees);
        PurgeStep step = world.PurgeStep();
        PurgePlan? plan = null;
        await WithinAsync(world, purge.Planning, async () => plan = await step.PlanAsync(world.PurgeOptions(route), default));
        await WithinAsync(world, purge.Applying, () => step.ApplyAsync(plan!, WriteApproval.Given("yes"), default));
        if (route != AlmaPurgeRoute.Handoff)
        {
            await step.WaitAsync(default);
            await WithinAsync(world, StepCalls.Verify(Patrons), () => world.VerifyAsync());
        }
    }

    [Fact]
    public async Task Checks_that_have_aged_are_counted_with_their_fee_lists()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(Patrons);
        await world.MarkedAsync();
        world.Pass(TimeSpan.FromHours(30));
        PurgeStep step = world.PurgeStep();
        CallRange look = StepCalls.LastLook(Patrons, Patrons, AlmaFeeCheck.Full);

        await WithinAsync(
            world,
            StepCalls.PurgeOneByOne(look, Patrons, Patrons, true, AlmaFeeCheck.Full).Planning,
            () => step.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default));
        Assert.Equal(Patrons * 4, look.Least);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Undo_takes_as_many_calls_as_is_said(bool byJob)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(40);
        foreach (string id in byJob ? world.Run.Patrons.CandidateIds() : [])
        {
            world.Simulator.UpdateUser(id, s => s with { PurgeDate = new DateOnly(2030, 1, 1) });
        }

        await world.MarkedAsync();
        UndoStep step = world.UndoStep();
        UndoPlan? plan = null;

        await WithinAsync(world, StepCalls.Undo(40).Planning, async () => plan = await step.PlanAsync(new UndoOptions(), default));
        Assert.Equal(byJob ? 1 : 0, plan!.Groups.Count);
        await WithinAsync(world, plan.CallsNeeded!.Value, () => step.ApplyAsync(plan, WriteApproval.Given("yes"), default));
    }

    [Fact]
    public void Run_without_fee_lists_takes_one_call_for_a_look()
    {
        Assert.Equal(CallRange.Exactly(50), StepCalls.Check(50, AlmaFeeCheck.Balance));
        Assert.Equal(2, StepCalls.MostForDeletion(AlmaFeeCheck.Balance));
        Assert.Equal("50", StepCalls.Check(50, AlmaFeeCheck.Balance).ToString());
        Assert.Equal("50 to 200", StepCalls.Check(50, AlmaFeeCheck.Full).ToString());
    }

    private static async Task WithinAsync(PurgeWorld world, CallRange range, Func<Task> step)
    {
        int before = world.Simulator.Requests.Count;
        await step();
        int taken = world.Simulator.Requests.Count - before;
        Assert.InRange(taken, range.Least, range.Most);
    }
}
