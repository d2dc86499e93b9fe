using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Each change of a set has its outcome in the journal, also where Alma refuses it or its answer is lost.</summary>
public sealed class SetWritingTests
{
    [Fact]
    public async Task Set_that_Alma_refuses_to_make_is_refused_in_the_journal_and_can_be_tried_again()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Line.Answer = request => IsCreation(request) ? InterceptingHandler.Error("402263") : null;

        AlmaApiException error = await Assert.ThrowsAsync<AlmaApiException>(() => world.BuildSetAsync());

        Assert.Equal("402263", error.AlmaCode);
        JournalLine outcome = world.Run.Journal.Lines[^1];
        Assert.Equal(("CreateSet", "refused", "402263"), (outcome.Action, outcome.Result, (string?)outcome.Data!["code"]));
        world.Line.Answer = null;
        Assert.Equal(3, (await world.BuildSetAsync()).MemberCount);
    }

    [Fact]
    public async Task Set_whose_making_is_lost_is_found_by_its_name()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3, "dropAcceptedPost@1");

        AlmaUserSet set = await world.BuildSetAsync();

        JournalLine outcome = Assert.Single(world.Run.Journal.Lines, l => l is { Action: "CreateSet", Of: not null });
        Assert.Equal(("done", set.SetId, true), (outcome.Result, (string?)outcome.Data!["setId"], (bool?)outcome.Data["settledByLooking"]));
    }

    [Fact]
    public async Task Set_that_left_no_trace_is_in_doubt_until_it_must_have_arrived()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        world.Line.Answer = request => IsCreation(request) ? throw new HttpRequestException("The connection was closed.") : null;

        AlmaPurgeException error = await PurgeWorldSteps.StopsAsync("OutcomeUnknown", () => world.BuildSetAsync());

        Assert.Contains($"the set 'AlmaPurge {world.Run.RunId}' was lost", error.Message, StringComparison.Ordinal);
        Assert.Equal("unknown", world.Run.Journal.Lines[^1].Result);
        string certain = error.NextStep.Split("after ")[1].Split(": it looks")[0];
        DateTimeOffset at = DateTimeOffset.ParseExact(certain, "u", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(at, world.Time.GetUtcNow().AddMinutes(1), world.Time.GetUtcNow().AddMinutes(5));
        world.Line.Answer = null;
        await RefusalTests.StopsBeforeWritingAsync(world, "OutcomeUnknown", () => world.BuildSetAsync());
        world.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(3, (await world.BuildSetAsync()).MemberCount);
        Assert.Single(world.Simulator.Sets);
    }

    [Fact]
    public async Task Adding_whose_answer_is_lost_is_unknown_in_the_journal()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3, "dropAcceptedPost@2");

        Assert.Equal(3, (await world.BuildSetAsync()).MemberCount);

        Assert.Equal("unknown", Assert.Single(world.Run.Journal.Lines, l => l is { Action: "AddMembers", Of: not null }).Result);
    }

    [Theory]
    [InlineData(true, "unknown")]
    [InlineData(false, "refused")]
    public async Task Member_who_cannot_be_taken_out_stops_the_purge(bool isLost, string result)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.MarkedAsync();
        world.Simulator.UpdateUser("p030", s => s with { OpenRequests = 1 });
        world.Line.Answer = request => !request.RequestUri!.Query.Contains("delete_members", StringComparison.Ordinal) ? null
            : isLost ? throw new HttpRequestException("The connection was closed.")
            : InterceptingHandler.Error("60117");

        await Assert.ThrowsAsync<AlmaApiException>(() => world.PurgeAsync());

        JournalLine outcome = world.Run.Journal.Lines[^1];
        Assert.Equal(("RemoveMembers", result), (outcome.Action, outcome.Result));
        Assert.Empty(world.Purged);
        world.Line.Answer = null;
        await world.PurgeAsync();
        Assert.Equal(59, world.Purged.Count());
    }

    [Theory]
    [InlineData("silentInvalidIds", "Alma did not take the id into the set")]
    [InlineData("duplicateMembers:1", "Alma refused the id for the set (60120)")]
    public async Task Patron_whom_the_set_does_not_take_is_kept_with_the_reason(string fault, string evidence)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60, fault);
        await world.CheckAsync();
        world.Simulator.UpdateUser("p010", s => s with { PrimaryId = "renamed10" });

        await world.BuildSetAsync();

        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(("p010", evidence), (exclusion.PrimaryId, exclusion.Evidence));
        Assert.Equal(
            fault == "silentInvalidIds",
            world.Reporter.Warnings.Contains("Alma did not take 'p010' into the set; the patron is kept."));
    }

    private static bool IsCreation(HttpRequestMessage request) => request.Method == HttpMethod.Post
        && request.RequestUri!.AbsolutePath.EndsWith("/conf/sets", StringComparison.Ordinal);
}
