using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What the planning of the marking refuses, before anything was changed in Alma.</summary>
public sealed class MarkRefusalTests
{
    [Fact]
    public async Task Marking_before_there_is_a_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);

        await RefusalTests.StopsBeforeWritingAsync(world, "SetMissing", () => PlanMarkAsync(world, o => o));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(400)]
    [InlineData(-100_000)]
    public async Task Purge_date_that_is_no_purge_date(int days)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();
        DateOnly date = days < -10_000 ? new DateOnly(2000, 1, 1) : world.Session.Today().AddDays(days);

        await RefusalTests.StopsBeforeWritingAsync(
            world, "PurgeDateOutOfRange", () => PlanMarkAsync(world, o => o with { PurgeDate = date }));
    }

    [Theory]
    [InlineData("NOSUCH", "UserGroupNotFound")]
    [InlineData("undrgrd", "PurgeGroupIsOwnGroup")]
    [InlineData("Undergraduate Students", "PurgeGroupIsOwnGroup")]
    [InlineData("ALUMNI", "PurgeGroupHoldsOthers")]
    [InlineData("PURGE_UG", "PurgeGroupCodeIllegal")]
    [InlineData("STAFFONLY", "PurgeGroupNotForRecordType")]
    public async Task Purge_group_that_cannot_serve(string group, string error)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Simulator.AddUserGroup("PURGE_UG", "Odd");
        world.Simulator.AddUserGroup("STAFFONLY", "Staff only", "STAFF");
        world.AddPatron("alumna", s => s with { UserGroup = "ALUMNI" });
        await world.BuildSetAsync();

        await RefusalTests.StopsBeforeWritingAsync(world, error, () => PlanMarkAsync(world, o => o with { PurgeGroup = group }));
    }

    [Fact]
    public async Task Purge_group_may_be_given_by_its_description()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();

        MarkPlan plan = await world.MarkStep()
            .PlanAsync(world.MarkOptions() with { PurgeGroup = "purge undergraduates" }, default);

        Assert.Equal(PurgeWorld.PurgeGroup, plan.PurgeGroup);
    }

    [Fact]
    public async Task Marking_with_other_values_than_before()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.MarkedAsync();

        await RefusalTests.StopsBeforeWritingAsync(
            world, "AlreadyMarked", () => PlanMarkAsync(world, o => o with { PurgeDate = o.PurgeDate.AddDays(-1) }));
        await RefusalTests.StopsBeforeWritingAsync(
            world, "AlreadyMarked", () => PlanMarkAsync(world, o => o with { PurgeGroup = null }));
    }

    private static Task PlanMarkAsync(PurgeWorld world, Func<MarkOptions, MarkOptions> change) =>
        world.MarkStep().PlanAsync(change(world.MarkOptions()), default);
}
