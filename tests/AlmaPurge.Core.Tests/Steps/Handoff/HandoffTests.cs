using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps.Handoff;

/// <summary>The purge that staff run on the classic page: handed over, watched, verified, given up.</summary>
public sealed class HandoffTests
{
    [Fact]
    public async Task Staff_who_do_what_is_written_purge_everybody_and_nobody_else()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        world.AddPatron("other", s => s with { UserGroup = "GRAD", PurgeDate = world.PurgeDate });

        AlmaPurgeJob job = await world.HandOverAsync();

        Assert.Equal(("HANDED_OVER", false, 60, null), (job.Status, job.IsFinished, job.PatronCount, job.JobId));
        Assert.Equal(AlmaPurgeRunState.HandedOver, world.State());
        Assert.Contains("Wait-AlmaJob", world.Run.ToModel().NextStep, StringComparison.Ordinal);
        world.StaffPurge();
        AlmaPurgeJob done = await world.PurgeStep().WaitAsync(default);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(("DONE", true), (done.Status, done.IsFinished));
        Assert.Equal(60, results.Count);
        Assert.All(results, r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
        Assert.Empty(world.Reporter.Problems);
        Assert.DoesNotContain(world.Reporter.Warnings, w => w.Contains("not of this run", StringComparison.Ordinal));
        Assert.All(world.Simulator.Purged, p => Assert.Equal(PurgeWay.ClassicPage, p.Way));
        Assert.False(world.Simulator.FindUser("other")!.IsDeleted);
        Assert.Equal(AlmaPurgeRunState.Verified, world.State());
    }

    [Fact]
    public async Task Nothing_is_sent_but_what_settles_those_who_stay()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        int writes = world.Writes.Count();

        await world.HandOverAsync();

        Assert.Equal(writes, world.Writes.Count());
        Assert.Contains(world.Run.Journal.Lines, l => l.Action == "HandedOver" && (int)l.Data!["patronCount"]! == 60);
    }

    [Fact]
    public async Task Paper_has_the_values_in_the_order_of_clicks_and_nobodys_id()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();

        AlmaPurgeJob job = await world.HandOverAsync(world.PurgeOptions(AlmaPurgeRoute.Handoff) with
        {
            DaysAfterPurgeDate = 7, WaiveThreshold = 2.5m,
        });

        string paper = world.Paper();
        Assert.Equal(paper, job.Instructions);
        int last = -1;
        foreach (string part in (string[])[
            "Purge of expired patrons, to be run on", "Simulated Library (01SIM_INST)", "Environment:     Simulated",
            world.Run.RunId, "Written:         ", " UTC", "VALID UNTIL:", "Expected count:  60",
            "After that moment do not run it", "cannot be stopped", " 1. Log in to Alma: Simulated Library, environment Simulated.",
            "\"Keep statistics\". STOP if it is not", "Purge User Records, then Add Job",
            "Number of days after purge date:  7", "User record type:                 Public", "appears only now",
            "(code PURGEUG)", "STOP if there is no user group field", "every user group.", "Waive threshold:                  2.5",
            " 8. Hold the four values against this page once more",
            "Expected: 60 users purged", "More than 60", "Confirm-AlmaPurge"])
        {
            int at = paper.IndexOf(part, last + 1, StringComparison.Ordinal);
            Assert.True(at > last, $"'{part}' is missing, or not after what comes before it:\n{paper}");
            last = at;
        }

        Assert.All(world.Run.Patrons.CandidateIds(), id => Assert.DoesNotContain(id, paper, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whom_Alma_keeps_is_seen_once_nothing_moves_and_told_with_the_way_out()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        world.Simulator.UpdateUser("p030", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.HandOverAsync();
        world.StaffPurge();

        AlmaPurgeJob done = await world.PurgeStep().WaitAsync(default);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(("STEADY", true), (done.Status, done.IsFinished));
        Assert.Contains(world.Reporter.Warnings, w => w.Contains("1 patron(s) are still in the purge group", StringComparison.Ordinal));
        AlmaPurgeResult kept = Assert.Single(results, r => r.Status == AlmaPurgeStatus.Kept);
        Assert.Equal("p030", kept.PrimaryId);
        Assert.Contains("still marked", kept.Detail, StringComparison.Ordinal);
        await world.UndoAsync();
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p030")!.UserGroup);
    }

    [Fact]
    public async Task Wait_tells_how_far_it_is_and_sees_a_lagging_index_through()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(6);
        await world.HandOverAsync();
        int looks = 0;
        world.Line.Before = request =>
        {
            // The page is run after some looks; the index shows those who are gone for some more.
            if (request.RequestUri!.Query.Contains("user_group", StringComparison.Ordinal) && ++looks == 5)
            {
                world.Simulator.SetFaults(["laggingIndex"]);
                world.StaffPurge();
            }
            else if (looks == 15)
            {
                world.Simulator.SetFaults([]);
            }
        };

        AlmaPurgeJob done = await world.PurgeStep().WaitAsync(default);

        Assert.Equal("DONE", done.Status);
        Assert.Equal(6, world.Purged.Count());
        Assert.Contains(world.Reporter.AllProgress, p => p.Status.Contains("0 gone, 6 still", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("another group", 1, "ALUMNI")]
    [InlineData("too many days: nobody", 400, PurgeWorld.PurgeGroup)]
    public async Task Staff_who_choose_other_values_are_noticed(string what, int days, string group)
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        AlmaPurgeJob job = await world.HandOverAsync();
        world.StaffPurge(days, group);
        AlmaPurgeException early = await PurgeWorldSteps.StopsAsync("HandoffNotRun", () => world.VerifyAsync());
        Assert.Contains("is gone: staff have not run the page yet, or with other values.", early.Message, StringComparison.Ordinal);
        Assert.Contains("give it up with Undo-AlmaPurgeDate -HandoffWithdrawn", early.Message, StringComparison.Ordinal);
        HandoffWorld.SetTime(world, job.ValidUntil!.Value.AddMinutes(1));

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("HandoffExpired", () => world.PurgeStep().WaitAsync(default));

        Assert.Equal(
            FormattableString.Invariant($"Nobody of the run {world.Run.RunId} had been purged when the handover ended, at {job.ValidUntil.Value.ToUniversalTime():yyyy-MM-dd HH:mm} UTC: the page was not run, or was run with other values and took others or nobody. ")
                + "Look under Monitor Jobs in Alma. Have it not run any more with these instructions: hand it over anew with Start-AlmaPurgeJob "
                + "-Route Handoff, or give it up with Undo-AlmaPurgeDate -HandoffWithdrawn.",
            error.Message);
        Assert.True(world.Purged.All(id => !world.Run.Patrons.IsCandidate(id)), what);
        Assert.Equal(AlmaPurgeRunState.HandedOver, world.State());
        Assert.All(await world.UndoAsync(withdrawn: true), r => Assert.Equal(AlmaUndoStatus.Restored, r.Status));
        Assert.Equal(AlmaPurgeRunState.Undone, world.State());
    }

    [Fact]
    public async Task Staff_who_choose_no_group_take_others_and_the_run_is_told_as_it_is()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        world.AddPatron("other", s => s with { UserGroup = "GRAD", PurgeDate = world.PurgeDate });
        await world.HandOverAsync();
        world.StaffPurge(group: null);

        await world.PurgeStep().WaitAsync(default);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(61, world.Purged.Count());
        Assert.Equal(60, results.Count(r => r.Status == AlmaPurgeStatus.Purged));
    }

    [Fact]
    public async Task Late_handover_looks_at_everybody_again_and_settles_who_came_back()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        AlmaPurgeJob first = await world.HandOverAsync();
        HandoffWorld.SetTime(world, first.ValidUntil!.Value.AddHours(6));
        world.Simulator.UpdateUser("p030", s => s with { OpenRequests = 1 });
        int looks = world.Simulator.Requests.Count(r => r.Path.Contains("expand=loans", StringComparison.Ordinal));

        AlmaPurgeJob second = await world.HandOverAsync();

        Assert.Equal(60, world.Simulator.Requests.Count(r => r.Path.Contains("expand=loans", StringComparison.Ordinal)) - looks);
        Assert.Equal(59, second.PatronCount);
        Assert.True(second.ValidUntil > first.ValidUntil);
        Assert.Contains("Expected count:  59", world.Paper(), StringComparison.Ordinal);
        Assert.Equal(PurgeWorld.Group, world.Simulator.FindUser("p030")!.UserGroup);
        world.StaffPurge();
        await world.PurgeStep().WaitAsync(default);
        Assert.Equal(59, world.Purged.Count());
        Assert.Single(await world.VerifyAsync(), r => r is { Status: AlmaPurgeStatus.Kept, Rule: "Drifted", PrimaryId: "p030" });
    }

    [Fact]
    public async Task Late_handover_of_a_purge_that_was_run_keeps_nobody_who_is_gone()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        await world.HandOverAsync();
        world.StaffPurge();

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("HandoffUnderWay", () => world.HandOverAsync());

        Assert.StartsWith("60 patron(s) of the run", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Wait for its end with Wait-AlmaJob, then pipe the run to Confirm-AlmaPurge.", error.Message, StringComparison.Ordinal);
        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.All(await world.VerifyAsync(), r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
    }

    [Fact]
    public async Task Page_that_is_run_while_everybody_is_looked_at_again_stops_the_look()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        await world.HandOverAsync();
        bool isRun = false;
        world.Line.Before = request =>
        {
            if (!isRun && request.RequestUri!.PathAndQuery.Contains("expand=loans", StringComparison.Ordinal))
            {
                isRun = true;
                world.StaffPurge();
            }
        };

        await PurgeWorldSteps.StopsAsync("HandoffUnderWay", () => world.HandOverAsync());

        world.Line.Before = null;
        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.Contains("Wait-AlmaJob", world.Run.ToModel().NextStep, StringComparison.Ordinal);
        Assert.All(await world.VerifyAsync(), r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
        Assert.Equal(AlmaPurgeRunState.Verified, world.State());
    }

    [Fact]
    public async Task Somebody_else_in_the_purge_group_is_refused_before_and_warned_of_after()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(6);
        world.AddPatron("stranger", s => s with { UserGroup = PurgeWorld.PurgeGroup });
        await PurgeWorldSteps.StopsAsync("PurgeGroupHoldsOthers", () => world.HandOverAsync());
        Assert.False(File.Exists(Path.Combine(world.Run.Folder!, "handoff.txt")));

        world.Simulator.UpdateUser("stranger", s => s with { UserGroup = "ALUMNI" });
        AlmaPurgeJob job = await world.HandOverAsync();
        world.Simulator.UpdateUser("stranger", s => s with { UserGroup = PurgeWorld.PurgeGroup });
        HandoffWorld.SetTime(world, job.ValidUntil!.Value.AddMinutes(1));
        await PurgeWorldSteps.StopsAsync("HandoffExpired", () => world.PurgeStep().WaitAsync(default));

        Assert.Contains(world.Reporter.Warnings, w => w.Contains("1 user(s) who are not of this run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Patrons_who_keep_their_group_are_never_handed_over()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync(world.MarkOptions() with { PurgeGroup = null });
        int requests = world.Simulator.Requests.Count;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("HandoffNeedsPurgeGroup", () => world.HandOverAsync());

        Assert.Contains("share it with others, so the page would take those too", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Route UserDelete or SetJob", error.Message, StringComparison.Ordinal);
        Assert.Equal(requests, world.Simulator.Requests.Count);
        Assert.Null(world.Run.Document.Purge);
    }

    [Fact]
    public async Task Group_that_the_page_would_not_offer_is_refused()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.Contains("UserRecordTypeUserGroup", StringComparison.Ordinal)
            ? text.Replace("PUBLIC", "STAFF", StringComparison.Ordinal)
            : text;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("PurgeGroupNotForRecordType", () => world.HandOverAsync());

        Assert.Equal(
            "The group PURGEUG is not set up for the user record type Public, so the page does not offer it. "
                + "Allow it under Configuration > User Management > User Record Type/User Groups.",
            error.Message);
    }

    [Fact]
    public async Task Another_route_or_another_value_after_the_handover_is_refused()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        await world.HandOverAsync();

        await PurgeWorldSteps.StopsAsync("PurgeAlreadyStarted", () => world.PurgeAsync(AlmaPurgeRoute.UserDelete));
        await PurgeWorldSteps.StopsAsync("PurgeAlreadyStarted", () => world.HandOverAsync(
            world.PurgeOptions(AlmaPurgeRoute.Handoff) with { WaiveThreshold = 7 }));
    }
}
