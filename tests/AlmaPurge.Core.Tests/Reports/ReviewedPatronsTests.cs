using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps;

namespace AlmaPurge.Core.Tests.Reports;

/// <summary>Once a run was given to people to look through, nobody goes whom they have not seen.</summary>
public sealed class ReviewedPatronsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Who_comes_back_after_a_review_was_read_back_goes_by_a_new_one_only()
    {
        using PurgeWorld world = await ReachedAgainAsync("p003", async run => await TakeOverAsync(run, await ExportAsync(run)));
        Assert.True(world.Run.Patrons.IsRemaining("p003"));

        AlmaPurgeException refused = await RefusedAsync(world, [.. world.Run.Patrons.RemainingIds()]);
        Assert.Equal("p003", refused.Target);
        Assert.Contains("1 patron(s)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("such as 'p003', and are in no review that was read back, so", refused.Message, StringComparison.Ordinal);
        await TakeOverAsync(world.Run, Workbook(1));
        await RefusedAsync(world);
        await ExportAsync(world.Run);
        await RefusedAsync(world, [.. world.Run.Patrons.RemainingIds()]);
        Assert.Empty(world.Writes);

        await TakeOverAsync(world.Run, Workbook(2));
        await world.BuildSetAsync();
        Assert.Contains("p003", world.Simulator.Sets.Single().MemberIds);
    }

    [Fact]
    public async Task Who_comes_back_after_a_review_was_written_waits_for_a_new_one()
    {
        using PurgeWorld world = await ReachedAgainAsync("p003", run => ExportAsync(run));

        Assert.Contains("are in no review, so nobody", (await RefusedAsync(world)).Message, StringComparison.Ordinal);
        await ExportAsync(world.Run);
        await world.BuildSetAsync();

        Assert.Equal(60, world.Run.Document.Set!.Count);
    }

    [Fact]
    public async Task Those_of_the_review_may_go_without_who_came_back()
    {
        using PurgeWorld world = await ReachedAgainAsync("p003", run => ExportAsync(run));

        await world.BuildSetAsync([.. world.Run.Patrons.RemainingIds().Where(id => id != "p003")]);

        Assert.DoesNotContain("p003", world.Simulator.Sets.Single().MemberIds);
        Assert.Equal("NotPassedOn", Assert.Single(world.Run.Patrons.Exclusions()).Rule);
    }

    [Fact]
    public async Task Who_is_reached_only_where_the_set_is_built_was_seen_by_nobody_either()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        Cut(world, "p003");
        await world.CheckAsync();
        await ExportAsync(world.Run);
        world.Line.Answer = null;

        await RefusedAsync(world, [.. world.Run.Patrons.CandidateIds()]);
    }

    [Fact]
    public async Task Who_was_left_out_of_the_review_does_not_go()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        string[] some = [.. world.Run.Patrons.RemainingIds().Skip(1)];
        await ExportAsync(world.Run, some);

        Assert.Equal("p001", (await RefusedAsync(world)).Target);
        Assert.Equal(59, (await world.BuildSetAsync(some)).MemberCount);
    }

    [Fact]
    public async Task Preview_says_so_too()
    {
        using PurgeWorld world = await ReachedAgainAsync("p003", run => ExportAsync(run));
        PurgeRun preview = world.Run.ToPreview();

        await PurgeWorldSteps.StopsAsync(
            "NotInReview", () => world.BuildSetStep(preview).PlanAsync(null, new BuildSetOptions(), default));
        await ExportAsync(world.Run);
        Assert.Equal(60, (await world.BuildSetStep(world.Run.ToPreview()).PlanAsync(null, new BuildSetOptions(), default)).MemberIds.Count);
    }

    public void Dispose() => _folder.Dispose();

    // A patron whom the network kept out of the check, and out of what was done then; and a check that has an answer.
    private static async Task<PurgeWorld> ReachedAgainAsync(string id, Func<PurgeRun, Task> meanwhile)
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(60);
        Cut(world, id);
        await world.CheckAsync();
        world.Line.Answer = null;
        await meanwhile(world.Run);
        await foreach (AlmaPurgeCandidate _ in world.CheckStep().RunAsync(ToCheck(world.Run), default))
        {
        }

        return world;
    }

    private static void Cut(PurgeWorld world, string id) =>
        world.Line.Answer = request => request.RequestUri!.AbsolutePath.EndsWith("/" + id, StringComparison.Ordinal)
            ? throw new HttpRequestException("The network is down.")
            : null;

    private static async IAsyncEnumerable<AlmaPurgeCandidate> ToCheck(PurgeRun run)
    {
        foreach (AlmaPurgeCandidate candidate in run.CandidatesToCheck().ToArray())
        {
            yield return candidate;
        }

        await Task.CompletedTask;
    }

    private static async Task<AlmaPurgeException> RefusedAsync(PurgeWorld world, params string[] arrived)
    {
        AlmaPurgeException error = await Assert.ThrowsAsync<AlmaPurgeException>(() => world.BuildSetAsync(arrived));
        Assert.Equal("NotInReview", error.Id);
        Assert.Contains("Export-AlmaPurgeReview", error.NextStep, StringComparison.Ordinal);
        return error;
    }

    private string Workbook(int number) => Path.Combine(_folder.Path, FormattableString.Invariant($"review{number}.xlsx"));

    private async Task<string> ExportAsync(PurgeRun run, IReadOnlyCollection<string>? arrived = null)
    {
        string path = Workbook(run.Document.Reviews.Count + 1);
        await new ExportReviewStep(run, new RecordingReporter()).ExportAsync(arrived, new ExportReviewOptions { Path = path }, default);
        return path;
    }

    private static async Task TakeOverAsync(PurgeRun run, string path)
    {
        ImportReviewStep step = new(run, new RecordingReporter());
        step.Apply(await step.ReadAsync(path, default));
    }
}
