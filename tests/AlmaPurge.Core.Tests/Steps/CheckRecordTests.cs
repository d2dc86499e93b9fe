using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What the live check leaves behind: before-images, words on those who stay, and nothing lost in a crash.</summary>
public sealed class CheckRecordTests
{
    [Fact]
    public async Task Fields_that_Alma_leaves_out_are_empty_in_the_before_image()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Line.Change = (request, text) =>
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith("/users/p001", StringComparison.Ordinal))
            {
                return text;
            }

            JObject user = JObject.Parse(text);
            user.Remove("user_block");
            user.Remove("account_type");
            return user.ToString();
        };

        Assert.Equal(["p001"], await world.CheckAsync());

        Assert.True(world.Run.Patrons.TryGetCheck("p001", out LiveCheck? check));
        Assert.Equal(("", ""), (check.Before.Blocks, check.Before.AccountType));
    }

    [Fact]
    public async Task Check_that_is_repeated_before_the_marking_makes_a_new_image_and_after_it_keeps_the_old_one()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.CheckAsync();
        world.Simulator.UpdateUser("p001", s => s with { Status = "INACTIVE" });
        await world.MarkedAsync();
        world.Time.Advance(TimeSpan.FromDays(2));

        await world.CheckAsync();

        Assert.True(world.Run.Patrons.TryGetCheck("p001", out LiveCheck? check));
        Assert.Equal((PurgeWorld.Group, null, "Inactive"), (check.Before.UserGroup, check.Before.PurgeDate, check.Before.Status));
        Assert.True(check.CheckedAt > world.Time.GetUtcNow().AddHours(-1));
    }

    [Fact]
    public async Task Those_who_stay_are_counted_and_named_as_the_check_goes()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Simulator.UpdateUser("p002", s => s with { OpenLoans = 1, OpenRequests = 1 });

        await world.CheckAsync();

        Assert.Equal(new StepProgress("Checking patrons in Alma", "1 kept so far", 3, 3), world.Reporter.AllProgress[^1]);
        Assert.Contains("p002 stays: OpenLoans, OpenRequests", world.Reporter.Details);
    }

    [Fact]
    public async Task Checks_that_are_made_anew_are_announced_and_after_the_purge_there_are_none()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.BuildSetAsync();
        await world.MarkAsync();
        await world.PurgeAsync();

        Assert.Contains("3 patrons have no live check younger than 24 hours; checking them now.", world.Reporter.Details);
        Assert.Equal(3, (await world.CheckAsync()).Count);
        Assert.Contains(
            world.Reporter.Warnings,
            w => w.StartsWith($"A purge of the run {world.Run.RunId} was started, so nobody is checked again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public async Task Ten_failures_in_a_row_stop_the_check(int failures, bool stops)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(12);
        string[] failing = [.. world.Run.Patrons.CandidateIds().Take(failures)];
        world.Line.Answer = request => failing.Contains(request.RequestUri!.Segments[^1]) ? InterceptingHandler.Error("401999") : null;

        Exception? stop = await Record.ExceptionAsync(() => world.CheckAsync());

        Assert.Equal(stops, stop is AlmaApiException);
        Assert.Equal(stops, stop is not null);
    }

    [Fact]
    public async Task What_was_checked_is_on_disk_before_the_check_has_ended()
    {
        using PurgeWorld world = await PurgeWorld.JumpingAsync();
        string file = Path.Combine(world.Run.Folder!, "candidates.csv");
        bool isOnDisk = false;
        int asked = 0;
        world.Line.Before = request =>
        {
            if (request.RequestUri!.Query.Contains("expand=loans", StringComparison.Ordinal))
            {
                world.Time.Advance(TimeSpan.FromSeconds(1));
                asked++;
                isOnDisk = asked == 100 ? File.ReadAllText(file).Contains(PurgeWorld.Group, StringComparison.Ordinal) : isOnDisk;
            }
        };

        await world.CheckAsync();

        Assert.True(isOnDisk);
    }
}
