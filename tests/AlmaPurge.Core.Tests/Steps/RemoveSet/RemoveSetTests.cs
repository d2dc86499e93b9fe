using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Reports.Html;
using AlmaPurge.Core.Tests.Steps.Handoff;
using AlmaPurge.Core.Tests.Steps.HandBuilt;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps.RemoveSet;

/// <summary>Sets that a run has made go once it needs them no more; never a member, and never what people have built.</summary>
public sealed class RemoveSetTests
{
    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task The_set_of_a_run_that_is_over_goes_and_none_of_its_members(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        world.Simulator.UpdateUser("p002", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.PurgedAsync(route);
        await world.UndoAsync();
        await world.VerifyAsync();
        string before = People(world);
        string setId = world.Run.Document.Set!.SetId;
        int writes = world.Writes.Count();

        await world.RemoveSetAsync();

        Assert.Empty(world.Simulator.Sets);
        Assert.Equal(before, People(world));
        LoggedRequest request = Assert.Single(world.Writes.Skip(writes));
        Assert.Equal(("DELETE", $"/almaws/v1/conf/sets/{setId}"), (request.Method, request.Path));
        PurgeRun again = RunCopyOf(world);
        Assert.NotNull(again.Document.Set!.RemovedAt);
        Assert.Equal(AlmaPurgeRunState.Verified, RunView.StateOf(again));
        Assert.Equal(["intent", "outcome"], again.Journal.Lines.Where(l => l.Action == "DeleteSet").Select(l => l.Kind));
        Assert.Equal("done", again.Journal.Lines[^1].Result);
        ReportedPage page = ReportedPage.Of(again);
        Assert.EndsWith("Nothing is left unsettled.", page.Summary, StringComparison.Ordinal);
        Assert.Contains(page.Table("Set, marking, purge"), r => r[0] == "Set deleted, and none of its members");
        AlmaPurgeException error = await world.RefusedAsync("SetMissing", () => world.RemoveSetAsync());
        Assert.Contains("was deleted on ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_not_marked_is_back_before_its_set_and_builds_another()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.CheckAsync();
        AlmaUserSet first = await world.BuildSetAsync();
        RemoveSetPlan plan = await world.RemoveSetAsync();

        Assert.Contains("Nobody of the run ", plan.Description, StringComparison.Ordinal);
        Assert.Null(world.Run.Document.Set);
        Assert.Equal(AlmaPurgeRunState.Checked, RunView.StateOf(RunCopyOf(world)));
        await PurgeWorldSteps.StopsAsync("SetMissing", () => world.MarkAsync());
        await world.RefusedAsync("SetMissing", () => world.RemoveSetAsync());
        AlmaUserSet second = await world.BuildSetAsync();
        Assert.Equal((first.Name, 4), (second.Name, second.MemberCount));
        Assert.NotEqual(first.SetId, second.SetId);
        await world.MarkAsync();
        await world.PurgeAsync();
        await world.VerifyAsync();
        Assert.Equal(4, world.Purged.Count());
        await world.RemoveSetAsync();
        Assert.Empty(world.Simulator.Sets);
    }

    [Fact]
    public async Task A_set_that_was_never_finished_goes_too()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.CheckAsync();
        world.Line.Answer = r => r.Method == HttpMethod.Post && r.RequestUri!.Query.Contains("add_members", StringComparison.Ordinal)
            ? InterceptingHandler.Error("60114")
            : null;
        await Assert.ThrowsAsync<AlmaApiException>(() => world.BuildSetAsync());
        world.Line.Answer = null;
        Assert.Single(world.Simulator.Sets);

        await world.RemoveSetAsync();

        Assert.Empty(world.Simulator.Sets);
        Assert.Equal(4, (await world.BuildSetAsync()).MemberCount);
    }

    [Fact]
    public async Task What_an_undo_has_left_goes_with_the_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        foreach (int i in Enumerable.Range(1, 30))
        {
            world.Simulator.UpdateUser(FormattableString.Invariant($"p{i:000}"), s => s with { PurgeDate = new DateOnly(2030, 1, 1) });
        }

        await world.MarkedAsync();
        world.Line.Answer = r => r.Method == HttpMethod.Delete ? InterceptingHandler.Error("402282") : null;
        await world.UndoAsync();
        world.Line.Answer = null;
        Assert.Equal(2, world.Simulator.Sets.Count);

        RemoveSetPlan plan = await world.RemoveSetAsync();

        Assert.Equal(2, plan.Requests.Count);
        Assert.Empty(world.Simulator.Sets);
        int writes = world.Writes.Count();
        await world.UndoAsync();
        Assert.Equal(writes, world.Writes.Count());
    }

    [Fact]
    public async Task A_set_that_is_still_needed_stays()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        world.Simulator.UpdateUser("p002", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.MarkedAsync();
        AlmaPurgeException error = await world.RefusedAsync("SetStillNeeded", () => world.RemoveSetAsync());
        Assert.Contains("Start-AlmaPurgeJob", error.NextStep, StringComparison.Ordinal);
        await world.RefusedAsync("SetStillNeeded", () => world.RemoveAloneAsync(setId: world.Run.Document.Set!.SetId));
        await world.RefusedAsync("SetStillNeeded", () => world.RemoveAloneAsync(name: world.Run.Document.Set!.Name, force: true));
        await world.PurgeAsync();
        await world.RefusedAsync("SetStillNeeded", () => world.RemoveSetAsync());
        await world.VerifyAsync();
        error = await world.RefusedAsync("SetStillNeeded", () => world.RemoveSetAsync());
        Assert.Contains("Undo-AlmaPurgeDate", error.NextStep, StringComparison.Ordinal);
        await world.UndoAsync();
        await world.RefusedAsync("SetStillNeeded", () => world.RemoveSetAsync());
        await world.VerifyAsync();
        await world.RemoveSetAsync();
        Assert.Empty(world.Simulator.Sets);
    }

    [Fact]
    public async Task A_set_that_staff_may_purge_by_stays()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(4);
        await world.HandOverAsync();
        await world.RefusedAsync("SetStillNeeded", () => world.RemoveSetAsync());
        await world.UndoAsync(withdrawn: true);
        await world.RemoveSetAsync();
        Assert.Empty(world.Simulator.Sets);
    }

    [Fact]
    public async Task A_set_that_people_have_built_stays_whatever_is_said()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.CheckAsync();
        string setId = await world.StaffBuildsSetAsync("By hand", "p001", "p002", "p003");
        await world.RefusedAsync("SetHandBuilt", () => world.RemoveAloneAsync(name: "by hand", force: true));
        await world.TakeUpAsync("By hand");
        await world.RefusedAsync("SetHandBuilt", () => world.RemoveSetAsync());
        await world.RefusedAsync("SetHandBuilt", () => world.RemoveSetAsync(setId: setId));
        AlmaPurgeException error =
            await world.RefusedAsync("SetHandBuilt", () => world.RemoveAloneAsync(setId: setId, force: true));

        Assert.Equal(setId, error.Target);
        Assert.Single(world.Simulator.Sets);
    }

    [Fact]
    public async Task Of_two_sets_of_one_name_none_goes_by_the_name()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        string name = world.Run.Document.Set!.Name;
        string twins = string.Join(',', new[] { "1", "2" }.Select(id =>
            $$$"""{"id":"{{{id}}}","name":"{{{name}}}","content":{"value":"USER"},"type":{"value":"ITEMIZED"}}"""));
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.EndsWith("/conf/sets", StringComparison.Ordinal)
            ? "{\"set\":[" + twins + "],\"total_record_count\":2}"
            : text;

        AlmaPurgeException error = await world.RefusedAsync("SetAmbiguous", () => world.RemoveAloneAsync(name: name, force: true));

        Assert.Contains("1, 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(name, error.Target);
    }

    [Fact]
    public async Task By_name_or_id_the_run_that_made_it_keeps_the_record()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        await world.RemoveAloneAsync(name: world.Run.Document.Set!.Name.ToUpperInvariant());

        Assert.Empty(world.Simulator.Sets);
        Assert.NotNull(RunCopyOf(world).Document.Set!.RemovedAt);
    }

    [Fact]
    public async Task A_set_whose_run_is_not_here_goes_only_when_told_so()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        string setId = world.Run.Document.Set!.SetId;
        RunStore.Remove(world.Run);
        AlmaPurgeException error = await world.RefusedAsync("SetOfUnknownRun", () => world.RemoveAloneAsync(setId: setId));
        Assert.Contains("-Force", error.NextStep, StringComparison.Ordinal);
        await world.RemoveAloneAsync(setId: setId, force: true);

        Assert.Empty(world.Simulator.Sets);
        await world.RefusedAsync("SetNotFound", () => world.RemoveAloneAsync(setId: setId, force: true));
        await world.RefusedAsync("SetNotFound", () => world.RemoveAloneAsync(name: "AlmaPurge no such"));
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_keeps_its_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        string setId = world.Run.Document.Set!.SetId;
        string copy = world.Run.Folder! + "-damaged";
        Directory.Move(world.Run.Folder!, copy);
        await File.WriteAllTextAsync(Path.Combine(copy, "candidates.csv"), "?");

        await world.RefusedAsync("SetOwnerBroken", () => world.RemoveAloneAsync(setId: setId, force: true));
    }

    [Fact]
    public async Task A_run_of_another_place_has_no_say_and_its_set_is_not_touched()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        world.Run.Update(d => d with { EnvironmentType = AlmaEnvironmentType.Production });

        await world.RefusedAsync("OtherEnvironment", () => world.RemoveSetAsync());
        await world.RefusedAsync("SetOfUnknownRun", () => world.RemoveAloneAsync(setId: world.Run.Document.Set!.SetId));
    }

    [Fact]
    public async Task Nothing_is_sent_in_a_preview()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        int writes = world.Writes.Count();
        RemoveSetPlan plan = await world.RemoveSetStep().PlanAsync(world.Run.ToPreview(), null, default);

        Assert.True(plan.IsPreview);
        Assert.Contains($"'{world.Run.Document.Set!.Name}' ({world.Run.Document.Set.SetId}, 0 members)", plan.Description, StringComparison.Ordinal);
        Assert.Contains("this set only: the members stay as they are.", plan.Description, StringComparison.Ordinal);
        Assert.Equal([$"DELETE /almaws/v1/conf/sets/{world.Run.Document.Set.SetId}"], plan.Requests);
        Assert.Equal(writes, world.Writes.Count());
        Assert.Null(world.Run.Document.Set.RemovedAt);
    }

    [Fact]
    public async Task A_run_whose_patrons_nobody_can_tell_any_more_can_still_lose_its_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Propose(["p001", "p002", "p003"], world.Criteria() with { Pseudonymize = true });
        await world.PurgedAsync();
        File.Delete(world.Run.PseudonymPath!);
        PurgeRun gone = world.Store.Open(world.Run.Folder!);
        await world.RemoveSetAsync(gone);

        Assert.Empty(world.Simulator.Sets);
        Assert.False(RunCopyOf(world).HasIds);
    }

    private static string People(PurgeWorld world) => RunCopy.Text(world.Simulator.Users.Select(u => new { u.PrimaryId, u.State }));

    private static PurgeRun RunCopyOf(PurgeWorld world) => new RunStore(world.Store.Root, world.Time).Open(world.Run.Folder!);
}
