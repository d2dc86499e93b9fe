using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.HandBuilt;

/// <summary>Which sets a run does not take up, and in which words.</summary>
public sealed class TakeUpRefusalTests
{
    [Theory]
    [InlineData("ITEMIZED", "LOGICAL", "is of type 'LOGICAL' and content 'USER'")]
    [InlineData("\"USER\"", "\"PHYSICAL_TITLES\"", "is of type 'ITEMIZED' and content 'PHYSICAL_TITLES'")]
    public async Task Set_that_is_evaluated_anew_or_holds_no_users(string was, string put, string words)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.EndsWith("/sets/" + id, StringComparison.Ordinal)
            ? text.Replace(was, put, StringComparison.Ordinal)
            : text;

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(world, "SetNotItemized", () => world.TakeUpAsync(id));

        Assert.Equal(
            $"The set 'By hand' ({id}) {words}, not an itemized set of users. A logical set is evaluated anew whenever a job runs, "
                + "so nobody could say whom it would take: build an itemized one of the exported file (Manage Sets > Add Set > Itemized).",
            error.Message);
    }

    [Fact]
    public async Task Words_of_each_refusal()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        string twin = await world.StaffBuildsSetAsync(id, "p001", "p002");
        await world.BuildSetAsync();
        string owner = world.Run.RunId;
        string owned = world.Run.Document.Set!.SetId;
        world.Propose(["p001", "p002"]);

        async Task<string> MessageAsync(string error, string set) =>
            (await RefusalTests.StopsBeforeWritingAsync(world, error, () => world.TakeUpAsync(set))).Message;

        Assert.StartsWith($"'{id}' is the id of the set 'By hand' and the name of the set {twin}.", await MessageAsync("SetAmbiguous", id), StringComparison.Ordinal);
        Assert.StartsWith("Alma has no itemized user set of the name or id 'none' that this key can see.", await MessageAsync("SetNotFound", "none"), StringComparison.Ordinal);
        Assert.StartsWith($"The set 'AlmaPurge {owner}' ({owned}) belongs to the run {owner}.", await MessageAsync("SetOfOtherRun", owned), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_of_a_run_on_another_computer()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string id = await world.StaffBuildsSetAsync("AlmaPurge UNDRGRD-20260101-101112", "p001", "p002");

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(world, "SetOfOtherRun", () => world.TakeUpAsync(id));

        Assert.Contains("belongs to another run.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01OTHER_INST", AlmaEnvironmentType.Simulated)]
    [InlineData("01SIM_INST", AlmaEnvironmentType.Production)]
    public async Task Run_of_another_place_owns_nothing_here(string institution, AlmaEnvironmentType environment)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        await world.TakeUpAsync(id);
        world.Run.Update(d => d with { Institution = institution, EnvironmentType = environment });
        world.Propose(["p001", "p002"]);

        Assert.Equal(id, (await world.TakeUpAsync(id)).SetId);
    }

    [Fact]
    public async Task Run_that_has_another_set_owns_nothing_but_that()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        world.Propose(["p001", "p002"]);

        Assert.Equal(id, (await world.TakeUpAsync(id)).SetId);
    }

    /// <summary>A simulator begins its ids anew each time; Alma gives none twice.</summary>
    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task Run_that_ended_before_the_set_was_made_speaks_of_another_one_in_the_simulator_alone(
        bool isSimulated, bool areAllOlder, bool isRefused)
    {
        using PurgeWorld world = isSimulated ? await PurgeWorld.SafeAsync(2) : await PurgeWorld.SandboxAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        await world.TakeUpAsync(id);
        foreach (string file in Directory.GetFiles(world.Run.Folder!).Where(f => areAllOlder || Path.GetFileName(f) != "journal.jsonl"))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
        }

        world.Propose(["p001", "p002"]);

        if (isRefused)
        {
            await RefusalTests.StopsBeforeWritingAsync(world, "SetOfOtherRun", () => world.TakeUpAsync(id));
        }
        else
        {
            Assert.Equal(id, (await world.TakeUpAsync(id)).SetId);
        }
    }

    [Fact]
    public async Task Preview_is_not_misled_by_a_run_whose_id_its_own_begins_with()
    {
        using PurgeWorld world = await PurgeWorld.SafeJumpingAsync(2);
        string id = await world.StaffBuildsSetAsync("By hand", "p001", "p002");
        PurgeRun first = world.Run;
        world.Propose(["p001", "p002"]);
        Assert.Equal(first.RunId + "-2", world.Run.RunId);
        BuildSetStep step = world.BuildSetStep(first);
        BuildSetOptions options = new() { Existing = id };
        await step.ApplyAsync(await step.PlanAsync(null, options, default), WriteApproval.Given("yes"), default);

        await PurgeWorldSteps.StopsAsync(
            "SetOfOtherRun", () => world.BuildSetStep(world.Run.ToPreview()).PlanAsync(null, options, default));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public async Task Twenty_are_named_in_order_and_the_rest_is_more(int others, bool isMore)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(others + 1);
        string[] ids = [.. Enumerable.Range(1, others).Select(i => FormattableString.Invariant($"p{i:000}"))];
        await world.StaffBuildsSetAsync("By hand", [.. ids.Reverse(), FormattableString.Invariant($"p{others + 1:000}")]);
        world.Propose([FormattableString.Invariant($"p{others + 1:000}")]);

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(world, "SetHoldsOthers", () => world.TakeUpAsync("By hand"));

        Assert.Contains(
            $": {string.Join(", ", ids[..20].Select(i => i + " (never imported)"))}{(isMore ? " and more" : "")}. It was not taken up.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_that_the_run_has_begun_under_a_name_of_its_own_is_the_only_one()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        BuildSetStep step = world.BuildSetStep();
        BuildSetPlan plan = await step.PlanAsync(null, new BuildSetOptions { Name = "Spring", Description = "as told" }, default);
        using CancellationTokenSource stop = new();
        world.Line.Before = request =>
        {
            if (request.RequestUri!.Query.Contains("op=add_members", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step.ApplyAsync(plan, WriteApproval.Given("yes"), stop.Token));
        world.Line.Before = null;
        await world.StaffBuildsSetAsync("By hand", "p001", "p002", "p003");

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(world, "SetNameDiffers", () => world.TakeUpAsync("By hand"));
        AlmaUserSet set = await world.BuildSetAsync();

        Assert.Contains("has begun the set 'Spring' (", error.Message, StringComparison.Ordinal);
        Assert.Equal(("Spring", 3), (set.Name, set.MemberCount));
        Assert.Equal("as told", Assert.Single(world.Simulator.Sets, s => s.Name == "Spring").Description);
    }
}
