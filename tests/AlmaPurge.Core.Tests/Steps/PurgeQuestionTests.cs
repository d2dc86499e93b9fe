using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The words before a purge and its requests, to the letter: they are what a person says yes to.</summary>
public sealed class PurgeQuestionTests
{
    [Fact]
    public async Task Question_of_a_purge_that_settles_nobody()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        string set = world.Run.Document.Set!.Name;

        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);

        string effect = DeleteUserPolicies.Effect(AlmaDeleteUserPolicy.KeepStatistics);
        string[] lines = plan.Question.Split(Environment.NewLine);
        Assert.Equal("Purge 3 patrons for good, by route SetJob. This cannot be stopped or undone.", lines[0]);
        Assert.Equal(
            FormattableString.Invariant($"User set '{set}', purge group PURGEUG, purge date {world.PurgeDate:yyyy-MM-dd}, days after purge date 1, waive threshold 1, Delete User Policy KeepStatistics as you say ({effect})."),
            lines[1]);
        Assert.Equal("Go on?", lines[^1]);
        Assert.Equal(4, lines.Length);
        Assert.Equal($"3 patrons of the user set '{set}'", plan.Target);
        Assert.DoesNotContain("First take", plan.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletions_are_announced_id_by_id_and_without_a_purge_group_where_the_own_is_kept()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.AddPatron("ann/lee 50%", s => s);
        world.Propose(["p001", "ann/lee 50%"]);
        await world.MarkedAsync(world.MarkOptions() with { PurgeGroup = null });

        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);

        Assert.Equal(
            ["GET, then DELETE /almaws/v1/users/p001", "GET, then DELETE /almaws/v1/users/ann%2Flee%2050%25"],
            plan.Requests);
        Assert.Contains("purge group none", plan.Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletions_that_go_on_are_told_as_such_and_keep_the_number_they_began_with()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria() with { FeeTolerance = 20 });
        world.Simulator.UpdateUser("p002", s => s with { Fees = [new SimulatedFee("OVERDUEFINE", "ACTIVE", 5m, 5m)] });
        await world.MarkedAsync();
        using CancellationTokenSource stop = new();
        int deletions = 0;
        world.Line.Before = request =>
        {
            if (request.Method == HttpMethod.Delete && ++deletions == 5)
            {
                stop.Cancel();
            }
        };
        PurgeStep step = world.PurgeStep();
        PurgePlan first = await step.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => step.ApplyAsync(first, Core.Alma.WriteApproval.Given("yes"), stop.Token));
        PurgeEntry begun = world.Run.Document.Purge!;
        world.Time.Advance(TimeSpan.FromMinutes(5));

        PurgePlan second = await step.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);
        AlmaPurgeJob job = await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        Assert.StartsWith("Go on purging: the remaining 14 patrons for good", second.Question, StringComparison.Ordinal);
        Assert.Equal((20, true), (job.PatronCount, job.IsFinished));
        Assert.Equal(begun.StartedAt, world.Run.Document.Purge!.StartedAt);
        Assert.Equal(19, world.Purged.Count());
    }

    [Fact]
    public async Task Job_takes_the_code_of_a_group_that_was_given_by_its_description()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria("undergraduate students"));
        await world.MarkedAsync(world.MarkOptions() with { PurgeGroup = null });

        await world.PurgeAsync();

        Assert.Equal(PurgeWorld.Group, world.Simulator.JobRuns[1].Parameters["PURGE_Users_User_Group"]);
        Assert.Equal(3, world.Purged.Count());
    }

    [Fact]
    public async Task Preview_of_a_purge_has_nothing_to_wait_for()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        PurgeStep step = world.PurgeStep(world.Run.ToPreview());

        AlmaPurgeJob job = step.Preview(await step.PlanAsync(world.PurgeOptions(), default));

        Assert.True(job.IsFinished);
    }
}
