using AlmaPurge.Core.Runs;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What is told of a patron who changed: each field, as it was and as it is.</summary>
public sealed class DriftEvidenceTests
{
    [Fact]
    public async Task Every_field_that_changed_is_named_with_both_values()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        DateOnly expired = world.Session.Today().AddYears(-3);
        world.Simulator.UpdateUser("p030", s => s with { Status = "INACTIVE", PurgeDate = null, ExpiryDate = expired.AddDays(30) });

        await world.PurgeAsync();

        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(["Drifted"], exclusion.Rules);
        Assert.Equal(
            FormattableString.Invariant($"purge date was {world.PurgeDate:yyyy-MM-dd}, is none; expiry date was {expired:yyyy-MM-dd}, is {expired.AddDays(30):yyyy-MM-dd}; status was Active, is Inactive"),
            exclusion.Evidence);
        Assert.Contains("p030 stays: Drifted", world.Reporter.Details);
    }

    [Fact]
    public async Task Rule_that_fires_anew_is_told_behind_the_drift()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p030", s => s with { OpenLoans = 1 });

        await world.PurgeAsync();

        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(["Drifted", "OpenLoans"], exclusion.Rules);
        Assert.Contains("a rule fires now that did not before", exclusion.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_are_held_against_each_other_in_whatever_order_they_come()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(120);
        world.Propose(world.Run.Patrons.CandidateIds(), world.Criteria() with { AllowedRoles = PurgeCriteria.Names(["Instructor", "32"]) });
        SimulatedRole instructor = new("52", "Instructor", "ACTIVE");
        SimulatedRole desk = new("32", "Circulation Desk Operator", "ACTIVE");
        world.Simulator.UpdateUser("p030", s => s with { Roles = [.. s.Roles, instructor] });
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p030", s => s with { Roles = [.. s.Roles.Reverse()] });
        world.Simulator.UpdateUser("p031", s => s with { Roles = [instructor, .. s.Roles, desk, desk] });

        await world.PurgeAsync();

        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(("p031", "roles was 200, is 200 32 52"), (exclusion.PrimaryId, exclusion.Evidence));
    }
}
