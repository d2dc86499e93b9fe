using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Patrons who change between check and purge: they are kept, and nothing of the marking stays on them.</summary>
public sealed class DriftTests
{
    private const string Changed = "p030";

    private static readonly Dictionary<string, Func<SimulatedUserSpec, SimulatedUserSpec>> s_changes = new()
    {
        ["OpenLoans"] = s => s with { OpenLoans = 1 },
        ["OpenRequests"] = s => s with { OpenRequests = 1 },
        ["OwesFees"] = s => s with { Fees = [new SimulatedFee("OVERDUEFINE", "ACTIVE", 3m, 3m)] },
        ["OtherRole"] = s => s with { Roles = [.. s.Roles, new SimulatedRole("52", "Instructor", "ACTIVE")] },
        ["NotExpired"] = s => s with { ExpiryDate = DateOnly.FromDateTime(DateTime.UtcNow).AddYears(1) },
        ["RecentlyActive"] = s => s with { LastPatronActivityDate = DateOnly.FromDateTime(DateTime.UtcNow) },
        ["Blocked"] = s => s with { Blocks = [new SimulatedBlock("GENERAL", "BARRED", "ACTIVE", null)] },
        ["StaffRecord"] = s => s with { UserGroup = "STAFF", RecordType = "STAFF" },
        ["OtherUserGroup"] = s => s with { UserGroup = "ALUMNI" },
        ["Drifted"] = s => s with { Status = "INACTIVE" },
        ["Drifted: still expired"] = s => s with { ExpiryDate = s.ExpiryDate!.Value.AddDays(30) },
        ["Drifted: back in the own group"] = s => s with { UserGroup = PurgeWorld.Group },
        ["Drifted: other purge date"] = s => s with { PurgeDate = s.PurgeDate!.Value.AddDays(-5) },
        ["Drifted: no purge date"] = s => s with { PurgeDate = null },
    };

    public static TheoryData<string, AlmaPurgeRoute> Cases()
    {
        TheoryData<string, AlmaPurgeRoute> cases = [];
        foreach (string change in s_changes.Keys)
        {
            cases.Add(change, AlmaPurgeRoute.SetJob);
            cases.Add(change, AlmaPurgeRoute.UserDelete);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Changed_patron_is_kept_and_cleared_of_the_marking(string change, AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        DateOnly oldPurgeDate = world.Session.Today().AddYears(2);
        world.Simulator.UpdateUser(Changed, s => s with { PurgeDate = oldPurgeDate });
        await world.MarkedAsync();
        world.Simulator.UpdateUser(Changed, s_changes[change]);
        SimulatedUserSpec asChanged = world.Simulator.FindUser(Changed)!.State;

        await world.PurgeAsync(route);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(59, world.Purged.Count());
        Assert.DoesNotContain(Changed, world.Purged);
        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal((Changed, "Purge", "Drifted"), (exclusion.PrimaryId, exclusion.Step, exclusion.Rule));
        Assert.Contains(change.Split(':')[0], exclusion.Rules);
        Assert.Equal(AlmaPurgeStatus.Kept, Assert.Single(results, r => r.PrimaryId == Changed).Status);

        SimulatedUserSpec after = world.Simulator.FindUser(Changed)!.State;
        string expectedGroup = asChanged.UserGroup == PurgeWorld.PurgeGroup ? PurgeWorld.Group : asChanged.UserGroup;
        DateOnly? expectedDate = asChanged.PurgeDate == world.PurgeDate ? oldPurgeDate : asChanged.PurgeDate;
        Assert.Equal((expectedGroup, expectedDate), (after.UserGroup, after.PurgeDate));
        Assert.Equal(asChanged.ExpiryDate, after.ExpiryDate);
        Assert.Equal(asChanged.Roles, after.Roles);
        Assert.DoesNotContain(Changed, world.Simulator.Sets.Single().MemberIds);
        Assert.Empty(world.Simulator.PurgeUserRecords(1, "PUBLIC", PurgeWorld.PurgeGroup, 1));
    }

    [Fact]
    public async Task Patron_without_a_purge_date_before_has_none_afterwards()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Simulator.UpdateUser(Changed, s => s with { OpenLoans = 2 });

        await world.PurgeAsync();

        Assert.Null(world.Simulator.FindUser(Changed)!.PurgeDate);
    }

    [Fact]
    public async Task Prompt_that_stood_open_makes_everybody_be_looked_at_again()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();

        await world.PurgeAsync(afterPlan: () =>
        {
            world.Simulator.UpdateUser(Changed, s => s with { OpenRequests = 1 });
            world.Time.Advance(TimeSpan.FromMinutes(2));
        });

        Assert.DoesNotContain(Changed, world.Purged);
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser(Changed)!.UserGroup);
        Assert.Equal(59, world.Purged.Count());
    }

    [Theory]
    [InlineData("INDISPUTE", 5)]
    [InlineData("EXPORTED", 0)]
    public async Task Fee_that_the_user_record_does_not_show_is_found_however_often_the_step_is_tried(
        string status,
        double balance)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        world.Simulator.UpdateUser(
            Changed,
            s => s with { Fees = [new SimulatedFee("OVERDUEFINE", status, (decimal)balance, 50m)] });
        for (int i = 0; i < 2; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(6));
            await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);
        }

        await world.PurgeAsync();

        Assert.DoesNotContain(Changed, world.Purged);
        Assert.Contains("OwesFees", Assert.Single(world.Run.Patrons.Exclusions()).Rules);
    }
}
