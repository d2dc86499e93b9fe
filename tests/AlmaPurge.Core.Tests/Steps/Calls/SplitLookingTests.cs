using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Calls;

/// <summary>Verification and undo over several days.</summary>
public sealed class SplitLookingTests
{
    [Fact]
    public async Task Verification_goes_on_with_those_who_were_not_looked_up()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.PurgeAsync();
        await world.AllowCallsAsync(15);

        AlmaPurgeException end = await PurgeWorldSteps.StopsAsync("NotFinishedToday", () => VerifyByDayAsync(world));

        int waiting = world.Run.ToModel().WaitingCount;
        Assert.InRange(waiting, 15, 29);
        Assert.Contains(FormattableString.Invariant($"{30 - waiting} patron(s) were looked up today; {waiting} patron(s)"), end.Message, StringComparison.Ordinal);
        Assert.Equal(30, world.Run.Results.Count);
        Assert.Equal(waiting, world.Run.Results.Count(r => r.Status == AlmaPurgeStatus.Unknown && r.Detail.StartsWith("not looked up yet", StringComparison.Ordinal)));
        Assert.Equal(AlmaPurgeRunState.Partial, RunView.StateOf(world.Run));
        Assert.StartsWith("Confirm-AlmaPurge -SplitByDay, which goes on", world.Run.ToModel().NextStep, StringComparison.Ordinal);

        world.Pass(TimeSpan.FromDays(1));
        await world.AllowCallsAsync(100);
        int before = world.Simulator.Requests.Count;
        List<AlmaPurgeResult> results = await VerifyByDayAsync(world);

        Assert.Equal(30, results.Count);
        Assert.All(results, r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
        Assert.Equal(waiting, world.Simulator.Requests.Skip(before).Count(r => r.Path.Contains("/users/p0", StringComparison.Ordinal)));
        Assert.Equal((AlmaPurgeRunState.Verified, 0), (RunView.StateOf(world.Run), world.Run.ToModel().WaitingCount));
    }

    [Fact]
    public async Task Verification_that_begins_anew_looks_everybody_up()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.PurgeAsync();
        await VerifyByDayAsync(world);
        world.AddPatron("p028", s => s with { CreatedDate = world.Time.GetUtcNow() });
        await world.AllowCallsAsync(15);

        await PurgeWorldSteps.StopsAsync("NotFinishedToday", () => VerifyByDayAsync(world));

        Assert.Null(world.Run.Document.VerifiedAt);
        Assert.Equal(AlmaPurgeStatus.Unknown, world.Run.Results.Single(r => r.PrimaryId == "p028").Status);
        await world.AllowCallsAsync(100);
        List<AlmaPurgeResult> results = await VerifyByDayAsync(world);

        Assert.Equal(AlmaPurgeStatus.Recreated, results.Single(r => r.PrimaryId == "p028").Status);
        Assert.Null(world.Run.Document.VerifySince);
    }

    [Fact]
    public async Task Undo_gives_back_what_fits_and_goes_on_with_the_others()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.AllowCallsAsync(ForTen + 3);

        (UndoPlan plan, IReadOnlyList<AlmaUndoResult> first) = await UndoByDayAsync(world);

        Assert.Equal(Ids(1, 10), first.Where(r => r.Status == AlmaUndoStatus.Restored).Select(r => r.PrimaryId));
        Assert.Contains("and 20 more wait for another day's calls", plan.Description, StringComparison.Ordinal);
        AlmaPurgeException end = Assert.Throws<AlmaPurgeException>(() => world.UndoStep().RequireNobodyWaits(plan));
        Assert.Equal("NotFinishedToday", end.Id);
        Assert.Equal(20, world.Run.ToModel().WaitingCount);
        Assert.StartsWith("Undo-AlmaPurgeDate -SplitByDay", world.Run.ToModel().NextStep, StringComparison.Ordinal);
        await PurgeWorldSteps.StopsAsync("RunUndone", () => world.PurgeAsync());

        world.Pass(TimeSpan.FromDays(1));
        await world.AllowCallsAsync(1_000);
        (plan, IReadOnlyList<AlmaUndoResult> second) = await UndoByDayAsync(world);

        world.UndoStep().RequireNobodyWaits(plan);
        Assert.Equal(Ids(11, 30), second.Select(r => r.PrimaryId));
        Assert.All(Ids(1, 30), id => Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser(id)!.UserGroup));
        Assert.Equal((AlmaPurgeRunState.Undone, 0), (RunView.StateOf(world.Run), world.Run.ToModel().WaitingCount));
    }

    [Fact]
    public async Task Undo_with_somebody_who_could_not_be_restored_begins_anew_after_the_last_part()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.AllowCallsAsync(ForTen + 3);
        world.Line.Answer = request => request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.EndsWith("/p004", StringComparison.Ordinal)
            ? InterceptingHandler.Error("401858")
            : null;
        await UndoByDayAsync(world);
        world.Line.Answer = null;
        await world.AllowCallsAsync(1_000);
        await UndoByDayAsync(world);

        Assert.Null(world.Run.Document.UndoneAt);
        Assert.Equal("Undo-AlmaPurgeDate, which goes on", world.Run.ToModel().NextStep);
        Assert.Equal(PurgeWorld.PurgeGroup, world.Simulator.FindUser("p004")!.UserGroup);

        (_, IReadOnlyList<AlmaUndoResult> last) = await UndoByDayAsync(world);

        Assert.Equal("p004", Assert.Single(last, r => r.Status == AlmaUndoStatus.Restored).PrimaryId);
        Assert.Equal(AlmaPurgeRunState.Undone, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Day_without_room_for_one_begins_no_undo()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.AllowCallsAsync(30);

        await PurgeWorldSteps.StopsAsync(
            "NotEnoughCallsLeft", () => world.UndoStep().PlanAsync(new UndoOptions { SplitByDay = true }, default));

        Assert.Equal(AlmaPurgeRunState.Marked, RunView.StateOf(world.Run));
    }

    private static int ForTen => (int)StepCalls.Undo(10).Total.Most;

    private static async Task<(UndoPlan Plan, IReadOnlyList<AlmaUndoResult> Results)> UndoByDayAsync(PurgeWorld world)
    {
        UndoStep step = world.UndoStep();
        UndoPlan plan = await step.PlanAsync(new UndoOptions { SplitByDay = true }, default);
        return (plan, await step.ApplyAsync(plan, WriteApproval.Given("yes"), default));
    }

    private static async Task<List<AlmaPurgeResult>> VerifyByDayAsync(PurgeWorld world)
    {
        List<AlmaPurgeResult> results = [];
        await foreach (AlmaPurgeResult result in world.VerifyStep().RunAsync(null, splitByDay: true, default))
        {
            results.Add(result);
        }

        return results;
    }

    private static string[] Ids(int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).Select(i => FormattableString.Invariant($"p{i:000}"))];
}
