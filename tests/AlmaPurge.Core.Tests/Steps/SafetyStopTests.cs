using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Alma is not as the run left it, or is another one: the step stops before it changes anything.</summary>
public sealed class SafetyStopTests
{
    [Theory]
    [InlineData("01OTHER_INST", "SANDBOX")]
    [InlineData("01SIM_INST", "PRODUCTION")]
    public async Task Every_step_stops_at_another_environment(string institution, string environment)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Run.Update(d => d with { Institution = "01SIM_INST", EnvironmentType = AlmaEnvironmentType.Sandbox });
        AlmaSimulator other = AlmaSimulator.Create(new SimulatorOptions
        {
            UserCount = 0, RequestsPerSecond = 0, InstitutionCode = institution, EnvironmentType = environment,
        });
        using AlmaSession session = await PurgeWorld.ConnectAsync(other, world.Time, simulated: false);

        await StopsAsync(async () =>
        {
            await foreach (AlmaPurgeCandidate _ in new CheckStep(world.Run, session, world.Reporter)
                .RunAsync(PurgeWorldSteps.Stream(world.Run), default))
            {
            }
        });
        await StopsAsync(() => new BuildSetStep(world.Run, session, world.Reporter)
            .PlanAsync(null, new BuildSetOptions(), default));
        world.Run.Update(d => d with { Set = new("1", "set", 3, world.Time.GetUtcNow()) });
        await StopsAsync(() => new MarkStep(world.Run, session, world.Reporter)
            .PlanAsync(world.MarkOptions(), default));
        world.Run.Update(d => d with { Mark = new(world.PurgeDate, "PURGEUG", "M148", "1", world.Time.GetUtcNow()) });
        await StopsAsync(() => new PurgeStep(world.Run, session, world.Reporter)
            .PlanAsync(world.PurgeOptions(), default));
        world.Run.Update(d => d with
        {
            Purge = new(AlmaPurgeRoute.SetJob, 3, world.Time.GetUtcNow(), "QUEUED", false, "M973", "1"),
        });
        await StopsAsync(async () =>
        {
            await foreach (AlmaPurgeResult _ in new VerifyStep(world.Run, session, world.Reporter).RunAsync(null, default))
            {
            }
        });

        await StopsAsync(() => new PurgeStep(world.Run, session, world.Reporter).WaitAsync(default));
        await StopsAsync(() => new UndoStep(world.Run, session, world.Reporter).PlanAsync(new UndoOptions(), default));

        Assert.DoesNotContain(other.Requests, r => r.Method != "GET");
        Assert.False(world.Run.Document.Purge!.IsFinished);

        Task StopsAsync(Func<Task> work) => PurgeWorldSteps.StopsAsync("OtherEnvironment", work);
    }

    [Fact]
    public async Task Marking_stops_where_the_job_is_another_one()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.EndsWith("/jobs/M148", StringComparison.Ordinal)
            ? text.Replace("Update/Notify Users", "Delete everything", StringComparison.Ordinal)
            : text;

        await RefusalTests.StopsBeforeWritingAsync(
            world, "WrongJob", () => world.MarkStep().PlanAsync(world.MarkOptions(), default));
    }

    [Fact]
    public async Task Purge_stops_where_Alma_has_no_such_job()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.MarkedAsync();
        world.Line.Change = (_, text) => text.Replace("\"Purge Users\"", "\"Purge Items\"", StringComparison.Ordinal);

        await RefusalTests.StopsBeforeWritingAsync(
            world, "PurgeJobMissing", () => world.PurgeStep().PlanAsync(world.PurgeOptions(), default));
    }

    [Fact]
    public async Task Set_that_holds_a_stranger_stops_marking_and_purge()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        AlmaUserSet set = await world.BuildSetAsync();
        await AddToSetAsync(world, set.SetId!, "canary");
        await RefusalTests.StopsBeforeWritingAsync(
            world, "SetHoldsOthers", () => world.MarkStep().PlanAsync(world.MarkOptions(), default));
        await TakeOutOfSetAsync(world, set.SetId!, "canary");
        await world.MarkAsync();
        await AddToSetAsync(world, set.SetId!, "canary");

        await RefusalTests.StopsBeforeWritingAsync(
            world, "SetHoldsOthers", () => world.PurgeStep().PlanAsync(world.PurgeOptions(), default));
        await RefusalTests.StopsBeforeWritingAsync(
            world,
            "SetHoldsOthers",
            () => world.PurgeStep().PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default));
    }

    [Fact]
    public async Task Stranger_put_into_the_set_after_the_plan_stops_the_marking()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        AlmaUserSet set = await world.BuildSetAsync();
        MarkPlan plan = await world.MarkStep().PlanAsync(world.MarkOptions(), default);
        await AddToSetAsync(world, set.SetId!, "canary");

        await RefusalTests.StopsBeforeWritingAsync(
            world, "SetHoldsOthers", () => world.MarkStep().ApplyAsync(plan, WriteApproval.Given("yes"), default));

        Assert.Null(world.Run.Document.Mark);
    }

    [Fact]
    public async Task Stranger_put_into_the_set_after_the_plan_stops_the_purge()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        await AddToSetAsync(world, world.Run.Document.Set!.SetId, "canary");

        await RefusalTests.StopsBeforeWritingAsync(
            world, "SetHoldsOthers", () => world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), default));

        Assert.Null(world.Run.Document.Purge);
    }

    [Fact]
    public async Task Stranger_in_the_purge_group_stops_the_purge()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("canary", s => s with { UserGroup = PurgeWorld.PurgeGroup });

        await RefusalTests.StopsBeforeWritingAsync(
            world, "PurgeGroupHoldsOthers", () => world.PurgeStep().PlanAsync(world.PurgeOptions(), default));
    }

    [Fact]
    public async Task Candidate_kept_before_who_was_put_into_the_set_leaves_it_and_stays()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        world.Simulator.UpdateUser("p001", s => s with { OpenRequests = 1 });
        AlmaUserSet set = await world.BuildSetAsync();
        await AddToSetAsync(world, set.SetId!, "p001");

        await world.MarkAsync();
        await world.PurgeAsync();

        Assert.Equal(59, world.Purged.Count());
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p001")!.UserGroup);
        Assert.Null(world.Simulator.FindUser("p001")!.PurgeDate);
    }

    [Fact]
    public async Task Purge_that_still_runs_cannot_be_verified()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        await world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), default);
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.Contains("/instances/", StringComparison.Ordinal)
            ? text.Replace("COMPLETED_SUCCESS", "SOMETHING_NEW", StringComparison.Ordinal)
            : text;

        await RefusalTests.StopsBeforeWritingAsync(world, "PurgeStillRunning", () => world.VerifyAsync());
        world.Line.Change = null;
        await world.PurgeStep().WaitAsync(default);
        Assert.Equal(3, (await world.VerifyAsync()).Count(r => r.Status == AlmaPurgeStatus.Purged));
    }

    [Fact]
    public async Task Verification_needs_somebody_who_is_found()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await PurgeWorldSteps.StopsAsync("PurgeNotStarted", () => world.VerifyAsync());
        await world.MarkedAsync();
        await world.PurgeAsync();

        await PurgeWorldSteps.StopsAsync("CanaryNotFound", () => world.VerifyAsync("nobody"));
        await PurgeWorldSteps.StopsAsync("CanaryNotFound", () => world.VerifyAsync("p001"));
        world.Simulator.UpdateUser("canary", s => s with { Identifiers = [new SimulatedIdentifier("BARCODE", "2999")] });
        await PurgeWorldSteps.StopsAsync("CanaryNotFound", () => world.VerifyAsync("2999"));
        Assert.Empty(world.Run.Results);
        world.Simulator.UpdateUser("canary", s => s with { UserGroup = "ALUMNI" });
        await PurgeWorldSteps.StopsAsync("CanaryNotFound", () => world.VerifyAsync());
        Assert.Equal(3, (await world.VerifyAsync("CANARY")).Count);
    }

    internal static async Task AddToSetAsync(PurgeWorld world, string setId, string id)
    {
        using AlmaSession somebody = await PurgeWorld.ConnectAsync(world.Simulator, world.Time);
        await somebody.GetWriter(WriteApproval.Given("by hand")).AddSetMembersAsync(setId, [id], default);
    }

    internal static async Task TakeOutOfSetAsync(PurgeWorld world, string setId, string id)
    {
        using AlmaSession somebody = await PurgeWorld.ConnectAsync(world.Simulator, world.Time);
        await somebody.GetWriter(WriteApproval.Given("by hand")).RemoveSetMembersAsync(setId, [id], default);
    }
}
