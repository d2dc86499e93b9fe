using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>The control endpoints from outside.</summary>
public sealed class ControlTests : IAsyncLifetime
{
    private TestHost _host = null!;

    private AlmaSimulator Simulator => _host.Simulator;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task It_says_what_it_is_and_what_there_is()
    {
        JsonNode about = await _host.GetAsync("simulator");
        Assert.Equal("AlmaPurge", about["simulator"]!.GetValue<string>());
        Assert.Contains("POST /simulator/purge-user-records", about["endpoints"]!.AsArray().Select(e => e!.GetValue<string>()));
        Assert.DoesNotContain(Simulator.ApiKey, about.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_has_every_request_and_never_the_key()
    {
        await _host.GetApiAsync("conf/general?apikey=" + Simulator.ApiKey);
        await _host.GetApiAsync("users?limit=1");
        using HttpRequestMessage missing = _host.Api("users/nobody");
        (await _host.Http.SendAsync(missing)).Dispose();
        JsonNode log = await _host.GetAsync("simulator/log");
        Assert.Equal(3, log["total"]!.GetValue<int>());
        JsonNode last = log["requests"]![2]!;
        Assert.Equal("GET /almaws/v1/users/nobody 400 401861", $"{last["method"]} {last["path"]} {last["status"]} {last["errorCode"]}");
        Assert.DoesNotContain(Simulator.ApiKey, log.ToJsonString(), StringComparison.Ordinal);

        JsonNode page = await _host.GetAsync("simulator/log?since=1&limit=1");
        Assert.Equal("/almaws/v1/users?limit=1", Assert.Single(page["requests"]!.AsArray())!["path"]!.GetValue<string>());
        Assert.Equal(2, page["next"]!.GetValue<int>());
        Assert.Empty((await _host.GetAsync("simulator/log?since=2030-01-01"))["requests"]!.AsArray());
    }

    [Fact]
    public async Task The_manifest_tells_who_must_stay_and_why()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u/1", ExpiryDate = new DateOnly(2020, 1, 1), OpenLoans = 1 });
        JsonNode manifest = await _host.GetAsync("simulator/manifest?userGroup=UNDRGRD&expiredBefore=2025-01-01");
        JsonNode entry = manifest["mustStay"]!.AsArray().Single(e => e!["primaryId"]!.GetValue<string>() == "u/1")!;
        Assert.Equal(["OpenLoans"], entry["reasons"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Equal(
            Simulator.PurgeableFor("UNDRGRD", new DateOnly(2025, 1, 1)),
            manifest["mayGo"]!.AsArray().Select(i => i!.GetValue<string>()));
        Assert.Equal("2025-12-20", (await _host.GetAsync("simulator/manifest"))["expiredBefore"]!.GetValue<string>());
    }

    [Fact]
    public async Task Removals_are_on_record_with_the_reasons_that_spoke_against_them()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "wrong", OpenRequests = 1, ExpiryDate = new DateOnly(2020, 1, 1) });
        using HttpRequestMessage delete = _host.Api("users/wrong", HttpMethod.Delete);
        (await _host.Http.SendAsync(delete)).EnsureSuccessStatusCode().Dispose();
        JsonNode purged = await _host.GetAsync("simulator/purged?userGroup=UNDRGRD&expiredBefore=2025-01-01");
        Assert.Equal((1, 1), (purged["count"]!.GetValue<int>(), purged["wrong"]!.GetValue<int>()));
        JsonNode one = purged["purged"]![0]!;
        Assert.Equal("wrong UserDelete OpenRequests", $"{one["primaryId"]} {one["way"]} {one["reasonsToStay"]![0]}");
    }

    [Fact]
    public async Task The_clock_is_set_moved_frozen_and_let_run()
    {
        JsonNode frozen = (await _host.PostAsync("simulator/clock", """{"freeze":true,"set":"2027-01-31"}""")).Body;
        Assert.True(frozen["isFrozen"]!.GetValue<bool>());
        Assert.Equal("2027-01-31T00:00:00+00:00", frozen["now"]!.GetValue<string>());
        JsonNode moved = (await _host.PostAsync("simulator/clock", """{"advance":"1.12:00"}""")).Body;
        Assert.Equal("2027-02-01T12:00:00+00:00", moved["now"]!.GetValue<string>());
        await _host.PostAsync("simulator/clock", """{"run":true}""");
        Assert.False((await _host.GetAsync("simulator/clock"))["isFrozen"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_student_load_brings_people_back()
    {
        string id = Simulator.Users.First(u => u.UserGroup == "UNDRGRD" && !u.IsDeleted).PrimaryId;
        Simulator.UpdateUser(id, s => s with { UserGroup = "PURGEUG", PurgeDate = new DateOnly(2026, 1, 1) });
        JsonNode load = (await _host.PostAsync("simulator/student-load", $$"""{"returning":["{{id}}"]}""")).Body;
        Assert.Equal(id, Assert.Single(load["changed"]!.AsArray())!.GetValue<string>());
        Assert.Equal("UNDRGRD", Simulator.FindUser(id)!.UserGroup);
    }

    /// <summary>The documented example: run on December 20 with 10, it takes purge dates before December 10.</summary>
    [Theory]
    [InlineData(10, "2026-12-09", true)]
    [InlineData(10, "2026-12-10", false)]
    [InlineData(10, "2026-12-20", false)]
    [InlineData(1, "2026-12-18", true)]
    [InlineData(1, "2026-12-19", false)]
    [InlineData(0, "2026-12-20", true)]
    [InlineData(0, "2026-12-21", false)]
    [InlineData(0, null, false)]
    public async Task Days_after_purge_date_count_as_on_December_20(int days, string? purgeDate, bool purged)
    {
        DateOnly? date = purgeDate is null ? null : DateOnly.Parse(purgeDate, CultureInfo.InvariantCulture);
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1", UserGroup = "PURGEUG", PurgeDate = date });
        (HttpStatusCode status, JsonNode answer) = await _host.PostAsync(
            "simulator/purge-user-records",
            $$"""{"daysAfterPurgeDate":{{days}},"recordType":"Public","userGroup":"PURGEUG","waiveThreshold":1}""");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(purged ? 1 : 0, answer["wouldPurgeNow"]!.GetValue<int>());
        await _host.PostAsync("simulator/clock", """{"advance":"00:01"}""");
        JsonNode job = await _host.GetAsync($"simulator/jobs/{answer["job"]!["id"]}");
        Assert.True(job["isFinished"]!.GetValue<bool>());
        Assert.Equal(purged, Simulator.FindUser("u1")!.IsDeleted);
    }

    [Fact]
    public async Task A_purge_without_a_group_warns_with_the_count_and_tells_who_was_left()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "loans", OpenLoans = 1, PurgeDate = new DateOnly(2026, 1, 1) });
        JsonNode answer = (await _host.PostAsync("simulator/purge-user-records", """{"daysAfterPurgeDate":1,"recordType":"PUBLIC"}""")).Body;
        int count = answer["wouldPurgeNow"]!.GetValue<int>();
        Assert.Contains($"every past purge date, {count} users", answer["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Simulator.Clock.Advance(TimeSpan.FromMinutes(1));
        JsonNode jobs = await _host.GetAsync("simulator/jobs");
        JsonNode left = jobs["jobs"]![0]!["notProcessed"]!.AsArray().Single(l => l!["primaryId"]!.GetValue<string>() == "loans")!;
        Assert.Equal("has active loans", left["reason"]!.GetValue<string>());
        Assert.Equal(count, Simulator.Purged.Count);
    }

    [Fact]
    public async Task The_reports_are_those_of_the_simulator()
    {
        using StringWriter expected = new();
        Simulator.ExportUsers(expected, "GRAD");
        byte[] users = await _host.Http.GetByteArrayAsync("simulator/reports/users.csv?userGroup=grad");
        Assert.Equal([0xEF, 0xBB, 0xBF], users[..3]);
        Assert.Equal(expected.ToString(), System.Text.Encoding.UTF8.GetString(users[3..]));
        string fines = await _host.Http.GetStringAsync("simulator/reports/fines.csv");
        Assert.Contains("Fine Fee Status", fines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_faults_are_told_and_switched()
    {
        JsonNode faults = await _host.GetAsync("simulator/faults");
        Assert.Empty(faults["active"]!.AsArray());
        Assert.Contains("throttle", faults["known"]!.AsArray().Select(f => f!["name"]!.GetValue<string>()));
        faults = (await _host.PostAsync("simulator/faults", """{"faults":["throttle"]}""")).Body;
        Assert.Equal("throttle", Assert.Single(faults["active"]!.AsArray())!.GetValue<string>());
        using HttpRequestMessage request = _host.Api("conf/general");
        await _host.PostAsync("simulator/faults", """{"faults":["serverError:1"]}""");
        using HttpResponseMessage broken = await _host.Http.SendAsync(request);
        Assert.True((int)broken.StatusCode >= 500);
        await _host.PostAsync("simulator/faults", """{"faults":[]}""");
        await _host.GetApiAsync("conf/general");
    }
}
