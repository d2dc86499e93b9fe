using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What is not at rest stops a step: a job that still changes patrons, or patrons whom somebody else changes.</summary>
public sealed class UnsettledTests
{
    [Fact]
    public async Task Marking_that_still_runs_stops_purge_and_undo()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.Contains("/M148/instances/", StringComparison.Ordinal)
            ? text.Replace("COMPLETED_SUCCESS", "RUNNING", StringComparison.Ordinal)
            : text;

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(
            world, "MarkingStillRunning", () => world.PurgeStep().PlanAsync(world.PurgeOptions(), default));
        await RefusalTests.StopsBeforeWritingAsync(
            world,
            "MarkingStillRunning",
            () => new UndoStep(world.Run, world.Session, world.Reporter).PlanAsync(new UndoOptions(), default));

        string instance = world.Run.Document.Mark!.InstanceId;
        Assert.Contains($"The marking job {instance} is RUNNING", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Wait-AlmaJob -JobId M148 -InstanceId {instance}", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_who_are_no_longer_marked_stop_the_deletions_before_the_first()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(100);
        await world.MarkedAsync();
        string[] changed = ["p001", "p002", "p003"];
        foreach (string id in changed)
        {
            world.Simulator.UpdateUser(id, s => s with { PurgeDate = world.PurgeDate.AddDays(-5) });
        }

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(
            world,
            "TooManyDrifted",
            () => world.PurgeStep().PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default));

        Assert.Contains("3 of 100 patrons are no longer marked as this run marked them", error.Message, StringComparison.Ordinal);
        using TestFolder copy = new();
        PurgeRun opened = RunCopy.Open(world.Run, copy);
        Assert.Equal(changed, opened.Patrons.Exclusions().Select(e => e.PrimaryId));
        Assert.All(opened.Patrons.Exclusions(), e => Assert.Equal(["Drifted"], e.Rules));
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Patron_who_is_kept_at_the_last_moment_leaves_no_difference_in_the_totals(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(route), default);
        world.Simulator.UpdateUser("p007", s => s with { OpenRequests = 1 });
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.PurgeStep().ApplyAsync(plan, Core.Alma.WriteApproval.Given("yes"), default);
        await world.PurgeStep().WaitAsync(default);

        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(59, results.Count(r => r.Status == AlmaPurgeStatus.Purged));
        Assert.Equal("Drifted", results.Single(r => r.PrimaryId == "p007").Rule);
        Assert.Empty(world.Reporter.Problems);
    }
}
