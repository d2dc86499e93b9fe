using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What does not come out even after a purge is told id by id, and each patron in words.</summary>
public sealed class ReckoningTests
{
    [Fact]
    public async Task Patrons_of_whom_Alma_does_not_tell_are_a_problem_of_their_own()
    {
        using PurgeWorld world = await PurgedAsync(3);
        world.Line.Answer = request => Asks(request, "p002") ? InterceptingHandler.Error("401999") : null;

        List<AlmaPurgeResult> results = await world.VerifyAsync("canary");

        Assert.StartsWith("Alma did not answer for this patron (", results[1].Detail, StringComparison.Ordinal);
        AlmaPurgeException problem = Problem(world, "PatronsUnknown");
        Assert.Contains("1 patron is not told by Alma: p002.", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Run Confirm-AlmaPurge again", problem.NextStep, StringComparison.Ordinal);
        Assert.Equal("Alma no longer knows the user", results[0].Detail);
    }

    [Fact]
    public async Task Answer_without_a_primary_identifier_tells_nothing()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Simulator.UpdateUser("p002", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.MarkedAsync();
        await world.PurgeAsync();
        world.Line.Change = (request, text) =>
        {
            if (!Asks(request, "p002"))
            {
                return text;
            }

            JObject user = JObject.Parse(text);
            user.Remove("primary_id");
            return user.ToString();
        };

        AlmaPurgeResult result = (await world.VerifyAsync())[1];

        Assert.Equal((AlmaPurgeStatus.Unknown, "Alma's answer has no primary identifier"), (result.Status, result.Detail));
    }

    [Fact]
    public async Task Id_that_is_a_barcode_by_now_is_told_as_such()
    {
        using PurgeWorld world = await PurgedAsync(2);
        world.AddPatron("other", s => s with { Identifiers = [new SimulatedIdentifier("BARCODE", "p002")] });

        Assert.Equal(
            "Alma no longer knows the user; the id is another user's identifier",
            (await world.VerifyAsync("canary"))[1].Detail);
    }

    [Theory]
    [InlineData(PurgeWorld.PurgeGroup, "PURGEUG")]
    [InlineData(null, "own")]
    public async Task Patron_kept_by_Alma_is_told_with_what_is_left_of_the_marking(string? group, string words)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        world.Simulator.UpdateUser("p002", s => s with { HiddenBlocker = "is assigned to an order line" });
        await world.MarkedAsync(world.MarkOptions() with { PurgeGroup = group });
        await world.PurgeAsync();

        AlmaPurgeResult result = (await world.VerifyAsync())[1];

        Assert.Equal(
            FormattableString.Invariant($"kept by Alma; still marked (group {words}, purge date {world.PurgeDate:yyyy-MM-dd}), so a later purge would take the patron"),
            result.Detail);
    }

    [Fact]
    public async Task Kept_patron_who_is_gone_is_a_problem_whenever_they_were_kept()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.CheckAsync();
        world.Simulator.UpdateUser("p002", s => s with { OpenRequests = 1 });
        world.Time.Advance(TimeSpan.FromHours(25));
        await world.BuildSetAsync();
        await world.MarkAsync();
        world.Simulator.UpdateUser("p003", s => s with { OpenRequests = 1 });
        world.Simulator.UpdateUser("p004", s => s with { PurgeDate = null });
        await PurgeWorldSteps.StopsAsync("TooManyDrifted", () => world.PurgeAsync());
        await world.PurgeAsync();
        world.Simulator.UpdateUser("p002", s => s with { PrimaryId = "renamed2" });
        world.Simulator.UpdateUser("p003", s => s with { UserGroup = PurgeWorld.PurgeGroup, PurgeDate = world.PurgeDate });

        List<AlmaPurgeResult> results = await world.VerifyAsync();

        Assert.Equal((AlmaPurgeStatus.Purged, "OpenRequests"), (results[1].Status, results[1].Rule));
        AlmaPurgeException problem = Problem(world, "KeptPatronsGone");
        Assert.Contains("1 patron is gone although they were to be kept: p002.", problem.Message, StringComparison.Ordinal);
        Assert.Contains("results.csv has the reasons", problem.NextStep, StringComparison.Ordinal);
        Assert.Equal((AlmaPurgeStatus.Kept, "Drifted"), (results[2].Status, results[2].Rule));
        Assert.Contains("; kept by Alma; still marked (group PURGEUG", results[2].Detail, StringComparison.Ordinal);
        Assert.Contains("1 patron is still in Alma and still marked", Problem(world, "RunUnsettled").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kept by Alma", results[3].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, "p0", "")]
    [InlineData(42, "p0", " and 1 more in results.csv")]
    public async Task First_twenty_are_named(int patrons, string name, string rest)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(patrons, "jobFailsHalfway@2");
        await world.MarkedAsync();
        await world.PurgeAsync();

        string[] kept = [.. (await world.VerifyAsync()).Where(r => r.Status == AlmaPurgeStatus.Kept).Select(r => r.PrimaryId)];

        Assert.Equal(patrons / 2, kept.Length);
        string names = string.Join(", ", kept.Take(20)) + rest;
        AlmaPurgeException problem = Problem(world, "RunUnsettled");
        Assert.Contains($"{kept.Length} patrons are still in Alma and still marked, so a later purge would take them: {names}.", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(name, kept[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counter_of_the_job_that_differs_is_told_with_those_who_are_there()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(10, "doneButUsersRemain");
        await world.MarkedAsync();
        await world.PurgeAsync();

        string[] there = [.. (await world.VerifyAsync()).Where(r => r.Status == AlmaPurgeStatus.Kept).Select(r => r.PrimaryId)];

        AlmaPurgeException problem = Problem(world, "TotalsDiffer");
        Assert.Contains("Alma's job counts 10 (", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"but {10 - there.Length} patrons of the run are gone. Still there: {string.Join(", ", there)}.", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"the log of the job {world.Run.Document.Purge!.InstanceId}", problem.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_that_the_purge_began_with_must_come_out_and_so_must_the_counter()
    {
        using PurgeWorld world = await PurgedAsync(3);
        world.Run.Update(d => d with { Purge = d.Purge! with { PatronCount = 4 } });
        await world.VerifyAsync();
        AlmaPurgeException problem = Problem(world, "TotalsDiffer");
        Assert.Contains(
            "started for 4 patrons, but 3 of the run are gone and 0 of its set are still there. Still there: . Gone: p001, p002, p003.",
            problem.Message,
            StringComparison.Ordinal);
        Assert.Contains("Hold results.csv against the set", problem.NextStep, StringComparison.Ordinal);

        using PurgeWorld other = await PurgedAsync(3);
        other.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.Contains("/instances/", StringComparison.Ordinal)
            ? text.Replace("\"3\"", "\"2\"", StringComparison.Ordinal).Replace(":3", ":2", StringComparison.Ordinal)
            : text;
        await other.VerifyAsync();
        Assert.Contains("but 3 patrons of the run are gone. Gone: p001, p002, p003.", Problem(other, "TotalsDiffer").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DAILY_THRESHOLD", 429)]
    [InlineData("UNAUTHORIZED", 400)]
    [InlineData("FORBIDDEN", 403)]
    public async Task Trouble_that_concerns_everybody_stops_the_verification(string code, int status)
    {
        using PurgeWorld world = await PurgedAsync(3);
        world.Line.Answer = request => Asks(request, "p002") ? InterceptingHandler.Error(code, status: status) : null;

        await Assert.ThrowsAsync<AlmaApiException>(() => world.VerifyAsync("canary"));

        Assert.Empty(world.Run.Results);
    }

    [Fact]
    public async Task Verification_leaves_finished_deletions_as_they_ended()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        await world.VerifyAsync();

        Assert.Equal("DONE", world.Run.Document.Purge!.Status);
    }

    [Fact]
    public async Task What_verification_needs_is_told()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        AlmaPurgeException early = await PurgeWorldSteps.StopsAsync("PurgeNotStarted", () => world.VerifyAsync());
        await world.MarkedAsync();
        await world.PurgeAsync();
        AlmaPurgeException canary = await PurgeWorldSteps.StopsAsync("CanaryNotFound", () => world.VerifyAsync("nobody"));

        Assert.Contains($"No purge of the run {world.Run.RunId} was started.", early.Message, StringComparison.Ordinal);
        Assert.Equal("Start it with Start-AlmaPurgeJob.", early.NextStep);
        Assert.Contains("was found (nobody), so 'not found' proves nothing", canary.Message, StringComparison.Ordinal);
        Assert.Contains("-CanaryId", canary.NextStep, StringComparison.Ordinal);
        Assert.All(await world.VerifyAsync(run: world.Run.ToPreview()), r => Assert.Equal("passes every rule", r.Detail));
    }

    private static bool Asks(HttpRequestMessage request, string id) =>
        request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("/users/" + id, StringComparison.Ordinal);

    private static AlmaPurgeException Problem(PurgeWorld world, string id) => (AlmaPurgeException)Assert.Single(
        world.Reporter.Problems, p => p.Problem is AlmaPurgeException e && e.Id == id).Problem;

    private static async Task<PurgeWorld> PurgedAsync(int patrons)
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(patrons);
        await world.MarkedAsync();
        await world.PurgeAsync();
        return world;
    }
}
