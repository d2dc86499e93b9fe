using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>A network that fails during the check keeps patrons, and not for good.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Patrons_who_could_not_be_checked_are_kept_until_a_check_has_an_answer()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        Cut(world, "p003", "p004", "p005");
        List<string> first = await world.CheckAsync();
        Assert.Equal(57, first.Count);
        Assert.All(world.Run.Patrons.Exclusions(), e => Assert.Equal("CheckFailed", e.Rule));
        Assert.Contains(world.Reporter.Warnings, w => w.Contains("3 patron(s) could not be checked", StringComparison.Ordinal));
        world.Line.Answer = null;
        world.Simulator.UpdateUser("p004", s => s with { OpenLoans = 1 });

        using TestFolder copy = new();
        PurgeRun opened = RunCopy.Open(world.Run, copy);
        List<string> passed = [];
        await foreach (AlmaPurgeCandidate c in world.CheckStep(opened).RunAsync(ToCheck(opened), default))
        {
            passed.Add(c.PrimaryId);
        }

        Assert.Equal(59, passed.Count);
        Assert.Equal(["p003", "p005"], passed[^2..]);
        AlmaPurgeExclusion kept = Assert.Single(opened.Patrons.Exclusions());
        Assert.Equal(("p004", "OpenLoans"), (kept.PrimaryId, kept.Rule));
        Assert.Equal(59, opened.Patrons.RemainingCount);
    }

    [Fact]
    public async Task Without_a_new_check_they_stay_out_of_the_set_and_once_it_is_built_for_good()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        Cut(world, "p003");
        await world.CheckAsync();
        world.Line.Answer = null;

        await world.BuildSetAsync();
        await foreach (AlmaPurgeCandidate _ in world.CheckStep().RunAsync(ToCheck(world.Run), default))
        {
        }

        Assert.DoesNotContain("p003", world.Simulator.Sets.Single().MemberIds);
        Assert.False(world.Run.Patrons.IsRemaining("p003"));
    }

    [Fact]
    public async Task Another_reason_keeps_them_for_good()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        Cut(world, "p003");
        await world.CheckAsync();
        world.Line.Answer = null;
        Assert.True(world.Run.Patrons.Exclude("p003", StepNames.Subtract, "OwesFees", "owes 3.00"));

        await foreach (AlmaPurgeCandidate _ in world.CheckStep().RunAsync(ToCheck(world.Run), default))
        {
        }

        AlmaPurgeExclusion kept = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(("p003", "OwesFees", "Subtract"), (kept.PrimaryId, kept.Rule, kept.Step));
    }

    [Fact]
    public async Task Whoever_comes_back_has_to_come_by_the_fines_file_again()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        world.Run.Update(d => d with { Inputs = [new RunInput(StepNames.Subtract, "fines.csv", null, 3)] });
        Cut(world, "p003");
        await world.CheckAsync();
        world.Line.Answer = null;
        await foreach (AlmaPurgeCandidate _ in world.CheckStep().RunAsync(ToCheck(world.Run), default))
        {
        }

        await PurgeWorldSteps.StopsAsync("RunPartial", () => world.BuildSetAsync());
        await world.BuildSetAsync([.. world.Run.Patrons.RemainingIds()]);
        Assert.Equal(60, world.Run.Document.Set!.Count);
    }

    [Fact]
    public async Task Network_that_fails_during_the_deletions_stops_them_and_keeps_nobody_for_good()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        int deletions = 0;
        world.Line.Answer = request => request.Method == HttpMethod.Delete && deletions++ < 20 || deletions < 20
            ? null
            : throw new HttpRequestException("The network is down.");

        AlmaApiException error =
            await Assert.ThrowsAsync<AlmaApiException>(() => world.PurgeAsync(AlmaPurgeRoute.UserDelete));
        Assert.Equal(AlmaErrorKind.Connection, error.Kind);
        world.Line.Answer = null;
        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        Assert.Equal(60, world.Purged.Distinct().Count());
        Assert.Empty(world.Run.Patrons.Exclusions());
    }

    private static void Cut(PurgeWorld world, params string[] ids) =>
        world.Line.Answer = request => ids.Any(id => request.RequestUri!.AbsolutePath.EndsWith("/" + id, StringComparison.Ordinal))
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
}
