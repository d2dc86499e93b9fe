using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What is looked at just before the irreversible step, and how often.</summary>
public sealed class LastLookTests
{
    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Fee_beside_a_credit_is_seen_although_the_balance_is_the_same(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Time.Advance(TimeSpan.FromMinutes(2));
        world.Simulator.UpdateUser("p007", s => s with
        {
            Fees = [new SimulatedFee("OVERDUEFINE", "ACTIVE", 8m, 8m), new SimulatedFee("CREDIT", "ACTIVE", -8m, -8m)],
        });

        await world.PurgeAsync(route);

        Assert.DoesNotContain("p007", world.Purged);
        Assert.Contains("OwesFees", Assert.Single(world.Run.Patrons.Exclusions()).Rules);
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Key_that_was_moved_meanwhile_stops_the_purge(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(route), default);
        world.Simulator.SetFaults("environmentSwitched@1");

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync(
            "OtherEnvironment", () => world.PurgeStep().ApplyAsync(plan, AlmaPurge.Core.Alma.WriteApproval.Given("Yes."), default));

        Assert.Contains("the key reaches 01OTHER_INST (PRODUCTION) now", error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Purged);
        Assert.Null(world.Run.Document.Purge);
    }

    [Fact]
    public async Task Key_that_was_moved_meanwhile_stops_building_the_set_and_marking_before_anything_is_written()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.CheckAsync();
        BuildSetPlan set = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);
        await StopsAsync(approval => world.BuildSetStep().ApplyAsync(set, approval, default));
        await world.BuildSetAsync();
        MarkPlan mark = await world.MarkStep().PlanAsync(world.MarkOptions(), default);
        await StopsAsync(approval => world.MarkStep().ApplyAsync(mark, approval, default));

        Assert.Null(world.Run.Document.Mark);

        async Task StopsAsync(Func<AlmaPurge.Core.Alma.WriteApproval, Task> apply)
        {
            world.Simulator.SetFaults("environmentSwitched@1");
            await RefusalTests.StopsBeforeWritingAsync(
                world, "OtherEnvironment", () => apply(AlmaPurge.Core.Alma.WriteApproval.Given("Yes.")));
            world.Simulator.SetFaults();
        }
    }

    [Fact]
    public async Task Set_is_read_twice_and_a_member_who_is_there_only_once_stops_the_purge()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        int readings = 0;
        world.Line.Before = request =>
        {
            // The survivors are looked for first; then come the readings that must agree.
            if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/members", StringComparison.Ordinal))
            {
                readings++;
                if (readings > 1)
                {
                    ChangeSet(world, world.Run.Document.Set!.SetId, readings % 2 == 0 ? "delete_members" : "add_members");
                }
            }
        };

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync(
            "SetUnsettled", () => world.PurgeStep().ApplyAsync(plan, AlmaPurge.Core.Alma.WriteApproval.Given("Yes."), default));

        Assert.Equal(11, readings);
        Assert.Contains("Wait, then repeat the step", error.NextStep, StringComparison.Ordinal);
        Assert.Empty(world.Purged);
    }

    [Fact]
    public async Task Day_that_shifted_on_the_way_is_caught_and_can_be_taken_back()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60, "wrongDayMark");

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("PurgeDateShifted", () => world.MarkedAsync());

        Assert.Contains("for 60 patrons", error.Message, StringComparison.Ordinal);
        Assert.Contains("Undo-AlmaPurgeDate", error.NextStep, StringComparison.Ordinal);
        await PurgeWorldSteps.StopsAsync("NobodyLeft", () => world.PurgeAsync());
        Assert.Empty(world.Purged);
    }

    [Fact]
    public async Task One_date_that_shifted_is_given_back()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(100);
        await world.BuildSetAsync();
        bool isDone = false;
        world.Line.Before = request =>
        {
            if (!isDone && request.RequestUri!.AbsolutePath.Contains("/instances/", StringComparison.Ordinal))
            {
                isDone = true;
                SpinWait.SpinUntil(() => world.Simulator.JobRuns.All(r => r.EndTime is not null));
                world.Simulator.UpdateUser("p007", s => s with { PurgeDate = s.PurgeDate!.Value.AddDays(1) });
            }
        };

        await world.MarkAsync();

        SimulatedUser user = world.Simulator.FindUser("p007")!;
        Assert.Equal((PurgeWorld.Group, null), (user.UserGroup, user.PurgeDate));
        Assert.Equal(99, world.Run.Patrons.RemainingCount);
    }

    // Another client at work on the same set.
    internal static void ChangeSet(PurgeWorld world, string setId, string operation)
    {
        using HttpClient http = new(world.Simulator.CreateHandler()) { BaseAddress = world.Simulator.BaseAddress };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "apikey " + world.Simulator.ApiKey);
        using StringContent body = new("{\"members\":{\"member\":[{\"id\":\"p009\"}]}}", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = http
            .PostAsync(new Uri($"almaws/v1/conf/sets/{setId}?op={operation}", UriKind.Relative), body)
            .GetAwaiter().GetResult();
        Assert.True(answer.IsSuccessStatusCode);
    }
}
