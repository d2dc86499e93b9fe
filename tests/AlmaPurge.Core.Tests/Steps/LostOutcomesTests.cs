using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>
/// What a process left open in the journal gets its outcome by looking: the one that Alma shows, never by sending again.
/// </summary>
public sealed class LostOutcomesTests
{
    [Fact]
    public async Task Members_are_looked_up_in_the_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        string setId = (await world.BuildSetAsync()).SetId!;

        await IsAsync(world, "AddMembers", new { setId, ids = (string[])["p001", "P002"] }, "done", 2);
        await IsAsync(world, "AddMembers", new { setId, ids = (string[])["p001", "canary"] }, "notDone", 1);
        await IsAsync(world, "AddMembers", new { setId = "404", ids = (string[])["p001"] }, "notDone", 0);
        await IsAsync(world, "RemoveMembers", new { setId, ids = (string[])["canary"] }, "done", 0);
        await IsAsync(world, "RemoveMembers", new { setId, ids = (string[])["p001", "canary"] }, "notDone", 1);
        await IsAsync(world, "RemoveMembers", new { setId = "404", ids = (string[])["p001"] }, "done", 0);
        await IsAsync(world, "AddUndoMembers", new { setId, ids = (string[])["p003"] }, "done", 1);
    }

    [Fact]
    public async Task Set_that_was_to_be_deleted_is_looked_for()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        string setId = (await world.BuildSetAsync()).SetId!;

        await IsAsync(world, "DeleteUndoSet", new { setId }, "notDone");
        await IsAsync(world, "DeleteUndoSet", new { setId = "404" }, "done");
    }

    [Fact]
    public async Task Patrons_are_looked_up_one_by_one()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p002", s => s with { UserGroup = PurgeWorld.Group, PurgeDate = null });
        world.Simulator.UpdateUser("p003", s => s with { PrimaryId = "renamed" });

        await IsAsync(world, "RestoreUser", new { id = "p001" }, "notDone");
        await IsAsync(world, "RestoreUser", new { id = "p002" }, "done");
        await IsAsync(world, "RestoreUser", new { id = "p003" }, "done");
        await IsAsync(world, "DeleteUser", new { id = "p001" }, "notDone");
        await IsAsync(world, "DeleteUser", new { id = "p003" }, "done");
    }

    [Fact]
    public async Task Change_that_this_version_does_not_know_stops_the_step()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        int line = Intend(world, "Fly", new { });

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("JournalNotUnderstood", () => world.CheckAsync());

        Assert.Contains(FormattableString.Invariant($"Line {line} of the journal of {world.Run.RunId} began 'Fly'"), error.Message, StringComparison.Ordinal);
        Assert.Contains("Go on with the version of AlmaPurge that began it", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_run_json_does_not_have_are_taken_over_from_the_journal()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(
            world.PurgeOptions() with { DaysAfterPurgeDate = 7, WaiveThreshold = 2.5m }, default);
        await world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), default);
        (MarkEntry mark, PurgeEntry purge) = (world.Run.Document.Mark!, world.Run.Document.Purge!);
        world.Run.Patrons.Exclude("p001", StepNames.Purge, "Drifted", "afterwards");
        world.Run.Update(d => d with { Mark = null, Purge = null });

        await SettleAsync(world);

        (MarkEntry takenMark, PurgeEntry taken) = (world.Run.Document.Mark!, world.Run.Document.Purge!);
        Assert.Equal(
            (mark.PurgeDate, mark.PurgeGroup, mark.JobId, mark.InstanceId),
            (takenMark.PurgeDate, takenMark.PurgeGroup, takenMark.JobId, takenMark.InstanceId));
        Assert.Equal(
            (purge.Route, 60, "QUEUED", false, purge.JobId, purge.InstanceId, (int?)7, (decimal?)2.5m),
            (taken.Route, taken.PatronCount, taken.Status, taken.IsFinished, taken.JobId, taken.InstanceId, taken.DaysAfterPurgeDate, taken.WaiveThreshold));
    }

    private static async Task IsAsync(PurgeWorld world, string action, object data, string result, int? inSet = null)
    {
        int writes = world.Writes.Count();
        int line = Intend(world, action, data);

        await SettleAsync(world);

        JournalLine outcome = Assert.Single(world.Run.Journal.Lines, l => l.Of == line);
        Assert.Equal((action, result, true), (outcome.Action, outcome.Result, (bool?)outcome.Data!["settledByLooking"]));
        Assert.Equal(inSet, (int?)outcome.Data["inSet"]);
        Assert.Null(outcome.Data["result"]);
        Assert.Contains(
            FormattableString.Invariant($"What came of {action} (line {line} of the journal) was lost; Alma shows: {result}."),
            world.Reporter.Details);
        Assert.Equal(writes, world.Writes.Count());
    }

    private static int Intend(PurgeWorld world, string action, object data)
    {
        using StepScope hold = world.Run.Hold();
        return world.Run.Journal.Intend(action, data);
    }

    private static Task SettleAsync(PurgeWorld world) =>
        new LostOutcomes(world.Run, world.Session, world.Reporter).SettleAsync(default);
}
