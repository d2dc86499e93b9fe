using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Handoff;

/// <summary>Until when a handover is valid, and how it is given up.</summary>
public sealed class HandoffEndTests
{
    /// <summary>The schedule of the profile, and the hour of the day, from noon on, at which the handover ends.</summary>
    public static TheoryData<string, double> Schedules => new()
    {
        { "Every day at 01:00", 13 },
        { "Every day at 18:30", 6.5 },
        { "Every day at 6:15 PM", 6.25 },
        { "daily 12:05 am, 04:00", 12 + (5 / 60.0) },
        { "Weekly on Sunday at 23:00:00", 11 },
        { "daily 12:30 PM", 0.5 },
        { "when the moon is full", 12 },
        { "", 12 },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public async Task It_ends_before_the_next_load(string schedule, double hours)
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        Profile(world, text => text.Replace("Every day at 01:00", schedule, StringComparison.Ordinal));

        AlmaPurgeJob job = await world.HandOverAsync();

        Assert.Equal(Noon(world).AddHours(hours), job.ValidUntil!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task It_ends_with_the_age_of_the_checks_where_that_is_earlier()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);

        AlmaPurgeJob job = await world.HandOverAsync(
            world.PurgeOptions(AlmaPurgeRoute.Handoff) with { MaximumCheckAge = TimeSpan.FromHours(4) });

        Assert.InRange(job.ValidUntil!.Value, world.Time.GetUtcNow().AddHours(3.9), world.Time.GetUtcNow().AddHours(4));
        Assert.Contains("looked at 4 hours before", world.Paper(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FALSE")]
    [InlineData("Inactive")]
    public async Task Profile_that_loads_nobody_does_not_end_it(string off)
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        Profile(world, text => text.Replace("\"true\"", $"\"{off}\"", StringComparison.Ordinal));

        AlmaPurgeJob job = await world.HandOverAsync();

        Assert.True(job.ValidUntil > world.Time.GetUtcNow().AddHours(23.5));
    }

    /// <summary>
    /// Hours that the session's clock is ahead of Greenwich, and hours from noon in Greenwich to the end: one at night is that
    /// of the place where night comes first.
    /// </summary>
    [Theory]
    [InlineData(3, 10)]
    [InlineData(-3, 13)]
    public async Task Zone_of_a_load_is_not_known_so_the_earlier_one_counts(int ahead, double hours)
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        world.Time.Zone = TimeZoneInfo.CreateCustomTimeZone("elsewhere", TimeSpan.FromHours(ahead), null, null);

        AlmaPurgeJob job = await world.HandOverAsync();

        Assert.Equal(Noon(world).AddHours(hours), job.ValidUntil!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Import_that_is_switched_on_counts_as_the_synchronizing_does()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        Profile(world, text => text.Replace("\"false\"", "\"true\"", StringComparison.Ordinal));

        AlmaPurgeJob job = await world.HandOverAsync();

        // It has no schedule that can be read: it may be in the coming night.
        Assert.Equal(Noon(world).AddHours(12), job.ValidUntil!.Value, TimeSpan.FromSeconds(1));
        Assert.Contains("is not known, so it may be in the coming night", world.Paper(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_whose_calls_are_used_up_hands_nothing_over()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        world.Line.Answer = request => request.RequestUri!.AbsolutePath.Contains("integration-profiles", StringComparison.Ordinal)
            ? InterceptingHandler.Error("DAILY_THRESHOLD", status: 429)
            : null;

        AlmaApiException error = await Assert.ThrowsAsync<AlmaApiException>(() => world.HandOverAsync());

        Assert.Equal(AlmaErrorKind.DailyLimit, error.Kind);
        Assert.Null(world.Run.Document.Purge);
        Assert.False(File.Exists(Path.Combine(world.Run.Folder!, "handoff.txt")));
    }

    [Fact]
    public async Task Where_profiles_cannot_be_read_it_ends_with_the_day()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(3);
        world.Line.Answer = request => request.RequestUri!.AbsolutePath.Contains("integration-profiles", StringComparison.Ordinal)
            ? InterceptingHandler.Error("UNAUTHORIZED", status: 403)
            : null;

        AlmaPurgeJob job = await world.HandOverAsync();

        Assert.Equal(new DateTimeOffset(world.Time.GetUtcNow().Date.AddDays(1), TimeSpan.Zero), job.ValidUntil!.Value);
        Assert.Contains("is not known", world.Paper(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_wants_somebodys_word_that_it_is_not_run()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        await world.HandOverAsync();

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("HandedOver", () => world.UndoAsync());

        Assert.Contains("at any moment", error.Message, StringComparison.Ordinal);
        Assert.Contains("-HandoffWithdrawn", error.Message, StringComparison.Ordinal);
        Assert.All(world.Simulator.Users.Where(u => u.PrimaryId != "canary"), u => Assert.Equal(PurgeWorld.PurgeGroup, u.UserGroup));

        Assert.All(await world.UndoAsync(withdrawn: true), r => Assert.Equal(AlmaUndoStatus.Restored, r.Status));
        Assert.All(world.Simulator.Users, u => Assert.Equal(PurgeWorld.Group, u.UserGroup));
        Assert.Equal(AlmaPurgeRunState.Undone, world.State());
        Assert.StartsWith("WITHDRAWN on ", world.Paper(), StringComparison.Ordinal);
        Assert.Contains("Do not run this purge.", world.Paper(), StringComparison.Ordinal);
        Assert.Contains(" 4. Number of days", world.Paper(), StringComparison.Ordinal);
        Assert.Equal(("WITHDRAWN", true), (world.Run.Document.Purge!.Status, world.Run.Document.Purge.IsFinished));
        Assert.Contains(world.Run.Journal.Lines, l => l.Action == "HandoffWithdrawn");

        // Staff who run it all the same take nobody.
        world.StaffPurge();
        Assert.Empty(world.Purged);
        Assert.All(await world.VerifyAsync(), r => Assert.Equal(AlmaPurgeStatus.Kept, r.Status));
    }

    [Fact]
    public async Task Undo_while_it_runs_is_refused_whatever_is_said()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync();
        await world.HandOverAsync();
        world.Simulator.UpdateUser("p001", s => s with { HiddenBlocker = "is locked by a running job" });
        world.StaffPurge();

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("PurgeStillRunning", () => world.UndoAsync(withdrawn: true));
        Assert.Equal(
            "59 of 60 patrons are gone and 1 are still in the purge group: the purge that staff run may not be at its end. "
                + "Wait with Wait-AlmaJob, which sees when nothing moves any more.",
            error.Message);
        await PurgeWorldSteps.StopsAsync("PurgeStillRunning", () => world.VerifyAsync());
        await world.PurgeStep().WaitAsync(default);

        Assert.Equal(59, (await world.UndoAsync()).Count(r => r.Status == AlmaUndoStatus.Gone));
    }

    [Fact]
    public async Task Undo_after_its_end_needs_nobodys_word()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(6);
        await world.HandOverAsync();
        world.StaffPurge();

        Assert.All(await world.UndoAsync(), r => Assert.Equal(AlmaUndoStatus.Gone, r.Status));

        PurgeEntry purge = world.Run.Document.Purge!;
        Assert.Equal(("DONE", true), (purge.Status, purge.IsFinished));
        Assert.DoesNotContain("WITHDRAWN", world.Paper(), StringComparison.Ordinal);
        Assert.All(await world.VerifyAsync(), r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_at_which_somebody_has_left_the_group_is_not_taken_for_done(bool isUndone)
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(6);
        await world.HandOverAsync();
        world.Simulator.StudentLoad(["p001"]);
        world.StaffPurge();

        if (isUndone)
        {
            Assert.Equal(5, (await world.UndoAsync()).Count(r => r.Status == AlmaUndoStatus.Gone));
        }
        else
        {
            Assert.Single(await world.VerifyAsync(), r => r is { Status: AlmaPurgeStatus.Kept, PrimaryId: "p001" });
        }

        Assert.Equal(("STEADY", true), (world.Run.Document.Purge!.Status, world.Run.Document.Purge.IsFinished));
    }

    [Fact]
    public async Task Index_that_lags_does_not_hide_that_it_was_run()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(6);
        await world.HandOverAsync();
        world.Simulator.SetFaults(["laggingIndex"]);
        world.StaffPurge();

        Assert.All(await world.VerifyAsync(), r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
    }

    [Fact]
    public async Task Load_that_takes_everybody_out_of_the_group_is_no_purge()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(6);
        await world.HandOverAsync();
        world.Simulator.StudentLoad(world.Run.Patrons.CandidateIds());

        AlmaPurgeJob done = await world.PurgeStep().WaitAsync(default);

        Assert.Equal("STEADY", done.Status);
        Assert.All(await world.VerifyAsync(), r => Assert.Equal(AlmaPurgeStatus.Kept, r.Status));
    }

    [Fact]
    public async Task Another_process_takes_the_handover_up()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(6);
        await world.HandOverAsync();
        world.StaffPurge();
        using TestFolder folder = new();
        PurgeRun other = RunCopy.Open(world.Run, folder, world.Time);

        AlmaPurgeJob done = await world.PurgeStep(other).WaitAsync(default);

        Assert.Equal(("DONE", AlmaPurgeRoute.Handoff), (done.Status, done.Route));
        Assert.NotNull(done.Instructions);
        Assert.All(await world.VerifyAsync(run: other), r => Assert.Equal(AlmaPurgeStatus.Purged, r.Status));
    }

    [Fact]
    public async Task Preview_hands_nothing_over()
    {
        using PurgeWorld world = await HandoffWorld.MarkedAtNoonAsync(6);
        PurgeRun preview = world.Run.ToPreview();
        PurgePlan plan = await world.PurgeStep(preview).PlanAsync(world.PurgeOptions(AlmaPurgeRoute.Handoff), default);

        AlmaPurgeJob job = world.PurgeStep(preview).Preview(plan);

        Assert.StartsWith("Hand over to staff: they purge 6 patrons for good", plan.Description, StringComparison.Ordinal);
        Assert.Equal(("Preview", null, null), (job.Status, job.ValidUntil, job.Instructions));
        Assert.Null(world.Run.Document.Purge);
        Assert.False(File.Exists(Path.Combine(world.Run.Folder!, "handoff.txt")));
    }

    private static DateTimeOffset Noon(PurgeWorld world) => new(world.Time.GetUtcNow().Date.AddHours(12), TimeSpan.Zero);

    private static void Profile(PurgeWorld world, Func<string, string> change) => world.Line.Change = (request, text) =>
        request.RequestUri!.AbsolutePath.Contains("integration-profiles", StringComparison.Ordinal) ? change(text) : text;
}
