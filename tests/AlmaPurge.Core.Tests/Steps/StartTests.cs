using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What is sent to Alma, and what happens when Alma says no.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Marking_job_does_the_two_things_and_nothing_else()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();

        SimulatedJobRun job = Assert.Single(world.Simulator.JobRuns);

        Assert.Equal(
            ["UPDATE_User_Information_Purge_Date_Active", "UPDATE_User_Information_UserGroup_Active"],
            job.Parameters.Where(p => p.Value == "true").Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Empty(job.Notified);
        Assert.Contains(world.Run.RunId, job.Name, StringComparison.Ordinal);
        Assert.All(
            world.Simulator.Users.Where(u => u.PrimaryId != "canary"),
            u => Assert.Equal((PurgeWorld.PurgeGroup, world.PurgeDate), (u.UserGroup, u.PurgeDate)));
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("canary")!.UserGroup);
    }

    [Fact]
    public async Task Purge_job_gets_set_days_threshold_and_group()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        await world.PurgeAsync(options: world.PurgeOptions() with { DaysAfterPurgeDate = 7, WaiveThreshold = 2.5m });

        SimulatedJobRun job = world.Simulator.JobRuns[1];

        Assert.Equal(world.Run.Document.Set!.SetId, job.Parameters["set_id"]);
        Assert.Equal("7", job.Parameters["PURGE_Users_Days_After_Purge_Date"]);
        Assert.Equal("2.5", job.Parameters["PURGE_Users_Waive_Threshold"]);
        Assert.Equal(PurgeWorld.PurgeGroup, job.Parameters["PURGE_Users_User_Group"]);
        Assert.Equal(("COMPLETED_SUCCESS", job.Id), (world.Run.Document.Purge!.Status, world.Run.Document.Purge.InstanceId));
    }

    [Theory]
    [InlineData("402222")]
    [InlineData("402223")]
    [InlineData("60347")]
    public async Task Purge_that_Alma_refuses_to_start_can_be_tried_again(string code)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Line.Answer = request => request.Method == HttpMethod.Post ? InterceptingHandler.Error(code) : null;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("PurgeJobBusy", () => world.PurgeAsync());

        Assert.Equal(code, Assert.IsType<AlmaApiException>(error.InnerException).AlmaCode);
        Assert.Contains("-WhenBusy Wait", error.Message, StringComparison.Ordinal);
        Assert.Null(world.Run.Document.Purge);
        JournalLine outcome = world.Run.Journal.Lines[^1];
        Assert.Equal(("RunPurgeJob", "refused", code), (outcome.Action, outcome.Result, (string?)outcome.Data!["code"]));
        world.Line.Answer = null;
        await world.PurgeAsync();
        Assert.Equal(3, world.Purged.Count());
    }

    [Theory]
    [InlineData("60107")]
    [InlineData("PER_SECOND_THRESHOLD")]
    public async Task Set_that_takes_nobody_stops_the_step_and_blames_no_patron(string code)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Line.Answer = request => request.RequestUri!.Query.Contains("add_members", StringComparison.Ordinal)
            ? InterceptingHandler.Error(code, status: code == "60107" ? 400 : 429)
            : null;

        await Assert.ThrowsAsync<AlmaApiException>(() => world.BuildSetAsync());

        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.Null(world.Run.Document.Set);
        Assert.Equal("refused", world.Run.Journal.Lines[^1].Result);
        world.Line.Answer = null;
        Assert.Equal(3, (await world.BuildSetAsync()).MemberCount);
        Assert.Single(world.Simulator.Sets);
    }

    [Theory]
    [InlineData(1000, "(1000 ids)")]
    [InlineData(1100, "(1000 ids)", "(100 ids)")]
    public async Task Set_of_a_thousand_and_more_goes_in_calls_of_a_thousand(int patrons, params string[] calls)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(patrons);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria() with { FeeCheck = AlmaFeeCheck.Balance });
        BuildSetOptions options = new() { MaximumCount = 2000 };
        BuildSetPlan plan = await world.BuildSetStep().PlanAsync(null, options, default);

        AlmaUserSet set = await world.BuildSetStep().ApplyAsync(plan, WriteApproval.Given("yes"), default);

        Assert.Equal(patrons, set.MemberCount);
        Assert.Equal(calls.Length + 1, world.Writes.Count());
        Assert.Equal(calls, plan.Requests.Skip(1).Select(r => r[r.IndexOf('(', StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task Stop_while_waiting_ends_the_waiting_and_not_the_run()
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

        Assert.Equal(AlmaPurgeRunState.Partial, RunView.StateOf(world.Run));
        world.Line.Before = null;
        await world.MarkAsync();
        await world.PurgeAsync();
        Assert.Single(world.Writes, r => r.Path.Contains("/jobs/M148?", StringComparison.Ordinal));
        Assert.Equal(60, world.Purged.Count());
        Assert.Equal(AlmaPurgeRunState.PurgeStarted, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Stop_before_the_start_means_that_nothing_was_started()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        int writes = world.Writes.Count();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), stop.Token));

        Assert.Equal(writes, world.Writes.Count());
        Assert.Null(world.Run.Document.Purge);
    }
}
