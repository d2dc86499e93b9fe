using AlmaPurge.Core.Runs;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>A whole purge, judged by the simulator's own records.</summary>
public sealed class WholePurgeTests
{
    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Those_who_may_go_are_gone_and_nobody_else(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync(400);
        IReadOnlyList<string> purgeable = world.Simulator.PurgeableFor(PurgeWorld.Group, world.Cutoff);

        await world.MarkedAsync();
        AlmaPurgeJob job = await world.PurgeAsync(route);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.True(job.IsFinished);
        Assert.Equal(purgeable.Order(StringComparer.Ordinal), world.Purged.Order(StringComparer.Ordinal));
        Assert.Empty(world.Simulator.WronglyPurged(PurgeWorld.Group, world.Cutoff));
        Assert.Equal(world.Run.Patrons.CandidateIds(), results.Select(r => r.PrimaryId));
        Assert.Equal(
            purgeable.Order(StringComparer.Ordinal),
            results.Where(r => r.Status == AlmaPurgeStatus.Purged).Select(r => r.PrimaryId).Order(StringComparer.Ordinal));
        Assert.All(results, r => Assert.True(r.Status is AlmaPurgeStatus.Purged or AlmaPurgeStatus.Kept));
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Those_who_stay_stay_for_a_reason_that_the_library_knows(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync(400);
        Dictionary<string, IReadOnlyList<string>> manifest = world.Simulator
            .ManifestFor(PurgeWorld.Group, world.Cutoff)
            .ToDictionary(e => e.PrimaryId, e => e.Reasons);

        await world.MarkedAsync();
        await world.PurgeAsync(route);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.All(
            results.Where(r => r.Status == AlmaPurgeStatus.Kept),
            r => Assert.Contains(r.Rule, manifest[r.PrimaryId]));
    }

    [Fact]
    public async Task Run_folder_tells_another_process_the_same()
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync();
        await world.MarkedAsync();
        await world.PurgeAsync();
        List<AlmaPurgeResult> results = await world.VerifyAsync();
        using TestFolder copy = new();

        PurgeRun opened = RunCopy.Open(world.Run, copy);

        Assert.NotSame(world.Run, opened);
        Assert.Equal(AlmaPurgeRunState.Verified, RunView.StateOf(opened));
        Assert.Equal(world.Run.Patrons.CandidateIds(), opened.Patrons.CandidateIds());
        Assert.Equal(world.Run.Patrons.RemainingIds(), opened.Patrons.RemainingIds());
        Assert.Equal(
            world.Run.Patrons.Exclusions().Select(e => (e.PrimaryId, e.Step, string.Join(' ', e.Rules), e.Evidence)),
            opened.Patrons.Exclusions().Select(e => (e.PrimaryId, e.Step, string.Join(' ', e.Rules), e.Evidence)));
        Assert.Equal(
            results.Select(r => (r.PrimaryId, r.Status, r.Rule, r.Detail)),
            opened.Results.Select(r => (r.PrimaryId, r.Status, r.Rule, r.Detail)));
        Assert.Equal(RunCopy.Text(world.Run.Document), RunCopy.Text(opened.Document));
        foreach (string id in opened.Patrons.RemainingIds())
        {
            Assert.True(world.Run.Patrons.TryGetCheck(id, out LiveCheck? mine));
            Assert.True(opened.Patrons.TryGetCheck(id, out LiveCheck? theirs));
            Assert.Equal(mine, theirs);
        }
    }

    [Fact]
    public async Task Steps_may_be_left_out_since_the_next_one_checks_for_itself()
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync();

        await world.BuildSetAsync();
        await world.MarkAsync();
        await world.PurgeAsync();

        Assert.Equal(
            world.Simulator.PurgeableFor(PurgeWorld.Group, world.Cutoff).Order(StringComparer.Ordinal),
            world.Purged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Patrons_may_keep_their_own_group()
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync();

        await world.MarkedAsync(world.MarkOptions() with { PurgeGroup = null });
        await world.PurgeAsync();
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(
            world.Simulator.PurgeableFor(PurgeWorld.Group, world.Cutoff).Order(StringComparer.Ordinal),
            world.Purged.Order(StringComparer.Ordinal));
        Assert.Equal(world.Purged.Count(), results.Count(r => r.Status == AlmaPurgeStatus.Purged));
    }

    [Fact]
    public async Task State_and_counts_follow_the_steps()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        List<(AlmaPurgeRunState, int, int)> seen = [];
        void See()
        {
            AlmaPurgeRun model = world.Run.ToModel();
            seen.Add((model.State, model.PatronCount, model.ExcludedCount));
        }

        world.Simulator.UpdateUser("p001", s => s with { OpenLoans = 1 });
        See();
        await world.CheckAsync();
        See();
        await world.BuildSetAsync([.. world.Run.Patrons.RemainingIds().Skip(1)]);
        See();
        await world.MarkAsync();
        See();
        await world.PurgeAsync();
        See();
        await world.VerifyAsync();
        See();

        Assert.Equal(
            [
                (AlmaPurgeRunState.Imported, 20, 0),
                (AlmaPurgeRunState.Checked, 20, 1),
                (AlmaPurgeRunState.SetBuilt, 20, 2),
                (AlmaPurgeRunState.Marked, 20, 2),
                (AlmaPurgeRunState.PurgeStarted, 20, 2),
                (AlmaPurgeRunState.Verified, 20, 2),
            ],
            seen);
        Assert.Equal(["OpenLoans", "NotPassedOn"], world.Run.Patrons.Exclusions().Select(e => e.Rule));
    }
}
