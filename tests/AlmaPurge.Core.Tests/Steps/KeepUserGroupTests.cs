namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Patrons who keep their own user group, so that statistics go on counting them there.</summary>
public sealed class KeepUserGroupTests
{
    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Purged_from_their_own_group_and_nobody_else_of_it(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(12);
        world.AddPatron("same", s => s with { PurgeDate = world.PurgeDate });
        await world.MarkedAsync(world.MarkOptions() with { PurgeGroup = null });

        await world.PurgeAsync(route);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(12, results.Count(r => r.Status == AlmaPurgeStatus.Purged));
        Assert.All(world.Simulator.Purged, p => Assert.Equal(PurgeWorld.Group, p.LastState.UserGroup));
        Assert.False(world.Simulator.FindUser("same")!.IsDeleted);
        Assert.Equal(12, world.Purged.Count());
    }
}
