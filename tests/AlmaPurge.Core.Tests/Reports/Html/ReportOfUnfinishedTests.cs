using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps;
using AlmaPurge.Core.Tests.Steps.Handoff;

namespace AlmaPurge.Core.Tests.Reports.Html;

/// <summary>A report of a run that is not at its end never says more than was looked up.</summary>
public sealed class ReportOfUnfinishedTests
{
    private const string NotProven = "this report does not say that anybody is purged";

    [Fact]
    public async Task Before_the_marking_nobody_is_marked_or_purged()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        ReportedPage imported = ReportedPage.Of(world.Run);
        world.Simulator.UpdateUser("p002", s => s with { OpenLoans = 1 });
        await world.CheckAsync();
        ReportedPage @checked = ReportedPage.Of(world.Run);
        await world.BuildSetAsync();
        ReportedPage built = ReportedPage.Of(world.Run);

        Assert.All([imported, @checked, built], p => Assert.Contains("Nobody is marked or purged by this run.", p.Summary, StringComparison.Ordinal));
        Assert.All([imported, @checked, built], p => Assert.EndsWith("The run is not at its end.", p.Summary, StringComparison.Ordinal));
        Assert.All(imported.Patrons, p => Assert.Equal(("Not purged", "not checked live"), (p[1], p[3])));
        Assert.Contains("There is no journal.", imported.Part("record"), StringComparison.Ordinal);
        Assert.Contains("1 patron was kept back", @checked.Summary, StringComparison.Ordinal);
        Assert.Equal(["p002", "Kept back", "OpenLoans", "1 open loan(s)"], @checked.Patrons[1]);
        Assert.StartsWith("passed the live check at ", @checked.Patrons[0][3], StringComparison.Ordinal);
        Assert.Contains($"3 patrons are in the user set '{world.Run.Document.Set!.Name}'", built.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marked_patrons_are_named_as_not_settled_until_the_undo()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.MarkedAsync();
        ReportedPage marked = ReportedPage.Of(world.Run);
        await world.UndoAsync();
        ReportedPage undone = ReportedPage.Of(world.Run);

        Assert.Contains("4 patrons are marked in Alma", marked.Summary, StringComparison.Ordinal);
        Assert.Contains("No purge was started by this run.", marked.Summary, StringComparison.Ordinal);
        Assert.Contains("Undo-AlmaPurgeDate", Assert.Single(marked.Unsettled), StringComparison.Ordinal);
        Assert.Contains("The marking was taken back by ", undone.Summary, StringComparison.Ordinal);
        Assert.EndsWith("Nothing is left unsettled.", undone.Summary, StringComparison.Ordinal);
        Assert.All(undone.Patrons, p => Assert.Equal("Not purged: marking taken back", p[1]));
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task A_purge_that_nobody_has_looked_up_proves_nothing(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.MarkedAsync();
        await world.PurgeAsync(route);
        ReportedPage page = ReportedPage.Of(world.Run);

        Assert.Contains("A purge of 4 patrons was started on ", page.Summary, StringComparison.Ordinal);
        Assert.Contains(NotProven, page.Summary, StringComparison.Ordinal);
        Assert.All(page.Patrons, p => Assert.Equal("Purge started, not looked up", p[1]));
        Assert.Contains("Confirm-AlmaPurge", Assert.Single(page.Unsettled), StringComparison.Ordinal);
        Assert.Equal("not looked up", page.Beside("Looked up and gone"));
        Assert.Equal("4", page.Table("As Alma reported")[^(route == AlmaPurgeRoute.SetJob ? 2 : 1)][2]);
    }

    [Fact]
    public async Task A_purge_whose_answer_was_lost_is_not_known()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.MarkedAsync();
        world.Run.Journal.Intend("DeleteUser", new { id = "p001" });
        ReportedPage page = ReportedPage.Of(world.Run);

        Assert.Contains("whether any of 4 patrons is purged is not known", page.Summary, StringComparison.Ordinal);
        Assert.Contains(page.Unsettled, u => u.StartsWith("DeleteUser: of 1 request(s)", StringComparison.Ordinal));
        Assert.Equal("1", page.Table("Every change").Single(r => r[0].StartsWith("DeleteUser", StringComparison.Ordinal))[5]);
    }

    [Fact]
    public async Task What_was_looked_up_before_the_undo_counts_no_more()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p002", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.PurgeAsync();
        await world.VerifyAsync();
        await world.UndoAsync();
        ReportedPage between = ReportedPage.Of(world.Run);
        await world.VerifyAsync();
        ReportedPage after = ReportedPage.Of(world.Run);

        Assert.Contains(NotProven, between.Summary, StringComparison.Ordinal);
        Assert.Contains("got their user group and purge date back", between.Summary, StringComparison.Ordinal);
        Assert.All(between.Patrons, p => Assert.Equal("Purge started, not looked up", p[1]));
        Assert.Contains("3 patrons were purged", after.Summary, StringComparison.Ordinal);
        Assert.EndsWith("Nothing is left unsettled.", after.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handover_says_that_nobody_knows_yet_and_its_withdrawal_who_said_so()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(4);
        await world.HandOverAsync();
        ReportedPage handedOver = ReportedPage.Of(world.Run);
        await world.UndoAsync(withdrawn: true);
        ReportedPage withdrawn = ReportedPage.Of(world.Run);

        Assert.Contains($"Whether they have run it was not looked up, so {NotProven}", handedOver.Summary, StringComparison.Ordinal);
        Assert.All(handedOver.Patrons, p => Assert.Equal("Handed over, not looked up", p[1]));
        Assert.Contains("who may run it until", Assert.Single(handedOver.Unsettled), StringComparison.Ordinal);
        Assert.Contains("The marking was taken back", withdrawn.Summary, StringComparison.Ordinal);
        Assert.Empty(withdrawn.Unsettled);
        Assert.Contains("Took the handover back, saying that it was not run", withdrawn.Table("Agreed to").Select(r => r[0]));
    }

    [Fact]
    public async Task A_step_that_never_ended_is_named()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.CheckAsync();
        world.Run.BeginStep(StepNames.BuildSet).Dispose();
        ReportedPage page = ReportedPage.Of(world.Run);

        Assert.Equal("The step BuildSet (New-AlmaUserSet) began and never came to its end.", Assert.Single(page.Unsettled));
        Assert.Equal("did not end", page.Table("Accounts")[^1][3]);
    }

    [Fact]
    public async Task A_preview_is_told_as_one()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.MarkedAsync();
        PurgeStep step = world.PurgeStep(world.Run.ToPreview());
        AlmaPurgeJob job = step.Preview(await step.PlanAsync(world.PurgeOptions(), default));
        ReportedPage page = ReportedPage.Of((PurgeRun)job.Run);

        Assert.Contains("This is a preview: nothing in it was done. 4 patrons would be purged, 0 would be kept.", page.Summary, StringComparison.Ordinal);
        Assert.All(page.Patrons, p => Assert.Equal("Would be purged", p[1]));
        Assert.Empty(page.Table("Every change"));
        Assert.Empty(page.Table("Files of"));
        Assert.Equal("4 patrons", page.Beside("Purge would be for"));
        Assert.DoesNotContain("Purge started", page.Text, StringComparison.Ordinal);
        Assert.Contains("A preview is agreed to by nobody.", page.Part("agreed"), StringComparison.Ordinal);
    }
}
