using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Tests.Steps.KeepLists;

/// <summary>The keep list also protects where later steps look for themselves, whatever the import has let through.</summary>
public sealed class KeepListLiveTests
{
    [Fact]
    public async Task Live_check_keeps_whoever_is_on_the_list()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Propose(["p001", "p002"], world.Criteria() with { KeepList = ListOf("P002") });

        Assert.Equal(["p001"], await world.CheckAsync());
        Assert.Equal(["KeepList"], world.Run.Patrons.Exclusions().Single().Rules);
    }

    [Fact]
    public async Task Set_is_built_without_whoever_is_on_the_list_though_nobody_was_checked_before()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Propose(["p001", "p002", "p003"], world.Criteria() with { KeepList = ListOf("P002") });

        await world.BuildSetAsync();

        Assert.Equal(2, world.Run.Document.Set!.Count);
        Assert.Equal(["p001", "p003"], world.Run.Patrons.RemainingIds());
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Last_look_before_the_purge_keeps_whoever_is_on_the_list(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Run.Update(d => d with { Criteria = d.Criteria with { KeepList = ListOf("P030") } });

        await world.PurgeAsync(route);

        Assert.Equal(59, world.Purged.Count());
        Assert.DoesNotContain("p030", world.Purged);
        Assert.Contains("KeepList", world.Run.Patrons.Exclusions().Single().Rules);
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p030")!.State.UserGroup);
    }

    private static KeepList ListOf(string id) => KeepList.Of([], [KeyValuePair.Create(id, "keep.txt")]);
}
