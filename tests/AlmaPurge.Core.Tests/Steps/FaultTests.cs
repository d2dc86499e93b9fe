using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Alma misbehaves: the run ends right or stops with a clear error, and nobody is purged wrongly.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("partialMark", 15)]
    [InlineData("jobFailsHalfway@1", 30)]
    public async Task Marking_that_did_not_take_stops_and_the_purge_goes_on_with_the_others(string fault, int unmarked)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60, fault);

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("TooManyDrifted", () => world.MarkedAsync());
        Assert.Contains($"{unmarked} of 60 patrons were not marked", error.Message, StringComparison.Ordinal);
        Assert.Equal(AlmaPurgeRunState.Partial, RunView.StateOf(world.Run));
        Assert.Equal("Set-AlmaPurgeDate, which goes on", world.Run.ToModel().NextStep);

        await world.PurgeAsync();
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(60 - unmarked, world.Purged.Count());
        Assert.Equal(60 - unmarked, results.Count(r => r.Status == AlmaPurgeStatus.Purged));
        Assert.All(
            world.Simulator.Users.Where(u => !u.IsDeleted),
            u => Assert.Equal((PurgeWorld.Group, null), (u.UserGroup, u.PurgeDate)));
        Assert.Equal(AlmaPurgeRunState.Verified, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task One_patron_in_a_hundred_who_was_not_marked_is_settled_at_once()
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
                world.Simulator.UpdateUser("p007", s => s with { UserGroup = PurgeWorld.Group });
            }
        };

        await world.MarkAsync();

        Assert.Equal(99, world.Run.Patrons.RemainingCount);
        Assert.Null(world.Simulator.FindUser("p007")!.PurgeDate);
        Assert.DoesNotContain("p007", world.Simulator.Sets.Single().MemberIds);
    }

    [Theory]
    [InlineData("jobFailsHalfway@2", 30)]
    [InlineData("doneButUsersRemain", 48)]
    public async Task Purge_that_left_some_is_told_id_by_id(string fault, int purged)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60, fault);
        await world.MarkedAsync();
        await world.PurgeAsync();

        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(purged, world.Purged.Count());
        Assert.Equal(world.Purged.ToHashSet(), [.. Of(results, AlmaPurgeStatus.Purged)]);
        Assert.Equal(60 - purged, Of(results, AlmaPurgeStatus.Kept).Count());
        Assert.All(
            results.Where(r => r.Status == AlmaPurgeStatus.Kept),
            r => Assert.Contains("still marked", r.Detail, StringComparison.Ordinal));
        Assert.Equal(
            fault == "doneButUsersRemain",
            world.Reporter.Problems.Any(p => p.Problem.Message.Contains("Alma's job counts 60", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("duplicateMembers:1")]
    [InlineData("silentInvalidIds")]
    public async Task Refused_ids_become_exclusions_and_the_others_go(string fault)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60, fault);
        await world.CheckAsync();
        world.Simulator.UpdateUser("p010", s => s with { PrimaryId = "renamed10" });
        world.Simulator.UpdateUser("p050", s => s with { PrimaryId = "renamed50" });

        AlmaUserSet set = await world.BuildSetAsync();

        Assert.Equal(58, set.MemberCount);
        Assert.Equal(["p010", "p050"], world.Run.Patrons.Exclusions().Select(e => e.PrimaryId).Order());
        Assert.All(world.Run.Patrons.Exclusions(), e => Assert.Equal(("BuildSet", "CheckFailed"), (e.Step, e.Rule)));
        await world.MarkAsync();
        await world.PurgeAsync();
        Assert.Equal(58, world.Purged.Count());
    }

    [Theory]
    [InlineData("throttle:0.05", AlmaPurgeRoute.SetJob)]
    [InlineData("throttle:0.05", AlmaPurgeRoute.UserDelete)]
    [InlineData("serverError:0.05", AlmaPurgeRoute.SetJob)]
    [InlineData("serverError:0.05", AlmaPurgeRoute.UserDelete)]
    public async Task Weather_ends_in_the_right_purge_or_in_a_clear_stop(string fault, AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync(120, fault);
        Exception? stop = await Record.ExceptionAsync(async () =>
        {
            await world.MarkedAsync();
            await world.PurgeAsync(route);
        });

        Assert.True(stop is null or AlmaApiException or AlmaPurgeException, stop?.ToString());
        Assert.Empty(world.Simulator.WronglyPurged(PurgeWorld.Group, world.Cutoff));
        if (world.Run.Document.Purge is not null)
        {
            List<AlmaPurgeResult> results = await world.VerifyAsync();
            Assert.Equal(world.Run.Patrons.CandidateIds(), results.Select(r => r.PrimaryId));
            Assert.Equal(world.Purged.ToHashSet(), [.. Of(results, AlmaPurgeStatus.Purged)]);
        }

        Assert.All(world.Run.Journal.Lines.Where(l => l.Kind == "intent"), intent =>
            Assert.InRange(world.Run.Journal.Lines.Count(l => l.Of == intent.Number), 1, 2));
        Assert.All(world.Run.Journal.Lines.Where(l => l.Kind == "intent"), intent =>
            Assert.InRange(world.Run.Journal.Lines.Count(l => l.Of == intent.Number && l.Result != "unknown"), 0, 1));
    }

    [Fact]
    public async Task Lost_network_stops_the_check_and_what_was_checked_stays()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        int asked = 0;
        world.Line.Before = request =>
        {
            if (request.RequestUri!.Query.Contains("expand=loans", StringComparison.Ordinal)
                && Interlocked.Increment(ref asked) > 20)
            {
                throw new HttpRequestException("The network is unreachable.");
            }
        };

        await Assert.ThrowsAsync<AlmaApiException>(() => world.CheckAsync());

        Assert.Equal(AlmaPurgeRunState.Partial, RunView.StateOf(world.Run));
        Assert.True(world.Run.Patrons.RemainingCount >= 50);
        world.Line.Before = null;
        Assert.True((await world.CheckAsync()).Count >= 50);
        Assert.Equal(AlmaPurgeRunState.Checked, RunView.StateOf(world.Run));
    }

    private static IEnumerable<string> Of(IEnumerable<AlmaPurgeResult> results, AlmaPurgeStatus status) =>
        results.Where(r => r.Status == status).Select(r => r.PrimaryId);
}
