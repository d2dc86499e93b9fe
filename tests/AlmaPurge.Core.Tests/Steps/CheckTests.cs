using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The live check of each patron.</summary>
public sealed class CheckTests
{
    [Fact]
    public async Task Only_reads_and_keeps_the_order_of_the_import()
    {
        using PurgeWorld world = await PurgeWorld.GeneratedAsync(150);
        string[] reversed = [.. world.Run.Patrons.CandidateIds().Reverse()];
        world.Propose(reversed);

        List<string> passed = await world.CheckAsync();

        HashSet<string> may = [.. world.Simulator.PurgeableFor(PurgeWorld.Group, world.Cutoff)];
        Assert.Equal(reversed.Where(may.Contains), passed);
        Assert.Empty(world.Writes);
        Assert.Equal(AlmaPurgeRunState.Checked, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Fee_lists_are_read_only_for_those_who_pass_everything_else()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Simulator.UpdateUser("p001", s => s with { OpenLoans = 1 });

        await world.CheckAsync();

        IEnumerable<string> feeCalls = world.Simulator.Requests
            .Select(r => r.Path).Where(p => p.Contains("/fees", StringComparison.Ordinal));
        Assert.Equal(3, feeCalls.Count());
        Assert.All(feeCalls, p => Assert.Contains("/p002/", p, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AlmaFeeCheck.Full, 0)]
    [InlineData(AlmaFeeCheck.Balance, 1)]
    public async Task Disputed_fees_are_seen_unless_the_operator_said_not_to_look(AlmaFeeCheck feeCheck, int passed)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Simulator.UpdateUser("p001", s => s with { Fees = [new SimulatedFee("OVERDUEFINE", "INDISPUTE", 5m, 5m)] });
        world.Propose(["p001"], world.Criteria() with { FeeCheck = feeCheck });

        Assert.Equal(passed, (await world.CheckAsync()).Count);
    }

    [Fact]
    public async Task Before_image_is_what_the_record_said_before_the_marking()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        DateOnly purgeDate = new(2031, 2, 3);
        world.Simulator.UpdateUser("p001", s => s with { PurgeDate = purgeDate, Status = "INACTIVE" });
        await world.MarkedAsync();
        world.Time.Advance(TimeSpan.FromDays(2));
        await world.PurgeStep().PlanAsync(world.PurgeOptions(), default);

        Assert.True(world.Run.Patrons.TryGetCheck("p001", out LiveCheck? check));

        Assert.Equal((PurgeWorld.Group, purgeDate, "Inactive"), (check.Before.UserGroup, check.Before.PurgeDate, check.Before.Status));
        Assert.Equal("200", check.Before.Roles);
        Assert.True(check.CheckedAt > world.Time.GetUtcNow().AddHours(-1));
    }

    [Theory]
    [InlineData(23, 0)]
    [InlineData(25, 3)]
    public async Task Check_counts_for_a_day(int hours, int readAgain)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.CheckAsync();
        int before = LiveReads(world);
        world.Time.Advance(TimeSpan.FromHours(hours));

        await world.BuildSetAsync();

        Assert.Equal(readAgain, LiveReads(world) - before);
    }

    [Fact]
    public async Task Patron_who_changed_since_a_check_that_has_aged_is_kept_out_of_the_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.CheckAsync();
        world.Simulator.UpdateUser("p002", s => s with { OpenRequests = 2 });
        world.Time.Advance(TimeSpan.FromHours(25));

        AlmaUserSet set = await world.BuildSetAsync();

        Assert.Equal(2, set.MemberCount);
        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(("p002", "OpenRequests", "2 open request(s)"), (exclusion.PrimaryId, exclusion.Rule, exclusion.Evidence));
    }

    [Fact]
    public async Task Patron_of_whom_Alma_does_not_answer_is_kept_and_the_others_are_checked()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        world.Line.Answer = request => request.RequestUri!.AbsolutePath.EndsWith("/p015", StringComparison.Ordinal)
            ? InterceptingHandler.Error("401999")
            : null;

        Assert.Equal(29, (await world.CheckAsync()).Count);

        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(("p015", "CheckFailed"), (exclusion.PrimaryId, exclusion.Rule));
        Assert.Contains("401999", exclusion.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UNAUTHORIZED", 401)]
    [InlineData("DAILY_THRESHOLD", 429)]
    public async Task Trouble_that_concerns_everybody_stops_the_check_and_keeps_nobody(string code, int status)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(30);
        world.Line.Answer = request => request.RequestUri!.AbsolutePath.EndsWith("/p015", StringComparison.Ordinal)
            ? InterceptingHandler.Error(code, status: status)
            : null;

        await Assert.ThrowsAsync<Core.Alma.AlmaApiException>(() => world.CheckAsync());

        Assert.Empty(world.Run.Patrons.Exclusions());
        Assert.Equal(AlmaPurgeRunState.Partial, RunView.StateOf(world.Run));
    }

    [Fact]
    public async Task Whoever_reads_only_the_first_leaves_a_run_that_can_go_on()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(200);
        List<string> first = [];
        await foreach (AlmaPurgeCandidate candidate in world.CheckStep().RunAsync(PurgeWorldSteps.Stream(world.Run), default))
        {
            first.Add(candidate.PrimaryId);
            if (first.Count == 3)
            {
                break;
            }
        }

        int readAtTheEnd = LiveReads(world);
        AlmaUserSet set = await world.BuildSetAsync([.. first]);

        Assert.InRange(readAtTheEnd, 3, 150);
        Assert.Equal(3, set.MemberCount);
        Assert.Equal(197, world.Run.Patrons.Exclusions().Count(e => e.Rule == "NotPassedOn"));
        Assert.Equal(AlmaPurgeRunState.SetBuilt, RunView.StateOf(world.Run));
    }

    private static int LiveReads(PurgeWorld world) =>
        world.Simulator.Requests.Count(r => r.Path.Contains("expand=loans", StringComparison.Ordinal));
}
