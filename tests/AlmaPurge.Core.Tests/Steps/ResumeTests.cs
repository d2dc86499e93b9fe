using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The same steps run again on a run: what is done is given back, what was cut short goes on.</summary>
public sealed class ResumeTests
{
    [Fact]
    public async Task Steps_that_are_done_give_back_what_they_made_and_send_nothing()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(5);
        await world.MarkedAsync();
        await world.PurgeAsync();
        List<AlmaPurgeResult> first = await world.VerifyAsync();
        int writes = world.Writes.Count();

        List<string> checkedAgain = await world.CheckAsync();
        AlmaUserSet set = await world.BuildSetAsync();
        AlmaUserSet marked = await world.MarkAsync();
        AlmaPurgeJob job = await world.PurgeAsync();
        List<AlmaPurgeResult> second = await world.VerifyAsync();

        Assert.Equal(writes, world.Writes.Count());
        Assert.Equal(5, checkedAgain.Count);
        Assert.Equal((world.Run.Document.Set!.SetId, 5), (set.SetId, set.MemberCount));
        Assert.Equal(PurgeWorld.PurgeGroup, marked.PurgeGroup);
        Assert.Equal("COMPLETED_SUCCESS", job.Status);
        Assert.Equal(first.Select(r => (r.PrimaryId, r.Status)), second.Select(r => (r.PrimaryId, r.Status)));
        Assert.All(second, r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
    }

    [Fact]
    public async Task Half_built_set_gets_those_who_are_missing_and_loses_those_who_are_kept_since()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.CheckAsync();
        world.Line.Answer = request => request.RequestUri!.Query.Contains("add_members", StringComparison.Ordinal)
            ? InterceptingHandler.Error("UNAUTHORIZED")
            : null;
        await Assert.ThrowsAsync<AlmaApiException>(() => world.BuildSetAsync());
        world.Line.Answer = null;
        string setId = world.Simulator.Sets.Single().Id;
        await world.Session.GetWriter(WriteApproval.Given("test")).AddSetMembersAsync(setId, ["p001", "p002", "p003"], default);
        world.Run.Patrons.Exclude("p002", StepNames.Check, "OpenLoans", "1 open loan(s)");

        AlmaUserSet set = await world.BuildSetAsync();

        Assert.Equal((setId, 59), (set.SetId, set.MemberCount));
        string[] expected = [.. Enumerable.Range(1, 60).Where(i => i != 2).Select(i => FormattableString.Invariant($"p{i:000}"))];
        Assert.Equal(expected, world.Simulator.Sets.Single().MemberIds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Half_built_set_with_a_stranger_in_it_is_not_taken_up()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Line.Answer = request => request.RequestUri!.Query.Contains("add_members", StringComparison.Ordinal)
            ? InterceptingHandler.Error("UNAUTHORIZED")
            : null;
        await Assert.ThrowsAsync<AlmaApiException>(() => world.BuildSetAsync());
        world.Line.Answer = null;
        await world.Session.GetWriter(WriteApproval.Given("test"))
            .AddSetMembersAsync(world.Simulator.Sets.Single().Id, ["canary"], default);

        await PurgeWorldSteps.StopsAsync("SetHoldsOthers", () => world.BuildSetAsync());
        await PurgeWorldSteps.StopsAsync(
            "SetNameDiffers", () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions { Name = "x" }, default));
    }

    [Fact]
    public async Task Members_whose_adding_was_lost_before_it_arrived_are_added_after_looking()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(5);
        int calls = 0;
        world.Line.Answer = request =>
            request.RequestUri!.Query.Contains("add_members", StringComparison.Ordinal) && calls++ == 0
                ? throw new HttpRequestException("The connection was closed.")
                : null;

        AlmaUserSet set = await world.BuildSetAsync();

        Assert.Equal(5, set.MemberCount);
        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Marking_that_was_stopped_while_waiting_goes_on()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.BuildSetAsync();
        MarkPlan plan = await world.MarkStep().PlanAsync(world.MarkOptions(), default);
        using CancellationTokenSource stop = new();
        world.Line.Before = request =>
        {
            if (request.RequestUri!.AbsolutePath.Contains("/instances/", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.MarkStep().ApplyAsync(plan, WriteApproval.Given("yes"), stop.Token));
        world.Line.Before = null;
        int writes = world.Writes.Count();

        MarkPlan again = await world.MarkStep().PlanAsync(world.MarkOptions(), default);
        AlmaUserSet set = await world.MarkStep().ApplyAsync(again, WriteApproval.Given("yes"), default);

        Assert.StartsWith("Go on with the marking", again.Description, StringComparison.Ordinal);
        Assert.Equal(writes, world.Writes.Count());
        Assert.Equal(60, set.MemberCount);
        Assert.Equal(AlmaPurgeRunState.Marked, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Deletions_that_were_stopped_go_on_with_those_who_are_left()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        using CancellationTokenSource stop = new();
        int deletions = 0;
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Delete && ++deletions == 5)
            {
                stop.Cancel();
            }
        };
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), stop.Token));
        Assert.StartsWith("Start-AlmaPurgeJob", world.Run.ToModel().NextStep, StringComparison.Ordinal);
        await world.VerifyAsync();

        AlmaPurgeJob job = await world.PurgeAsync(AlmaPurgeRoute.UserDelete);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(("DONE", 20), (job.Status, job.PatronCount));
        Assert.Equal(20, deletions);
        Assert.All(results, r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
        Assert.Equal(AlmaPurgeRunState.Verified, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Daily_limit_in_the_middle_stops_with_its_own_error_and_the_next_day_goes_on()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        int deletions = 0;
        world.Line.Answer = request => request.Method == HttpMethod.Delete && ++deletions > 7
            ? InterceptingHandler.Error("DAILY_THRESHOLD", status: 429)
            : null;

        AlmaApiException error =
            await Assert.ThrowsAsync<AlmaApiException>(() => world.PurgeAsync(AlmaPurgeRoute.UserDelete));
        Assert.Equal(AlmaErrorKind.DailyLimit, error.Kind);
        Assert.Equal(8, deletions);
        world.Line.Answer = null;
        world.Time.Advance(TimeSpan.FromHours(20));
        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.All(results, r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
        Assert.Equal(20, world.Purged.Distinct().Count());
        Assert.Empty(world.Run.Patrons.Exclusions());
    }

    [Fact]
    public async Task Deletion_that_never_arrived_is_sent_when_the_step_goes_on()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        int deletions = 0;
        world.Line.Answer = request => request.Method == HttpMethod.Delete && ++deletions == 7
            ? throw new HttpRequestException("The connection was closed.")
            : null;

        AlmaPurgeJob first = await world.PurgeAsync(AlmaPurgeRoute.UserDelete);
        AlmaPurgeJob second = await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        Assert.Equal(("INCOMPLETE", "DONE"), (first.Status, second.Status));
        Assert.Equal("p007", Assert.Single(world.Reporter.Problems).Target);
        Assert.Contains(world.Reporter.Warnings, w => w.StartsWith("1 patron(s) are still there although", StringComparison.Ordinal));
        Assert.Equal(21, deletions);
        Assert.Equal(20, world.Purged.Count());
    }

    [Fact]
    public async Task Deletion_of_which_nobody_tells_is_a_problem_until_somebody_does()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        int deletions = 0;
        world.Line.Change = (request, text) => request.Method == HttpMethod.Delete && ++deletions == 7
            ? throw new HttpRequestException("The connection was closed.")
            : text;
        world.Line.Answer = request => deletions == 7 && request.Method == HttpMethod.Get
            && request.RequestUri!.AbsolutePath.EndsWith("/users/p007", StringComparison.Ordinal)
                ? InterceptingHandler.Error("401999")
                : null;

        AlmaPurgeJob first = await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        Assert.Equal("INCOMPLETE", first.Status);
        Assert.Equal("p007", Assert.Single(world.Reporter.Problems).Target);
        Assert.Contains(world.Reporter.Details, d => d.StartsWith("What came of a deletion could not be looked up", StringComparison.Ordinal));
        world.Line.Answer = null;
        Assert.Equal("DONE", (await world.PurgeAsync(AlmaPurgeRoute.UserDelete)).Status);
        Assert.Equal(20, deletions);
        Assert.Equal(20, world.Purged.Count());
    }

    [Fact]
    public async Task Namesake_who_came_after_a_lost_deletion_is_not_deleted()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        int deletions = 0;
        world.Line.Change = (request, text) =>
        {
            if (request.Method == HttpMethod.Delete && ++deletions == 7)
            {
                world.AddPatron("p007", s => s with { CreatedDate = world.Time.GetUtcNow() });
                throw new HttpRequestException("The connection was closed.");
            }

            return text;
        };

        AlmaPurgeJob job = await world.PurgeAsync(AlmaPurgeRoute.UserDelete);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal("DONE", job.Status);
        Assert.False(world.Simulator.FindUser("p007")!.IsDeleted);
        Assert.Equal(AlmaPurgeStatus.Recreated, results.Single(r => r.PrimaryId == "p007").Status);
        Assert.Equal(20, deletions);
    }

    [Fact]
    public async Task Clock_that_was_set_back_stops_the_step_before_anything_is_sent()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.BuildSetAsync();
        world.Time.Advance(TimeSpan.FromDays(-2));

        await RefusalTests.StopsBeforeWritingAsync(world, "ClockSetBack", () => world.MarkAsync());
    }
}
