using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Whoever names no route is told of each, with what this institution allows.</summary>
public sealed class RouteChoiceTests
{
    [Fact]
    public async Task Simulator_allows_both_and_nothing_is_sent_but_reads()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);

        AlmaPurgeException error = await RouteChoice.MissingAsync(world.Session, default);

        Assert.Equal(("RouteMissing", "Route"), (error.Id, error.Target));
        Assert.Contains("There is no default route", error.Message, StringComparison.Ordinal);
        Assert.Contains("SetJob: Alma's set-based job", error.Message, StringComparison.Ordinal);
        Assert.Contains("Here: possible, the job is M973.", error.Message, StringComparison.Ordinal);
        Assert.Contains("UserDelete: each patron", error.Message, StringComparison.Ordinal);
        Assert.Contains("Here: possible if the key has read/write permission for the area Users", error.Message, StringComparison.Ordinal);
        Assert.Contains("-KeepUserGroup", error.Message, StringComparison.Ordinal);
        Assert.Contains("Handoff: staff run Alma's classic page 'Purge User Records'", error.Message, StringComparison.Ordinal);
        Assert.Contains("needs a purge group. Here: possible, where somebody may open Admin > User Management", error.Message, StringComparison.Ordinal);
        Assert.Contains("Give one of them as -Route", error.NextStep, StringComparison.Ordinal);
        Assert.Empty(world.Writes);
    }

    [Fact]
    public async Task Without_a_connection_nothing_is_known()
    {
        AlmaPurgeException error = await RouteChoice.MissingAsync(null, default);

        Assert.Equal(3, error.Message.Split("not known, there is no connection to ask Alma").Length);
    }

    [Fact]
    public async Task Real_institution_needs_a_template_for_the_job()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        using AlmaSession real = await PurgeWorld.ConnectAsync(world.Simulator, world.Time, simulated: false);

        Assert.Contains("possible with -JobTemplate, the job is M973", (await RouteChoice.MissingAsync(real, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_that_Alma_does_not_offer_is_not_possible()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Line.Change = (_, text) => text.Replace("\"Purge Users\"", "\"Purge Items\"", StringComparison.Ordinal);

        Assert.Contains("not possible, Alma offers no such job to this key", (await RouteChoice.MissingAsync(world.Session, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_jobs_of_the_same_name_are_told()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Line.Change = (_, text) => text.Replace("\"Update/Notify Users\"", "\"Purge Users\"", StringComparison.Ordinal);

        Assert.Contains("Here: not possible: Alma has several jobs named", (await RouteChoice.MissingAsync(world.Session, default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FORBIDDEN", 403, "not possible with this key, which lacks the area")]
    [InlineData("UNAUTHORIZED", 400, "not possible with this key, which lacks the area")]
    [InlineData("60999", 400, "not known, Alma gave no answer (Refused)")]
    public async Task Area_that_cannot_be_read_is_told_for_each_route(string code, int status, string words)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Line.Answer = _ => InterceptingHandler.Error(code, status: status);

        Assert.Equal(3, (await RouteChoice.MissingAsync(world.Session, default)).Message.Split(words).Length);
    }

    [Fact]
    public void Each_policy_has_its_label_and_what_it_leaves()
    {
        AlmaDeleteUserPolicy[] all = Enum.GetValues<AlmaDeleteUserPolicy>();

        Assert.Equal(
            ["Fully remove", "Keep fully reportable", "Keep statistics", "Keep statistics and remove primary ID"],
            all.Select(DeleteUserPolicies.Label).Order(StringComparer.Ordinal));
        Assert.Contains("status becomes Deleted", DeleteUserPolicies.Effect(AlmaDeleteUserPolicy.KeepFullyReportable), StringComparison.Ordinal);
        Assert.Contains("moves into the last name", DeleteUserPolicies.Effect(AlmaDeleteUserPolicy.KeepStatistics), StringComparison.Ordinal);
        Assert.Contains("an internal id takes the place", DeleteUserPolicies.Effect(AlmaDeleteUserPolicy.KeepStatisticsRemoveId), StringComparison.Ordinal);
        Assert.Contains("nothing stays", DeleteUserPolicies.Effect(all.Single(p => DeleteUserPolicies.Label(p) == "Fully remove")), StringComparison.Ordinal);
        AlmaPurgeException missing = DeleteUserPolicies.Missing("run-1");
        Assert.Equal("run-1", missing.Target);
        Assert.Contains("cannot be read through Alma's API", missing.Message, StringComparison.Ordinal);
    }
}
