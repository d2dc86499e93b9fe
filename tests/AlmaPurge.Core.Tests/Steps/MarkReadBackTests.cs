using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Steps;

/// <summary>What is found on a patron who was to be marked is told; the reading stands on two lists that agree.</summary>
public sealed class MarkReadBackTests
{
    private const string Odd = "p007";

    private static readonly Dictionary<string, Action<PurgeWorld>> s_afterTheJob = new()
    {
        ["is gone from Alma"] = w => w.Simulator.UpdateUser(Odd, s => s with { PrimaryId = "renamed", UserGroup = "ALUMNI" }),
        ["Alma answered with another user"] = w =>
        {
            w.Simulator.UpdateUser(Odd, s => s with { PrimaryId = "renamed", UserGroup = "ALUMNI" });
            w.AddPatron("twin", s => s with { UserGroup = "ALUMNI", Identifiers = [new SimulatedIdentifier("BARCODE", Odd)] });
        },
        ["purge date is none instead of {date}"] = w => w.Simulator.UpdateUser(Odd, s => s with { PurgeDate = null }),
        ["purge date is {next} instead of {date}, one day off"] =
            w => w.Simulator.UpdateUser(Odd, s => s with { PurgeDate = s.PurgeDate!.Value.AddDays(1) }),
        ["purge date is {week} instead of {date}"] =
            w => w.Simulator.UpdateUser(Odd, s => s with { PurgeDate = s.PurgeDate!.Value.AddDays(-7) }),
        ["user group is ALUMNI instead of PURGEUG"] = w => w.Simulator.UpdateUser(Odd, s => s with { UserGroup = "ALUMNI" }),
        ["user group is not readable instead of PURGEUG"] = w => w.Line.Change = WithoutGroup,
    };

    public static TheoryData<string> Deviations() => [.. s_afterTheJob.Keys];

    [Theory]
    [MemberData(nameof(Deviations))]
    public async Task Patron_on_whom_the_marking_did_not_take_is_kept_with_what_was_found(string found)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(100);
        await world.BuildSetAsync();
        AfterTheJob(world, s_afterTheJob[found]);

        await Record.ExceptionAsync(() => world.MarkAsync());

        string expected = "the marking did not take: " + found
            .Replace("{date}", Text(world.PurgeDate), StringComparison.Ordinal)
            .Replace("{next}", Text(world.PurgeDate.AddDays(1)), StringComparison.Ordinal)
            .Replace("{week}", Text(world.PurgeDate.AddDays(-7)), StringComparison.Ordinal);
        AlmaPurgeExclusion exclusion = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal((Odd, "Mark", expected), (exclusion.PrimaryId, exclusion.Step, exclusion.Evidence));
    }

    [Fact]
    public async Task Job_that_did_not_end_well_is_told()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.BuildSetAsync();
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.Contains("/M148/instances/", StringComparison.Ordinal)
            ? text.Replace("COMPLETED_SUCCESS", "COMPLETED_FAILED", StringComparison.Ordinal)
            : text;

        await world.MarkAsync();

        Assert.Contains(
            $"The marking job {world.Run.Document.Mark!.InstanceId} ended as COMPLETED_FAILED; each patron is read back.",
            world.Reporter.Warnings);
    }

    [Fact]
    public async Task Purge_group_that_is_never_read_twice_alike_stops_the_marking()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.BuildSetAsync();
        int readings = 0;
        world.Line.Before = request =>
        {
            if (request.RequestUri!.Query.Contains("user_group", StringComparison.Ordinal))
            {
                string group = readings++ % 2 == 0 ? PurgeWorld.Group : PurgeWorld.PurgeGroup;
                world.Simulator.UpdateUser("canary", s => s with { UserGroup = group });
            }
        };

        AlmaPurgeException error = await RefusalTests.StopsBeforeWritingAsync(
            world, "PurgeGroupUnsettled", () => world.MarkStep().PlanAsync(world.MarkOptions(), default));

        Assert.Equal("PURGEUG", error.Target);
        Assert.Equal(20, readings);
        Assert.Contains("Wait, then repeat the step", error.NextStep, StringComparison.Ordinal);
    }

    private static string WithoutGroup(HttpRequestMessage request, string text)
    {
        if (request.Method != HttpMethod.Get || !request.RequestUri!.AbsolutePath.Contains("/users", StringComparison.Ordinal))
        {
            return text;
        }

        JObject answer = JObject.Parse(text);
        IEnumerable<JToken> users = answer["user"] ?? new JArray(answer);
        foreach (JToken user in users.Where(u => (string?)u["primary_id"] == Odd))
        {
            ((JObject)user).Remove("user_group");
        }

        return answer["user"] is null && users.Single() is JObject single ? single.ToString() : answer.ToString();
    }

    private static void AfterTheJob(PurgeWorld world, Action<PurgeWorld> change)
    {
        bool isDone = false;
        world.Line.Before = request =>
        {
            if (!isDone && request.RequestUri!.AbsolutePath.Contains("/instances/", StringComparison.Ordinal))
            {
                isDone = true;
                SpinWait.SpinUntil(() => world.Simulator.JobRuns.All(r => r.EndTime is not null));
                change(world);
            }
        };
    }

    private static string Text(DateOnly day) => FormattableString.Invariant($"{day:yyyy-MM-dd}");
}
