using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The words before a set is built, its requests, and what is said of a set that cannot be.</summary>
public sealed class BuildSetQuestionTests
{
    [Fact]
    public async Task Question_tells_set_count_and_ceiling()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria("undergraduate students"));

        BuildSetPlan plan = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions { Name = "Old ones" }, default);

        Assert.Equal("user set 'Old ones'", plan.Target);
        Assert.StartsWith("Build the itemized user set 'Old ones' of 3 patrons (ceiling 500). ", plan.Description, StringComparison.Ordinal);
        Assert.Equal(
            ["POST /almaws/v1/conf/sets (name 'Old ones', type ITEMIZED, content USER)", "POST /almaws/v1/conf/sets/{set id}?op=add_members (3 ids)"],
            plan.Requests);
        Assert.Equal(
            FormattableString.Invariant($"Patrons of UNDRGRD expired before {world.Cutoff:yyyy-MM-dd}, to be purged."),
            plan.SetDescription);
    }

    [Fact]
    public async Task Set_that_was_left_half_built_is_told_as_such()
    {
        using PurgeWorld world = await HalfBuiltAsync();
        string setId = world.Simulator.Sets.Single().Id;

        BuildSetPlan plan = await world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default);
        AlmaPurgeException other = await PurgeWorldSteps.StopsAsync(
            "SetNameDiffers", () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions { Name = "x" }, default));

        Assert.StartsWith($"Go on with the itemized user set '{plan.Name}' of 3 patrons", plan.Description, StringComparison.Ordinal);
        Assert.Equal($"POST /almaws/v1/conf/sets/{setId}?op=add_members (those who are missing)", Assert.Single(plan.Requests));
        Assert.Contains($"has begun the set '{plan.Name}' ({setId}), not 'x'", other.Message, StringComparison.Ordinal);
        Assert.Contains("Leave -Name and -Existing out", other.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_built_set_that_is_gone_from_Alma_is_not_made_a_second_time()
    {
        using PurgeWorld world = await HalfBuiltAsync();
        string setId = world.Simulator.Sets.Single().Id;
        await world.Session.GetWriter(WriteApproval.Given("by hand")).DeleteSetAsync(setId, default);

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(
            world, "SetGone", () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default));

        Assert.Contains($"({setId}) that the run {world.Run.RunId} began is gone", error.Message, StringComparison.Ordinal);
        Assert.Contains("start a new run", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_keeps_whoever_did_not_arrive_as_the_set_would()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Propose(world.Run.Patrons.CandidateIds(), preview: true);
        BuildSetStep step = world.BuildSetStep();

        step.Preview(await step.PlanAsync(["p001", " P003 "], new BuildSetOptions(), default));

        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(
            ("p002", "NotPassedOn", "was imported, but did not arrive where the set is built"),
            (exclusion.PrimaryId, exclusion.Rule, exclusion.Evidence));
        AlmaUserSet marked = world.MarkStep().Preview(await world.MarkStep().PlanAsync(world.MarkOptions(), default));
        Assert.Equal((2, null), (marked.MemberCount, marked.SetId));
    }

    [Fact]
    public async Task Refusals_name_what_they_refuse()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Run.BeginStep(StepNames.Subtract).Dispose();
        Assert.Contains("The step Subtract of the run", await MessageAsync(null, "RunPartial"), StringComparison.Ordinal);
        Assert.Contains("'canary' was never imported", await MessageAsync(["p001", "canary"], "CandidateOfOtherRun"), StringComparison.Ordinal);
        string name = (await world.BuildSetAsync("p001", "p002")).Name;
        Assert.Contains($"already has the set '{name}'", await MessageAsync(["p001"], "SetAlreadyBuilt"), StringComparison.Ordinal);
        world.Propose(["p001"]);
        Assert.Contains($"already has a user set named '{name}'", await MessageAsync(null, "SetNameTaken", name), StringComparison.Ordinal);

        async Task<string> MessageAsync(string[]? arrived, string id, string? setName = null) => (await PurgeWorldSteps.StopsAsync(
            id, () => world.BuildSetStep().PlanAsync(arrived, new BuildSetOptions { Name = setName }, default))).Message;
    }

    private static async Task<PurgeWorld> HalfBuiltAsync()
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Line.Answer = request => request.RequestUri!.Query.Contains("add_members", StringComparison.Ordinal)
            ? InterceptingHandler.Error("UNAUTHORIZED")
            : null;
        await Assert.ThrowsAsync<AlmaApiException>(() => world.BuildSetAsync());
        world.Line.Answer = null;
        return world;
    }
}
