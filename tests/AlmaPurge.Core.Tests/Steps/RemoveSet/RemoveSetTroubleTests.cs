using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.RemoveSet;

/// <summary>Refusals, lost answers and crashes around the deletion of a set, and sets that are gone when a step wants them.</summary>
public sealed class RemoveSetTroubleTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_answer_is_settled_by_looking(bool arrived)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        DropDeletion(world, arrived);
        int sent = Deletions(world);

        if (arrived)
        {
            await world.RemoveSetAsync();
        }
        else
        {
            await Assert.ThrowsAsync<AlmaApiException>(() => world.RemoveSetAsync());
        }

        world.Line.Answer = null;
        world.Line.Change = null;
        JournalLine[] lines = [.. world.Run.Journal.Lines.Where(l => l.Action == "DeleteSet")];
        Assert.Equal([null, "unknown", arrived ? "done" : "notDone"], lines.Select(l => l.Result));
        Assert.Equal(true, (bool?)lines[2].Data!["settledByLooking"]);
        Assert.Equal(arrived ? 1 : 0, Deletions(world) - sent);
        Assert.Equal(arrived, world.Run.Document.Set!.RemovedAt is not null);
        if (!arrived)
        {
            await world.RemoveSetAsync();
        }

        Assert.Empty(world.Simulator.Sets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_in_between_is_settled_by_the_next_step(bool arrived)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        SetEntry set = world.Run.Document.Set!;
        world.Run.Journal.Intend("DeleteSet", new { setId = set.SetId, name = set.Name });
        if (arrived)
        {
            await world.StaffDeletesSetAsync(set.SetId);
        }

        PurgeRun again = new RunStore(world.Store.Root, world.Time).Open(world.Run.Folder!);
        await world.VerifyAsync(run: again);

        Assert.Equal(arrived ? "done" : "notDone", again.Journal.Lines[^1].Result);
        Assert.Equal(arrived, again.Document.Set!.RemovedAt is not null);
        Assert.Empty(again.Journal.Unsettled());
    }

    [Fact]
    public async Task A_crash_after_the_outcome_is_made_good()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.CheckAsync();
        await world.BuildSetAsync();
        SetEntry set = world.Run.Document.Set!;
        await world.RemoveSetAsync();
        world.Run.Update(d => d with { Set = set });

        await world.BuildSetAsync();

        Assert.Single(world.Simulator.Sets);
        Assert.NotEqual(set.SetId, world.Run.Document.Set!.SetId);
    }

    [Fact]
    public async Task A_job_at_work_on_the_set_keeps_it()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        world.Line.Answer = r => r.Method == HttpMethod.Delete ? InterceptingHandler.Error("402282", "Delete of Set Failed") : null;
        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("SetBusy", () => world.RemoveSetAsync());

        Assert.Contains("402282", error.Message, StringComparison.Ordinal);
        Assert.Equal("refused", world.Run.Journal.Lines[^1].Result);
        Assert.Null(world.Run.Document.Set!.RemovedAt);
        world.Line.Answer = null;
        await world.RemoveSetAsync();
        Assert.Empty(world.Simulator.Sets);
    }

    [Fact]
    public async Task Somebody_who_was_quicker_is_no_trouble()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        RemoveSetPlan plan = await world.RemoveSetStep().PlanAsync(world.Run, null, default);
        await world.StaffDeletesSetAsync(world.Run.Document.Set!.SetId);
        await world.RemoveSetStep().ApplyAsync(plan, WriteApproval.Given("yes"), default);

        Assert.NotNull(world.Run.Document.Set!.RemovedAt);
        Assert.Equal("done", world.Run.Journal.Lines[^1].Result);
    }

    [Fact]
    public async Task A_set_that_is_gone_from_Alma_is_not_found()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        await world.StaffDeletesSetAsync(world.Run.Document.Set!.SetId);

        AlmaPurgeException error = await world.RefusedAsync("SetNotFound", () => world.RemoveSetAsync());
        Assert.Equal(world.Run.RunId, error.Target);
    }

    [Fact]
    public async Task An_unsettled_change_keeps_the_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.PurgedAsync();
        world.Run.Journal.Intend("RunMarkingJob", new { jobId = "M148", jobName = "nothing of this name", setId = world.Run.Document.Set!.SetId });

        await world.RefusedAsync("OutcomeUnknown", () => world.RemoveSetAsync());
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Marking_and_purge_stop_with_a_clear_word_where_the_set_is_gone(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.CheckAsync();
        await world.BuildSetAsync();
        string first = world.Run.Document.Set!.SetId;
        MarkPlan plan = await world.MarkStep().PlanAsync(world.MarkOptions(), default);
        await world.StaffDeletesSetAsync(first);
        AlmaPurgeException error = await world.RefusedAsync("SetGone", () => world.MarkAsync());
        Assert.Contains("gone from Alma", error.Message, StringComparison.Ordinal);
        Assert.Contains("nobody of this one is marked", error.NextStep, StringComparison.Ordinal);
        await world.RefusedAsync("SetGone", () => world.MarkStep().ApplyAsync(plan, WriteApproval.Given("yes"), default));

        using PurgeWorld marked = await PurgeWorld.SafeAsync(3);
        await marked.MarkedAsync();
        await marked.StaffDeletesSetAsync(marked.Run.Document.Set!.SetId);
        error = await marked.RefusedAsync("SetGone", () => marked.PurgeAsync(route));
        Assert.Contains("Undo-AlmaPurgeDate", error.NextStep, StringComparison.Ordinal);
        Assert.Empty(marked.Purged);
        marked.Run.Update(d => d with { Set = d.Set! with { RemovedAt = marked.Time.GetUtcNow() } });
        error = await marked.RefusedAsync("SetRemoved", () => marked.PurgeAsync(route));
        Assert.Contains("Remove-AlmaUserSet", error.Message, StringComparison.Ordinal);
    }

    private static int Deletions(PurgeWorld world) => world.Writes.Count(r => r.Method == "DELETE");

    private static void DropDeletion(PurgeWorld world, bool arrived)
    {
        if (arrived)
        {
            world.Line.Change = (request, text) => request.Method == HttpMethod.Delete ? throw new HttpRequestException("lost") : text;
        }
        else
        {
            world.Line.Answer = request => request.Method == HttpMethod.Delete ? throw new HttpRequestException("lost") : null;
        }
    }
}
