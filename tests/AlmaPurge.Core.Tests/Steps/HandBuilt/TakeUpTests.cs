using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps.HandBuilt;

/// <summary>A run that takes up a set that staff have built by hand.</summary>
public sealed class TakeUpTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Takes_up_a_set_by_name_or_id_and_changes_nothing_in_it(bool byId)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        string id = await world.StaffBuildsSetAsync("Spring Clean", "P003", "p001", "p002");
        int writes = world.Writes.Count();

        AlmaUserSet set = await world.TakeUpAsync(byId ? id : "spring clean ");

        Assert.Equal((id, "Spring Clean", 3), (set.SetId, set.Name, set.MemberCount));
        Assert.Equal(writes, world.Writes.Count());
        PurgeRun again = new RunStore(world.Store.Root).Open(world.Run.Folder!);
        Assert.True(again.Document.Set!.IsHandBuilt);
        Assert.Equal(AlmaPurgeRunState.SetBuilt, again.ToModel().State);
        Assert.Contains(again.Journal.Lines, l => l.Action == "SetTakenUp" && (string?)l.Data!["setId"] == id);
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Goes_on_to_the_purge_like_any_other(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync();
        await world.CheckAsync();
        IReadOnlyList<string> going = world.Run.Patrons.RemainingIds();
        await world.StaffBuildsSetAsync("By hand", [.. going]);

        await world.TakeUpAsync("By hand");
        await world.MarkAsync();
        await world.PurgeAsync(route);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(going.Order(), world.Purged.Order());
        Assert.Empty(world.Simulator.WronglyPurged(PurgeWorld.Group, world.Cutoff));
        Assert.Equal(going.Order(), results.Where(r => r.Status == AlmaPurgeStatus.Purged).Select(r => r.PrimaryId).Order());
    }

    [Fact]
    public async Task Goes_on_in_another_process_and_is_undone_like_any_other()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Simulator.UpdateUser("p002", s => s with { PurgeDate = new DateOnly(2030, 1, 1) });
        await world.StaffBuildsSetAsync("By hand", "p001", "p002", "p003");
        await world.TakeUpAsync("By hand");
        PurgeRun again = new RunStore(world.Store.Root, world.Time).Open(world.Run.Folder!);

        AlmaUserSet same = await new BuildSetStep(again, world.Session, world.Reporter).ApplyAsync(
            await new BuildSetStep(again, world.Session, world.Reporter)
                .PlanAsync(null, new BuildSetOptions { Existing = "By hand" }, default),
            AlmaPurge.Core.Alma.WriteApproval.Given("Yes."),
            default);
        await world.MarkAsync();
        UndoStep undo = new(world.Run, world.Session, world.Reporter);
        await undo.ApplyAsync(await undo.PlanAsync(new UndoOptions(), default), AlmaPurge.Core.Alma.WriteApproval.Given("Yes."), default);

        Assert.Equal("By hand", same.Name);
        Assert.All(world.Simulator.Users, u => Assert.Equal(PurgeWorld.Group, u.UserGroup));
        Assert.Equal(new DateOnly(2030, 1, 1), world.Simulator.FindUser("p002")!.PurgeDate);
        Assert.Contains(world.Simulator.Sets, s => s.Name == "By hand");
    }

    [Fact]
    public async Task Stops_at_whoever_is_too_many_and_names_them_with_the_reason()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        world.Simulator.UpdateUser("p002", s => s with { OpenRequests = 1 });
        await world.StaffBuildsSetAsync("By hand", "p001", "p002", "p003", "p004", "canary");

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(
            world, "SetHoldsOthers", () => world.TakeUpAsync("By hand", ["p001", "p002", "p004"]));

        Assert.Contains("canary (never imported)", error.Message, StringComparison.Ordinal);
        Assert.Contains($"p002 ({OpenRequestsRule.RuleName})", error.Message, StringComparison.Ordinal);
        Assert.Contains("p003 (did not arrive)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p001", error.Message, StringComparison.Ordinal);
        Assert.Null(world.Run.Document.Set);
    }

    [Fact]
    public async Task Stops_at_whoever_is_missing_and_goes_on_once_they_are_left_out_on_purpose()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.StaffBuildsSetAsync("By hand", "p001", "p003");

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(
            world, "SetLacksPatrons", () => world.TakeUpAsync("By hand"));
        Assert.Contains("lacks 1 of the 3", error.Message, StringComparison.Ordinal);
        Assert.Equal("p002", error.Target);

        Assert.Equal(2, (await world.TakeUpAsync("By hand", ["p001", "p003"])).MemberCount);
        Assert.Equal(NotPassedOnRule.RuleName, Assert.Single(world.Run.Patrons.Exclusions()).Rule);
    }

    [Fact]
    public async Task Stops_where_the_set_changes_between_plan_and_answer()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        BuildSetStep step = world.BuildSetStep();
        BuildSetPlan plan = await step.PlanAsync(null, new BuildSetOptions { Existing = id }, default);
        await world.StaffAddsAsync(id, "canary");

        await PurgeWorldSteps.StopsAsync(
            "SetHoldsOthers", () => step.ApplyAsync(plan, AlmaPurge.Core.Alma.WriteApproval.Given("Yes."), default));

        Assert.Null(world.Run.Document.Set);
    }

    [Fact]
    public async Task Takes_no_set_of_another_run_whatever_became_of_that()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();
        string own = world.Run.Document.Set!.SetId;
        string handBuilt = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        string undo = await world.StaffBuildsSetAsync($"AlmaPurge {world.Run.RunId} undo 1234abcd", "p001", "p002");
        world.Propose(["p001", "p002"]);
        await world.TakeUpAsync(handBuilt);
        string second = world.Run.Folder!;
        world.Propose(["p001", "p002"]);

        foreach (string set in (string[])[own, handBuilt, undo, "By hand"])
        {
            await RefusalTests.StopsBeforeWritingAsync(world, "SetOfOtherRun", () => world.TakeUpAsync(set));
        }

        // Damaged folders tell, too.
        await File.WriteAllTextAsync(Path.Combine(second, "run.json"), "{");
        await RefusalTests.StopsBeforeWritingAsync(world, "SetOfOtherRun", () => world.TakeUpAsync(handBuilt));
    }

    [Fact]
    public async Task Takes_no_other_set_than_the_one_that_the_run_has_or_has_begun()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        await world.StaffBuildsSetAsync("Another", "p001", "p002");
        await world.TakeUpAsync(id);

        await RefusalTests.StopsBeforeWritingAsync(world, "SetAlreadyBuilt", () => world.TakeUpAsync("Another"));
        Assert.Equal(id, (await world.TakeUpAsync("By hand")).SetId);
        await RefusalTests.StopsBeforeWritingAsync(
            world, "SetAlreadyBuilt", () => world.TakeUpAsync("By hand", ["p001"]));
    }

    [Theory]
    [InlineData("nobody has built it", "SetNotFound")]
    [InlineData("999999", "SetNotFound")]
    public async Task Says_so_where_there_is_no_such_set(string name, string error)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);

        await RefusalTests.StopsBeforeWritingAsync(world, error, () => world.TakeUpAsync(name));
    }

    [Fact]
    public async Task Takes_no_name_that_is_the_id_of_another_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        await world.StaffBuildsSetAsync(id, "p001", "p002");

        await RefusalTests.StopsBeforeWritingAsync(world, "SetAmbiguous", () => world.TakeUpAsync(id));
    }

    [Fact]
    public async Task Previews_with_real_counts_and_refuses_there_as_well()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        PurgeRun preview = world.Run.ToPreview();
        BuildSetStep step = world.BuildSetStep(preview);

        BuildSetPlan plan = await step.PlanAsync(null, new BuildSetOptions { Existing = id }, default);

        Assert.StartsWith("Take up the itemized user set 'By hand' of 2 patrons", plan.Description, StringComparison.Ordinal);
        Assert.Empty(plan.Requests);
        Assert.Equal(2, step.Preview(plan).MemberCount);
        await world.StaffAddsAsync(id, "canary");
        await PurgeWorldSteps.StopsAsync(
            "SetHoldsOthers",
            () => world.BuildSetStep(world.Run.ToPreview())
                .PlanAsync(null, new BuildSetOptions { Existing = id }, default));
    }
}
