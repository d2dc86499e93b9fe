using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Drift that stops a purge, and what stops it at the last moment.</summary>
public sealed class DriftLimitTests
{
    private const string Changed = "p030";

    [Fact]
    public async Task Patron_who_left_the_set_is_kept_and_cleared_of_the_marking()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        await SafetyStopTests.TakeOutOfSetAsync(world, world.Run.Document.Set!.SetId, Changed);

        await world.PurgeAsync();

        Assert.Equal(59, world.Purged.Count());
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser(Changed)!.UserGroup);
        Assert.Null(world.Simulator.FindUser(Changed)!.PurgeDate);
    }

    [Fact]
    public async Task Survivor_who_cannot_be_given_back_stops_the_purge()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Simulator.UpdateUser(Changed, s => s with { OpenRequests = 1 });
        world.Line.Answer = request => request.Method == HttpMethod.Put
            ? InterceptingHandler.Error("401858")
            : null;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("PatronNotRestored", () => world.PurgeAsync());

        Assert.Equal(Changed, error.Target);
        Assert.Contains($"'{Changed}' is to stay, but could not be given back", error.Message, StringComparison.Ordinal);
        Assert.Contains("Correct the user in Alma by hand", error.NextStep, StringComparison.Ordinal);
        Assert.Empty(world.Purged);
        world.Line.Answer = null;
        await world.PurgeAsync();
        Assert.Equal(59, world.Purged.Count());
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser(Changed)!.UserGroup);
    }

    [Fact]
    public async Task Marking_of_somebody_who_changed_in_the_end_stops_the_purge()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        PurgePlan plan = await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        world.Simulator.UpdateUser(Changed, s => s with { PurgeDate = world.Session.Today().AddYears(1) });

        await RefusalTests.StopsBeforeWritingAsync(
            world, "MarkingChanged", () => world.PurgeStep().ApplyAsync(plan, WriteApproval.Given("yes"), default));
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task More_than_two_percent_stop_the_purge_and_the_next_try_goes_on_with_the_others(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(100);
        await world.MarkedAsync();
        string[] changed = ["p001", "p002", "p003"];
        foreach (string id in changed)
        {
            world.Simulator.UpdateUser(id, s => s with { OpenRequests = 1 });
        }

        world.Time.Advance(TimeSpan.FromHours(25));
        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(
            world, "TooManyDrifted", () => world.PurgeAsync(route));
        Assert.Contains("3 of 100 patrons changed since they were checked", error.Message, StringComparison.Ordinal);
        Assert.Contains("more than 2 %", error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Purged);

        await world.PurgeAsync(route);

        Assert.Equal(97, world.Purged.Count());
        Assert.All(changed, id => Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser(id)!.UserGroup));
        Assert.Empty(world.Simulator.WronglyPurged(PurgeWorld.Group, world.Cutoff));
    }

    [Fact]
    public async Task Two_percent_do_not_stop_the_purge()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(100);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p001", s => s with { OpenRequests = 1 });
        world.Simulator.UpdateUser("p002", s => s with { OpenRequests = 1 });

        await world.PurgeAsync();

        Assert.Equal(98, world.Purged.Count());
        Assert.Contains("2 patron(s) who stay were taken out of the set and given back group and purge date.", world.Reporter.Warnings);
    }
}
