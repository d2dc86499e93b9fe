using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Calls;

/// <summary>Deletions over several days: each day as many as surely fit, each looked at just before.</summary>
public sealed class SplitPurgeTests
{
    // For 30 patrons: what the step takes in any case, and five for each of ten.
    private static readonly int s_forTen =
        (int)StepCalls.PurgeOneByOne(default, 10, 30, true, AlmaFeeCheck.Full).Total.Most;

    [Fact]
    public async Task Each_day_deletes_what_fits_and_the_next_goes_on_with_those_who_wait()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.AllowCallsAsync(s_forTen + 3);

        PurgePlan plan = await world.PurgeStep().PlanAsync(Split(world), default);
        AlmaPurgeException end = await PurgeWorldSteps.StopsAsync("NotFinishedToday", () => ApplyAsync(world, plan));

        Assert.StartsWith("Purge 10 (today; 20 more wait for another day's calls) patrons for good, by route UserDelete", plan.Description, StringComparison.Ordinal);
        Assert.Equal(10, plan.Requests.Count);
        Assert.StartsWith(FormattableString.Invariant($"10 patron(s) were purged; 20 patron(s) of the run {world.Run.RunId} wait"), end.Message, StringComparison.Ordinal);
        Assert.Equal(Ids(1, 10), world.Purged);
        AlmaPurgeRun view = world.Run.ToModel();
        Assert.Equal((AlmaPurgeRunState.Partial, 20), (view.State, view.WaitingCount));
        Assert.StartsWith("Start-AlmaPurgeJob -Route UserDelete, which goes on", view.NextStep, StringComparison.Ordinal);

        world.Pass(TimeSpan.FromHours(12));
        await world.AllowCallsAsync(1_000);
        AlmaPurgeJob job = await world.PurgeAsync(options: Split(world));
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal("DONE", job.Status);
        Assert.Equal(Ids(1, 30), world.Purged);
        Assert.All(results, r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
        Assert.Equal(0, world.Run.ToModel().WaitingCount);
    }

    [Fact]
    public async Task Nobody_is_looked_at_before_their_day_and_who_came_back_meanwhile_is_kept()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Pass(TimeSpan.FromHours(30));
        int forTen = (int)StepCalls
            .PurgeOneByOne(StepCalls.LastLook(10, 0, AlmaFeeCheck.Full), 10, 60, true, AlmaFeeCheck.Full).Total.Most;
        await world.AllowCallsAsync(forTen + 3);
        int before = world.Simulator.Requests.Count;

        await PurgeWorldSteps.StopsAsync("NotFinishedToday", () => world.PurgeAsync(options: Split(world)));

        Assert.Equal(Ids(1, 10), world.Purged);
        Assert.DoesNotContain(world.Simulator.Requests.Skip(before), r => r.Path.Contains("/users/p011", StringComparison.Ordinal));
        world.Simulator.UpdateUser("p040", s => s with { ExpiryDate = world.Session.Today().AddYears(1) });
        world.Pass(TimeSpan.FromDays(1));
        await world.AllowCallsAsync(2_000);
        await world.PurgeAsync(options: Split(world));

        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Empty(world.Reporter.Problems);
        Assert.Equal("Drifted", results.Single(r => r.PrimaryId == "p040").Rule);
        Assert.Equal(59, world.Purged.Count());
        Assert.DoesNotContain("p040", world.Purged);
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p040")!.UserGroup);
    }

    [Fact]
    public async Task Calls_that_others_use_up_end_the_day_between_two_patrons()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.AllowCallsAsync(1_000);
        PurgePlan plan = await world.PurgeStep().PlanAsync(Split(world), default);
        int deletions = 0;
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Delete && ++deletions == 7)
            {
                world.OthersCallAsync((int)(world.Session.Connection.CallsLeftToday!.Value - world.Session.Connection.DailyCallFloor - 3)).GetAwaiter().GetResult();
            }
        };

        AlmaPurgeException end = await PurgeWorldSteps.StopsAsync("NotFinishedToday", () => ApplyAsync(world, plan));

        Assert.Contains("7 patron(s) were purged; 23 patron(s)", end.Message, StringComparison.Ordinal);
        Assert.Equal(Ids(1, 7), world.Purged);
        Assert.Empty(world.Run.Journal.Unsettled());
    }

    [Fact]
    public async Task Day_without_room_for_one_begins_nothing()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.AllowCallsAsync(40);

        await PurgeWorldSteps.StopsAsync("NotEnoughCallsLeft", () => world.PurgeAsync(options: Split(world)));

        Assert.Empty(world.Purged);
        Assert.Equal(AlmaPurgeRunState.Marked, RunView.StateOf(world.Run));
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.Handoff)]
    public async Task What_Alma_takes_in_one_piece_is_not_split(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(5);
        await world.MarkedAsync();

        await PurgeWorldSteps.StopsAsync(
            "SplitNeedsUserDelete", () => world.PurgeAsync(options: world.PurgeOptions(route) with { SplitByDay = true }));

        Assert.Empty(world.Purged);
        Assert.Null(world.Run.Document.Purge);
    }

    [Fact]
    public async Task Verification_in_between_tells_those_who_wait_from_those_whom_Alma_kept()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        await world.MarkedAsync();
        await world.AllowCallsAsync(s_forTen + 3);
        await PurgeWorldSteps.StopsAsync("NotFinishedToday", () => world.PurgeAsync(options: Split(world)));
        await world.AllowCallsAsync(200);

        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(10, results.Count(r => r.Status == AlmaPurgeStatus.Purged));
        Assert.All(results.Skip(10), r => Assert.StartsWith("not purged yet", r.Detail, StringComparison.Ordinal));
        Assert.Equal("Start-AlmaPurgeJob", world.Run.ToModel().NextStep.Split(' ')[0]);
    }

    private static PurgeOptions Split(PurgeWorld world) =>
        world.PurgeOptions(AlmaPurgeRoute.UserDelete) with { SplitByDay = true };

    private static Task ApplyAsync(PurgeWorld world, PurgePlan plan) =>
        world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), default);

    private static string[] Ids(int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).Select(i => FormattableString.Invariant($"p{i:000}"))];
}
