using System.Text.RegularExpressions;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Readiness;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Readiness;

/// <summary>What is asked before a purge, and that silence is never taken for consent.</summary>
public sealed class ReadinessTests
{
    private static readonly ReadinessOptions s_all = new()
    {
        UserGroup = PurgeWorld.Group,
        PurgeGroup = PurgeWorld.PurgeGroup,
        Route = AlmaPurgeRoute.SetJob,
        CandidateCount = 100,
    };

    [Fact]
    public async Task Healthy_library_is_told_check_by_check()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);

        Dictionary<string, AlmaReadinessCheck> checks = await RunAsync(world, s_all);

        Assert.Equal(ReadinessBook.Names, checks.Keys);
        Assert.Equal(
            new Dictionary<string, AlmaReadinessStatus>
            {
                ["KeyWrite"] = AlmaReadinessStatus.Ask,
                ["StudentSystemSchedule"] = AlmaReadinessStatus.Warn,
                ["DeleteUserPolicy"] = AlmaReadinessStatus.Ask,
            },
            checks.Where(c => c.Value.Status != AlmaReadinessStatus.Pass).ToDictionary(c => c.Key, c => c.Value.Status));
        Assert.All(checks.Values, c => Assert.Equal(c.Status == AlmaReadinessStatus.Pass, c.Remedy is null));
        Assert.Empty(world.Writes);
    }

    [Fact]
    public async Task Nothing_told_is_asked_and_never_passed()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);

        Dictionary<string, AlmaReadinessCheck> checks = await RunAsync(world, new ReadinessOptions());

        string[] unknown = ["UserGroup", "PurgeGroupExists", "PurgeGroupCode", "PurgeGroupRecordType", "PurgeGroupEmpty", "NetworkUsers", "Calls", "Canary"];
        Assert.All(unknown, name => Assert.Equal(AlmaReadinessStatus.Ask, checks[name].Status));
        Assert.Equal(AlmaReadinessStatus.Pass, checks["PurgeJob"].Status);
    }

    [Theory]
    [InlineData("users:read", "KeyConfiguration KeyJobs", "KeyAnalytics")]
    [InlineData("configuration:read", "KeyUsers", "KeyAnalytics")]
    [InlineData("users:read configuration:read analytics:read", "", "")]
    public async Task Key_without_an_area_is_told(string areas, string fails, string warns)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        string key = world.Simulator.AddKey(areas.Split(' '));
        world.Line.Before = request => request.Headers.Authorization = new("apikey", key);

        Dictionary<string, AlmaReadinessCheck> checks = await RunAsync(world, s_all);

        Assert.Equal(fails, Of(checks, "Key", AlmaReadinessStatus.Fail));
        Assert.Equal(warns, Of(checks, "Key", AlmaReadinessStatus.Warn));
        Assert.Equal(ReadinessBook.Names.Count, checks.Count);
    }

    [Theory]
    [InlineData("SANDBOX", AlmaReadinessStatus.Pass)]
    [InlineData("PRODUCTION", AlmaReadinessStatus.Warn)]
    [InlineData("moon base", AlmaReadinessStatus.Ask)]
    public async Task Environment_that_is_not_understood_is_asked(string environment, AlmaReadinessStatus status)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.EndsWith("/general", StringComparison.Ordinal)
            ? text.Replace("\"SANDBOX\"", $"\"{environment}\"", StringComparison.Ordinal)
            : text;
        using AlmaSession session = await PurgeWorld.ConnectAsync(world.Simulator, world.Time, simulated: false, world.Line);

        Dictionary<string, AlmaReadinessCheck> checks = await RunAsync(world, s_all, session);

        Assert.Equal(status, checks["Environment"].Status);
        Assert.Equal(AlmaReadinessStatus.Warn, checks["PurgeJob"].Status);
    }

    [Theory]
    [InlineData("PURGEUG", "")]
    [InlineData("Purge Undergraduates", "")]
    [InlineData("NOSUCH", "PurgeGroupExists")]
    [InlineData("UNDRGRD", "PurgeGroupExists PurgeGroupEmpty")]
    [InlineData("FACULTY", "PurgeGroupEmpty")]
    [InlineData("NO-CODE", "PurgeGroupCode")]
    [InlineData("STAFFONLY", "PurgeGroupRecordType")]
    public async Task Purge_group_that_cannot_serve_fails(string group, string fails)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Simulator.AddUserGroup("NO-CODE", "With a hyphen");
        world.Simulator.AddUserGroup("STAFFONLY", "For staff", "STAFF");
        world.AddPatron("f1", s => s with { UserGroup = "FACULTY" });

        Dictionary<string, AlmaReadinessCheck> checks = await RunAsync(world, s_all with { PurgeGroup = group });

        Assert.Equal(fails, Of(checks, "PurgeGroup", AlmaReadinessStatus.Fail));
    }

    [Fact]
    public async Task Mapping_table_that_cannot_be_read_is_asked()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Line.Answer = r => r.RequestUri!.AbsolutePath.Contains("mapping-tables", StringComparison.Ordinal) ? InterceptingHandler.Error("402119") : null;

        Dictionary<string, AlmaReadinessCheck> checks = await RunAsync(world, s_all);

        Assert.Equal(AlmaReadinessStatus.Ask, checks["PurgeGroupRecordType"].Status);
    }

    [Theory]
    [InlineData("\"M148\"", "\"M149\"", "MarkingJob", AlmaReadinessStatus.Pass)]
    [InlineData("Update/Notify Users", "Something else", "MarkingJob", AlmaReadinessStatus.Fail)]
    [InlineData("Purge Users", "Withdraw users", "PurgeJob", AlmaReadinessStatus.Fail)]
    public async Task Jobs_are_told_by_their_own_records(string from, string to, string name, AlmaReadinessStatus status)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Line.Change = (request, text) => request.RequestUri!.AbsolutePath.Contains("/conf/jobs", StringComparison.Ordinal)
            ? text.Replace(from, to, StringComparison.OrdinalIgnoreCase)
            : text;

        Dictionary<string, AlmaReadinessCheck> checks = await RunAsync(world, s_all);

        Assert.Equal(status, checks[name].Status);
    }

    [Fact]
    public async Task Route_that_does_without_a_job_does_not_miss_it()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Line.Answer = r => r.RequestUri!.AbsolutePath.EndsWith("/conf/jobs", StringComparison.Ordinal) ? InterceptingHandler.Error("402219") : null;

        Assert.Equal(AlmaReadinessStatus.Pass, (await RunAsync(world, s_all with { Route = AlmaPurgeRoute.UserDelete }))["PurgeJob"].Status);
        Assert.Equal(AlmaReadinessStatus.Ask, (await RunAsync(world, s_all))["PurgeJob"].Status);
    }

    [Theory]
    [InlineData("SYNCHRONIZE_ACTIVE", "true", "StudentSystemSynchronize", AlmaReadinessStatus.Pass)]
    [InlineData("SYNCHRONIZE_ACTIVE", "false", "StudentSystemSynchronize", AlmaReadinessStatus.Warn)]
    [InlineData("SYNCHRONIZE_ACTIVE", "perhaps", "StudentSystemSynchronize", AlmaReadinessStatus.Ask)]
    [InlineData("SYNCHRONIZE_ACTIVE", "", "StudentSystemSynchronize", AlmaReadinessStatus.Ask)]
    [InlineData("IMPORT_ACTIVE", "false", "StudentSystemImport", AlmaReadinessStatus.Pass)]
    [InlineData("IMPORT_ACTIVE", "true", "StudentSystemImport", AlmaReadinessStatus.Warn)]
    [InlineData("IMPORT_ACTIVE", "?", "StudentSystemImport", AlmaReadinessStatus.Ask)]
    [InlineData("UNMATCHED_RECORDS_ACTION", "ADD", "StudentSystemUnmatched", AlmaReadinessStatus.Warn)]
    [InlineData("UNMATCHED_RECORDS_ACTION", "DO_NOTHING", "StudentSystemUnmatched", AlmaReadinessStatus.Pass)]
    [InlineData("UNMATCHED_RECORDS_ACTION", "whatever", "StudentSystemUnmatched", AlmaReadinessStatus.Ask)]
    [InlineData("SYNCHRONIZE_SCHEDULE", "Every day at 01:00", "StudentSystemSchedule", AlmaReadinessStatus.Warn)]
    [InlineData("SYNCHRONIZE_SCHEDULE", "", "StudentSystemSchedule", AlmaReadinessStatus.Ask)]
    public async Task Student_system_is_judged_by_its_profile(string setting, string value, string name, AlmaReadinessStatus status)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        Profile(world, (setting, value));

        AlmaReadinessCheck check = (await RunAsync(world, s_all))[name];

        Assert.Equal(status, check.Status);
        Assert.Contains("Students", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_profile_or_an_answer_the_student_system_is_asked()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        foreach (string answer in (string[])["{\"total_record_count\":0}", ""])
        {
            world.Line.Answer = request => !IsProfiles(request) ? null
                : answer.Length == 0 ? InterceptingHandler.Error("402119")
                : new HttpResponseMessage { Content = new StringContent(answer, null, "application/json") };

            Dictionary<string, AlmaReadinessCheck> checks = await RunAsync(world, s_all);

            Assert.All(checks.Values.Where(c => c.Name.StartsWith("StudentSystem", StringComparison.Ordinal)), c => Assert.Equal(AlmaReadinessStatus.Ask, c.Status));
        }
    }

    [Theory]
    [InlineData(false, 20, AlmaReadinessStatus.Pass)]
    [InlineData(true, 20, AlmaReadinessStatus.Warn)]
    [InlineData(false, 150, AlmaReadinessStatus.Ask)]
    public async Task Linked_users_are_a_warning_and_a_sample_proves_nothing(bool linked, int patrons, AlmaReadinessStatus status)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(patrons);
        world.Simulator.UpdateUser("p002", s => linked ? s with { LinkingId = "99123" } : s);

        Assert.Equal(status, (await RunAsync(world, s_all))["NetworkUsers"].Status);
    }

    [Theory]
    [InlineData(100, AlmaReadinessStatus.Pass)]
    [InlineData(60_000, AlmaReadinessStatus.Warn)]
    [InlineData(120_000, AlmaReadinessStatus.Fail)]
    public async Task Calls_needed_are_held_against_calls_left(int candidates, AlmaReadinessStatus status)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);

        AlmaReadinessCheck check = (await RunAsync(world, s_all with { CandidateCount = candidates }))["Calls"];

        Assert.Equal(status, check.Status);
    }

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Calls_that_a_purge_takes_are_within_the_estimate(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(300);
        int before = world.Simulator.Requests.Count;

        await world.MarkedAsync();
        await world.PurgeAsync(route);
        await world.VerifyAsync();

        int taken = world.Simulator.Requests.Count - before;
        CallRange estimate = StepCalls.WholePurge(300, route);
        Assert.InRange(taken, estimate.Least, estimate.Most);
    }

    [Fact]
    public async Task User_who_is_not_found_by_the_identifier_fails_the_canary()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Line.Answer = request => Regex.IsMatch(request.RequestUri!.AbsolutePath, "/users/(canary|p\\d+)$") ? InterceptingHandler.Error("401861") : null;

        Assert.Equal(AlmaReadinessStatus.Fail, (await RunAsync(world, s_all))["Canary"].Status);
    }

    [Fact]
    public async Task Used_up_day_ends_it_with_the_error()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(20);
        world.Line.Answer = _ => InterceptingHandler.Error("DAILY_THRESHOLD", status: 429);

        AlmaApiException error = await Assert.ThrowsAsync<AlmaApiException>(() => RunAsync(world, s_all));

        Assert.Equal(AlmaErrorKind.DailyLimit, error.Kind);
    }

    private static async Task<Dictionary<string, AlmaReadinessCheck>> RunAsync(
        PurgeWorld world, ReadinessOptions options, AlmaSession? session = null)
    {
        Dictionary<string, AlmaReadinessCheck> checks = [];
        await foreach (AlmaReadinessCheck check in ReadinessBook.RunAsync(session ?? world.Session, options, default))
        {
            checks.Add(check.Name, check);
        }

        return checks;
    }

    private static string Of(Dictionary<string, AlmaReadinessCheck> checks, string prefix, AlmaReadinessStatus status) => string.Join(
        ' ',
        checks.Values.Where(c => c.Name.StartsWith(prefix, StringComparison.Ordinal) && c.Status == status).Select(c => c.Name));

    private static bool IsProfiles(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.Contains("integration-profiles", StringComparison.Ordinal);

    // A profile as institutions may have it; the one of the simulator is as it should be.
    private static void Profile(PurgeWorld world, (string Name, string Value) setting)
    {
        world.Line.Answer = request =>
        {
            if (!IsProfiles(request))
            {
                return null;
            }

            string summary = "\"id\":\"1\",\"code\":\"SIS\",\"name\":\"Students\"";
            string json = request.RequestUri!.AbsolutePath.EndsWith("/1", StringComparison.Ordinal)
                ? $"{{{summary},\"parameter\":[{{\"name\":{{\"value\":\"{setting.Name}\"}},\"value\":\"{setting.Value}\"}}]}}"
                : $"{{\"integration_profile\":[{{{summary}}}],\"total_record_count\":1}}";
            return new HttpResponseMessage { Content = new StringContent(json, null, "application/json") };
        };
    }
}
