using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The marking is asked for again, by days ago, on a later day.</summary>
public sealed class MarkAgainTests
{
    private const int DaysAgo = 30;

    // In the zone of the session it is another day than in that of the system, whichever that is.
    [Fact]
    public async Task Days_ago_are_counted_in_the_zone_of_the_session()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        bool isEast = TimeZoneInfo.Local.BaseUtcOffset >= TimeSpan.FromHours(4);
        world.Time.Zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(isEast ? -11 : 11), "test", "test");
        world.Time.Advance(TimeSpan.FromHours(isEast ? 26 : 42) - world.Time.GetUtcNow().TimeOfDay);
        Assert.NotEqual(world.Session.Today(), DateOnly.FromDateTime(world.Time.GetUtcNow().ToLocalTime().DateTime));

        await world.MarkedAsync(Options(world));
        DateOnly date = world.Run.Document.Mark!.PurgeDate;
        int writes = world.Writes.Count();
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.MarkAsync(Options(world));

        Assert.Equal(writes, world.Writes.Count());
        Assert.Equal(date, world.Run.Document.Mark.PurgeDate);
        await PurgeWorldSteps.StopsAsync("AlreadyMarked", () => world.MarkAsync(Options(world) with { DaysAgo = DaysAgo + 1 }));
    }

    private static MarkOptions Options(PurgeWorld world) =>
        world.MarkOptions() with { PurgeDate = world.Session.Today().AddDays(-DaysAgo), DaysAgo = DaysAgo };
}
