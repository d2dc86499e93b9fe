using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What the planning of a step refuses, before anything was changed in Alma.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task More_patrons_than_the_ceiling()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);

        AlmaPurgeException error = await StopsBeforeWritingAsync(
            world,
            "MoreThanMaximumCount",
            () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions { MaximumCount = 3 }, default));

        Assert.Contains("4 patrons", error.Message, StringComparison.Ordinal);
        await world.BuildSetStep().PlanAsync(null, new BuildSetOptions { MaximumCount = 4 }, default);
    }

    [Fact]
    public async Task Ceiling_is_kept_at_later_steps()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.BuildSetAsync();
        world.Run.Update(d => d with { MaximumCount = 3 });

        await StopsBeforeWritingAsync(world, "MoreThanMaximumCount", () => PlanMarkAsync(world, o => o));
        world.Run.Update(d => d with { MaximumCount = 4 });
        await world.MarkAsync();
        world.Run.Update(d => d with { MaximumCount = 3 });
        await StopsBeforeWritingAsync(world, "MoreThanMaximumCount", () => PlanPurgeAsync(world, o => o));
    }

    [Fact]
    public async Task Nobody_left()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Simulator.UpdateUser("p001", s => s with { OpenRequests = 1 });

        await StopsBeforeWritingAsync(
            world, "NobodyLeft", () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default));
    }

    [Fact]
    public async Task Set_of_another_name_or_of_others_than_the_one_that_is_there()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();

        await StopsBeforeWritingAsync(
            world,
            "SetAlreadyBuilt",
            () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions { Name = "other" }, default));
        await StopsBeforeWritingAsync(
            world, "SetAlreadyBuilt", () => world.BuildSetStep().PlanAsync(["p001"], new BuildSetOptions(), default));
    }

    [Fact]
    public async Task Set_name_of_somebody_else()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string name = (await world.BuildSetAsync()).Name;
        world.Propose(["p001"]);

        await StopsBeforeWritingAsync(
            world,
            "SetNameTaken",
            () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions { Name = name.ToUpperInvariant() }, default));
    }

    [Fact]
    public async Task Candidate_of_another_run()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);

        await StopsBeforeWritingAsync(
            world,
            "CandidateOfOtherRun",
            () => world.BuildSetStep().PlanAsync(["p001", "canary"], new BuildSetOptions(), default));
    }

    [Fact]
    public async Task Import_that_never_ended()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Run.BeginStep(StepNames.Subtract).Dispose();

        await StopsBeforeWritingAsync(
            world, "RunPartial", () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default));
    }

    [Fact]
    public async Task User_group_that_the_institution_has_not()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Propose(["p001"], world.Criteria("NOSUCH"));

        AlmaPurgeException error = await StopsBeforeWritingAsync(
            world, "UserGroupNotFound", () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default));

        Assert.Contains("UNDRGRD (Undergraduate Students)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_group_may_be_given_by_its_description()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Propose(["p001"], world.Criteria("undergraduate students"));

        await world.CheckAsync();

        Assert.Equal("UNDRGRD", world.Run.Criteria.UserGroupCode);
        Assert.Equal(1, world.Run.Patrons.RemainingCount);
    }

    [Fact]
    public async Task Purge_before_the_marking()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();

        AlmaPurgeException error = await StopsBeforeWritingAsync(world, "NotMarked", () => PlanPurgeAsync(world, o => o));

        Assert.Contains($"The patrons of the run {world.Run.RunId} have no purge date from it yet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_of_another_kind_than_the_one_that_was_started()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.MarkedAsync();
        await world.PurgeAsync();

        foreach (Func<PurgeOptions, PurgeOptions> change in (Func<PurgeOptions, PurgeOptions>[])
            [
                o => o with { Route = AlmaPurgeRoute.UserDelete },
                o => o with { DaysAfterPurgeDate = 2 },
                o => o with { WaiveThreshold = 0 },
            ])
        {
            await StopsBeforeWritingAsync(world, "PurgeAlreadyStarted", () => PlanPurgeAsync(world, change));
        }
    }

    [Fact]
    public async Task Purge_without_a_word_on_the_delete_user_policy()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Propose(["p001"], world.Criteria() with { DeleteUserPolicy = null });
        await world.MarkedAsync();

        await StopsBeforeWritingAsync(world, "DeleteUserPolicyMissing", () => PlanPurgeAsync(world, o => o));
        PurgeOptions attested = world.PurgeOptions() with { DeleteUserPolicy = AlmaDeleteUserPolicy.KeepStatistics };
        await world.PurgeAsync(options: attested);
        Assert.Equal(AlmaDeleteUserPolicy.KeepStatistics, world.Run.Criteria.DeleteUserPolicy);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, true)]
    [InlineData(29, false)]
    [InlineData(0, false)]
    public async Task Purge_date_that_the_job_would_not_take(int daysAfter, bool stops)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.MarkedAsync();
        Task Plan() => PlanPurgeAsync(world, o => o with { DaysAfterPurgeDate = daysAfter });

        if (stops)
        {
            await StopsBeforeWritingAsync(world, "PurgeDateNotReached", Plan);
        }
        else
        {
            await Plan();
        }
    }

    [Fact]
    public async Task Set_job_needs_a_template_anywhere_but_in_the_simulator()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.MarkedAsync();
        using AlmaSession real = await PurgeWorld.ConnectAsync(world.Simulator, world.Time, simulated: false);
        world.Run.Update(d => d with { EnvironmentType = real.Connection.EnvironmentType });
        PurgeStep step = new(world.Run, real, world.Reporter);

        AlmaPurgeException error = await StopsBeforeWritingAsync(
            world, "JobTemplateMissing", () => step.PlanAsync(world.PurgeOptions(), default));
        Assert.StartsWith("The parameters of the job 'Purge users' are not documented. Open the job in Alma", error.Message, StringComparison.Ordinal);
        await step.PlanAsync(world.PurgeOptions(AlmaPurgeRoute.UserDelete), default);
    }

    internal static async Task<AlmaPurgeException> StopsBeforeWritingAsync(PurgeWorld world, string id, Func<Task> work)
    {
        int writes = world.Writes.Count();
        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync(id, work);
        Assert.Equal(writes, world.Writes.Count());
        Assert.NotEmpty(error.NextStep);
        return error;
    }

    private static Task PlanMarkAsync(PurgeWorld world, Func<MarkOptions, MarkOptions> change) =>
        world.MarkStep().PlanAsync(change(world.MarkOptions()), default);

    private static Task PlanPurgeAsync(PurgeWorld world, Func<PurgeOptions, PurgeOptions> change) =>
        world.PurgeStep().PlanAsync(change(world.PurgeOptions()), default);
}
