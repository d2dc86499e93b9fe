namespace AlmaPurge.Core.Tests.Steps;

/// <summary>Answers that are lost after Alma took the request, or before.</summary>
public sealed class LostAnswerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Lost_answer_is_settled_by_looking_and_nothing_is_sent_twice(int post)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20, FormattableString.Invariant($"dropAcceptedPost@{post}"));

        await world.MarkedAsync();
        await world.PurgeAsync();
        await world.VerifyAsync();

        Assert.Equal(20, world.Purged.Count());
        Assert.Equal(4, world.Writes.Count());
        Assert.Single(world.Simulator.Sets);
        Assert.Equal(2, world.Simulator.JobRuns.Count);
        Assert.All(world.Run.Journal.Lines.Where(l => l.Kind == "intent"), intent =>
            Assert.Single(world.Run.Journal.Lines, l => l.Of == intent.Number && l.Result != "unknown"));
    }

    [Fact]
    public async Task Purge_start_that_cannot_be_found_again_is_never_repeated()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        DropPurgeStart(world, reaches: false);

        await PurgeWorldSteps.StopsAsync("OutcomeUnknown", () => world.PurgeAsync());
        world.Line.Answer = null;
        await RefusalTests.StopsBeforeWritingAsync(world, "OutcomeUnknown", () => world.PurgeAsync());

        Assert.Empty(world.Purged);
    }

    [Fact]
    public async Task Purge_start_that_turns_up_later_is_taken_over()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        DropPurgeStart(world, reaches: true);
        await PurgeWorldSteps.StopsAsync("OutcomeUnknown", () => world.PurgeAsync());
        world.Line.Answer = null;
        world.Line.Change = null;

        int writes = world.Writes.Count();
        AlmaPurgeJob job = await world.PurgeAsync();
        Assert.Equal(writes, world.Writes.Count());
        Assert.Equal(world.Simulator.JobRuns[1].Id, job.InstanceId);
        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal(20, results.Count(r => r.Status == AlmaPurgeStatus.Purged));
        Assert.Equal(2, world.Simulator.JobRuns.Count);
    }

    [Fact]
    public async Task Purge_start_without_a_trace_counts_as_never_arrived_once_it_must_have()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        await world.MarkedAsync();
        DropPurgeStart(world, reaches: false);
        await PurgeWorldSteps.StopsAsync("OutcomeUnknown", () => world.PurgeAsync());
        world.Line.Answer = null;
        await RefusalTests.StopsBeforeWritingAsync(world, "OutcomeUnknown", () => world.PurgeAsync());
        world.Time.Advance(TimeSpan.FromMinutes(6));

        await world.PurgeAsync();

        Assert.Equal(20, world.Purged.Count());
        Assert.Equal(["notDone", "done"], world.Run.Journal.Lines
            .Where(l => l is { Action: "RunPurgeJob", Of: not null, Result: not "unknown" }).Select(l => l.Result));
    }

    private static void DropPurgeStart(PurgeWorld world, bool reaches)
    {
        world.Line.Answer = request => !reaches && IsPurgeStart(request)
            ? throw new HttpRequestException("The connection was closed.")
            : null;
        world.Line.Change = (request, text) => true switch
        {
            _ when reaches && IsPurgeStart(request) => throw new HttpRequestException("The connection was closed."),
            _ when reaches && request.RequestUri!.AbsolutePath.EndsWith("M973/instances", StringComparison.Ordinal) =>
                """{"total_record_count":0}""",
            _ => text,
        };
    }

    private static bool IsPurgeStart(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("M973", StringComparison.Ordinal);
}
