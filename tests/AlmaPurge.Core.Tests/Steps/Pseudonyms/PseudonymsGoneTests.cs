using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps.Handoff;

namespace AlmaPurge.Core.Tests.Steps.Pseudonyms;

/// <summary>The map was deleted: the run can be looked at, and no step goes on with it.</summary>
public sealed class PseudonymsGoneTests : PseudonymWorld
{
    [Fact]
    public async Task Readers_go_on_and_show_tokens()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        await WholeAsync(world, run);
        string[] before = Facts(run);
        int lines = run.Journal.Lines.Count;

        File.Delete(run.PseudonymPath!);
        PurgeRun left = world.Store.Open(run.RunId);

        Assert.Equal((false, null), (left.HasIds, left.PseudonymPath));
        Assert.Equal(before, Facts(left));
        Assert.Equal(lines, left.Journal.Lines.Count);
        Assert.Equal((AlmaPurgeRunState.Verified, "none"), (left.ToModel().State, left.ToModel().NextStep));
        Assert.DoesNotContain(Mark, RunCopy.Text(left.Patrons.Exclusions()) + RunCopy.Text(left.Results), StringComparison.OrdinalIgnoreCase);
        Assert.All(left.Patrons.CandidateIds(), id => Assert.Matches("^P-[0-9A-F]{16,}$", id));
        RunStore.Remove(left);
        Assert.False(Directory.Exists(run.Folder));
    }

    [Fact]
    public async Task Each_step_is_refused_before_it_asks_for_anybody()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        await world.CheckAsync(run);
        await BuildAndMarkAsync(world, run);
        File.Delete(run.PseudonymPath!);
        PurgeRun left = world.Store.Open(run.RunId);
        int requests = world.Simulator.Requests.Count;
        ExportReviewOptions review = new() { Path = Path.Combine(Folder, "late.xlsx") };

        foreach (PurgeRun gone in (PurgeRun[])[run, left, left.ToPreview()])
        {
            await GoneAsync(() => world.CheckAsync(gone));
            await GoneAsync(() => world.BuildSetStep(gone).PlanAsync(null, new BuildSetOptions(), default));
            await GoneAsync(() => world.MarkStep(gone).PlanAsync(world.MarkOptions(), default));
            await GoneAsync(() => world.PurgeStep(gone).PlanAsync(world.PurgeOptions(), default));
            await GoneAsync(() => new UndoStep(gone, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default));
            await GoneAsync(() => new ExportReviewStep(gone, world.Reporter).ExportAsync(null, review, default));
            await GoneAsync(() => Task.Run(() => gone.RemainingCandidates().Count()));
            await GoneAsync(() => Task.Run(() => gone.CandidatesToCheck().Count()));
            if (!gone.IsPreview)
            {
                AlmaPurgeException error = await GoneAsync(() => world.VerifyAsync(run: gone));
                Assert.Contains(run.Document.Set!.Name, error.NextStep, StringComparison.Ordinal);
                await GoneAsync(() => Task.Run(() => gone.BeginStep(StepNames.Undo)));
            }
        }

        Assert.Equal(requests, world.Simulator.Requests.Count);
        Assert.Contains("pseudonyms.csv", left.ToModel().NextStep, StringComparison.Ordinal);
        Assert.Equal(AlmaPurgeRunState.Marked, left.ToModel().State);
        Assert.False(File.Exists(Path.Combine(run.Folder!, "pseudonyms.csv")));
    }

    [Fact]
    public async Task Purge_that_staff_run_is_not_taken_for_done_because_nobody_has_a_token()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria() with { Pseudonymize = true });
        HandoffWorld.SetTime(world, new DateTimeOffset(world.Time.GetUtcNow().Date, TimeSpan.Zero).AddDays(1).AddHours(12));
        await world.MarkedAsync();
        await world.HandOverAsync();
        File.Delete(world.Run.PseudonymPath!);

        PurgeRun left = world.Store.Open(world.Run.RunId);
        await GoneAsync(() => world.PurgeStep(left).WaitAsync(default));

        Assert.Equal(("HANDED_OVER", false), (left.Document.Purge!.Status, left.Document.Purge.IsFinished));
        Assert.All(
            Directory.GetFiles(left.Folder!),
            f => Assert.DoesNotMatch("p0[0-9][0-9]", File.ReadAllText(f)));
    }

    [Fact]
    public async Task Map_that_is_put_back_lets_the_run_go_on()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        await world.CheckAsync(run);
        await BuildAndMarkAsync(world, run);
        string map = run.PseudonymPath!;
        byte[] kept = await File.ReadAllBytesAsync(map);
        File.Delete(map);
        Assert.False(world.Store.Open(run.RunId).HasIds);
        await File.WriteAllBytesAsync(map, kept);

        PurgeRun back = world.Store.Open(run.RunId);
        UndoStep undo = new(back, world.Session, world.Reporter);
        await undo.ApplyAsync(await undo.PlanAsync(new UndoOptions(), default), WriteApproval.Given("yes"), default);

        Assert.Equal(AlmaPurgeRunState.Undone, back.ToModel().State);
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser(Id(10))!.UserGroup);
    }

    [Fact]
    public async Task Deleted_map_does_not_come_back_from_the_memory_of_a_process()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        File.Delete(run.PseudonymPath!);

        run.Patrons.Exclude(Mark + "-new", StepNames.Check, "NotFound", "not there");

        await GoneAsync(() => Task.Run(run.Flush));
        Assert.False(File.Exists(Path.Combine(run.Folder!, "pseudonyms.csv")));
    }

    private static string[] Facts(PurgeRun run) =>
    [
        .. run.Patrons.Exclusions().Select(e => $"{e.Step} {string.Join(' ', e.Rules)} {e.Evidence}"),
        .. run.Results.Select(r => $"{r.Status} {r.Rule} {r.Detail}"),
        $"{run.Patrons.Count} {run.Patrons.RemainingCount} {run.Patrons.Checks().Count} {run.Criteria.KeepList.Count}",
    ];

    private static Task<AlmaPurgeException> GoneAsync(Func<Task> work) => RefusedAsync("PseudonymsGone", work);

    private static async Task BuildAndMarkAsync(PurgeWorld world, PurgeRun run)
    {
        BuildSetStep build = world.BuildSetStep(run);
        await build.ApplyAsync(
            await build.PlanAsync(null, new BuildSetOptions(), default), WriteApproval.Given("yes"), default);
        MarkStep mark = world.MarkStep(run);
        await mark.ApplyAsync(await mark.PlanAsync(world.MarkOptions(), default), WriteApproval.Given("yes"), default);
    }
}
