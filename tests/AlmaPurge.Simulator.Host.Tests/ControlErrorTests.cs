using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>What is asked wrongly gets problem+json that says what to do, and does nothing.</summary>
public sealed class ControlErrorTests : IClassFixture<SharedHost>
{
    private readonly TestHost _host;

    public ControlErrorTests(SharedHost shared) => _host = shared.Host;

    [Theory]
    [InlineData("clock", "no json", "no JSON object", "2026-12-20T09:00:00Z")]
    [InlineData("clock", "[1]", "no JSON object", "advance")]
    [InlineData("clock", "{}", "does not say", "freeze")]
    [InlineData("clock", """{"sett":"2026-01-01"}""", "'sett' is not known", "set")]
    [InlineData("clock", """{"set":"1/2/2026"}""", "'set' must be", "advance")]
    [InlineData("clock", """{"advance":"10000000.00:00:00"}""", "cannot go that far", "9999")]
    [InlineData("clock", """{"freeze":"yes"}""", "'freeze' must be true or false", "freeze")]
    [InlineData("faults", "{}", "which faults", "throttle")]
    [InlineData("faults", """{"faults":["nope"]}""", "'nope' is no fault", "GET /simulator")]
    [InlineData("student-load", """{"returning":"all"}""", "'returning' must be", "returning")]
    [InlineData("purge-user-records", "{}", "recordType is missing", "daysAfterPurgeDate")]
    [InlineData("purge-user-records", """{"recordType":"Alien"}""", "no user record type", "GET /simulator")]
    [InlineData("purge-user-records", """{"recordType":"Public","userGroup":"NOPE"}""", "There is no user group 'NOPE'", "GET /simulator")]
    [InlineData("purge-user-records", """{"recordType":"Public","daysAfterPurgeDate":1.5}""", "whole number", "waiveThreshold")]
    [InlineData("purge-user-records", """{"recordType":"Public","waiveThreshold":-1}""", "non-negative", "GET /simulator")]
    public async Task A_wrong_body_is_refused(string path, string body, string what, string next)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _host.Http.PostAsync("simulator/" + path, content);
        await AssertProblemAsync(response, HttpStatusCode.BadRequest, what, next);
        Assert.Empty(_host.Simulator.JobRuns);
        Assert.Equal(TestHost.December20.Date, _host.Simulator.Clock.Now.Date);
    }

    [Theory]
    [InlineData("manifest?userGroup=NOPE", 400, "There is no user group 'NOPE'", "UNDRGRD")]
    [InlineData("manifest?expiredBefore=1.1.2025", 400, "is no day", "yyyy-MM-dd")]
    [InlineData("purged?userGroup=NOPE", 400, "There is no user group", "PURGEUG")]
    [InlineData("log?since=yesterday", 400, "neither a number nor a time", "next")]
    [InlineData("log?limit=-1", 400, "is no number", "limit=100")]
    [InlineData("reports/users.csv?userGroup=NOPE", 400, "There is no user group", "UNDRGRD")]
    [InlineData("jobs/1", 404, "no job instance 1", "/simulator/jobs")]
    [InlineData("nothing", 404, "There is no GET /simulator/nothing", "GET /simulator")]
    public async Task A_wrong_question_is_refused(string path, int status, string what, string next)
    {
        using HttpResponseMessage response = await _host.Http.GetAsync("simulator/" + path);
        await AssertProblemAsync(response, (HttpStatusCode)status, what, next);
    }

    private static async Task AssertProblemAsync(
        HttpResponseMessage response, HttpStatusCode status, string what, string next)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, text);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonNode problem = JsonNode.Parse(text)!;
        Assert.Contains(what, problem["title"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(next, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
