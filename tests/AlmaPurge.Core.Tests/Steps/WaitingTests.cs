using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps.Handoff;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>How often Alma is asked while a step waits, and when it has waited long enough.</summary>
public sealed class WaitingTests
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Busy_Alma_is_asked_at_growing_distances_and_given_up_after_the_connections_patience()
    {
        using PurgeWorld world = await PurgeWorld.SafeJumpingAsync(3);
        await world.MarkedAsync();
        List<DateTimeOffset> attempts = [];
        world.Line.Answer = request =>
        {
            if (!request.RequestUri!.Query.Contains("op=run", StringComparison.Ordinal))
            {
                return null;
            }

            attempts.Add(world.Time.GetUtcNow());
            return InterceptingHandler.Error("402223", "started too often");
        };

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("PurgeJobBusy", () => world.PurgeAsync(
            options: world.PurgeOptions() with { WhenBusy = AlmaWhenBusy.Wait }));

        // The looks in between take seconds of this clock.
        int[] minutes = [.. attempts.Zip(attempts.Skip(1), (a, b) => (int)(b - a).TotalMinutes)];
        Assert.Equal([1, 2, 4], minutes[..3]);
        Assert.All(minutes[3..], m => Assert.Equal(6, m));
        Assert.InRange((attempts[^1] - attempts[0]).TotalMinutes, 120, 127);
        Assert.Equal(
            $"Alma does not start the purge job of the run {world.Run.RunId} now, it was started too often within the last hour "
                + "(402223: started too often). Nothing was started. It was waited for as long as the connection's patience goes. "
                + "Look under Monitor Jobs what is in the way, then repeat the step.",
            error.Message);
        Assert.Contains("Alma does not start the job now (402223: started too often); attempt 2 was refused.", world.Reporter.Details);
        DateTimeOffset next = attempts[0].AddMinutes(1);
        Assert.Contains(world.Reporter.AllProgress, p => p.Status
            == FormattableString.Invariant($"it was started too often within the last hour (402223); next attempt at {next:HH:mm:ss} UTC, everybody is looked at before"));
        Assert.Null(world.Run.Document.Purge);
        Assert.Empty(world.Purged);
    }

    [Theory]
    [InlineData("402222", "now, as many jobs as may be started through the API are running (402222: busy). Nothing was started.")]
    [InlineData("60347", "now, another job that is running is in the way (60347: busy). Nothing was started.")]
    public async Task Busy_Alma_is_told_with_what_is_in_the_way(string code, string words)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        world.Line.Answer = request => request.RequestUri!.Query.Contains("op=run", StringComparison.Ordinal)
            ? InterceptingHandler.Error(code, "busy")
            : null;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("PurgeJobBusy", () => world.PurgeAsync());

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Repeat the step later, or give -WhenBusy Wait to have it wait.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_are_waited_for_with_growing_patience_and_the_end_is_believed_after_twenty_still_looks()
    {
        using PurgeWorld world = await PurgeWorld.SafeJumpingAsync(4);
        world.Simulator.UpdateUser("p003", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.MarkedAsync();
        await world.HandOverAsync();
        world.AddPatron("stranger", u => u with { UserGroup = PurgeWorld.PurgeGroup });
        int before = world.Jumps!.Waits.Count;
        int waits = 0;
        world.Line.Before = request =>
        {
            // Run during the look after the seventh wait.
            if (world.Jumps.Waits.Skip(before).Count(w => w >= s_poll) == 7 && waits++ == 0)
            {
                world.StaffPurge();
            }
        };

        AlmaPurgeJob done = await world.PurgeStep().WaitAsync(default);

        Assert.Equal("STEADY", done.Status);
        double[] polls = [.. world.Jumps.Waits.Skip(before).Where(w => w >= s_poll).Select(w => w / s_poll)];
        Assert.Equal([2, 4, 8, 16, 20, 20, 20, .. Enumerable.Repeat(1.0, 21)], polls);
        Assert.Equal(["0 gone, 4 still in the purge group", "3 gone, 1 still in the purge group"], world.Reporter.AllProgress
            .Where(p => p.Activity == "Waiting for staff to run Purge User Records").Select(p => p.Status).Distinct());
        Assert.Single(world.Reporter.Warnings, w => w.StartsWith("1 user(s) who are not of this run are in its purge group", StringComparison.Ordinal));
    }
}
