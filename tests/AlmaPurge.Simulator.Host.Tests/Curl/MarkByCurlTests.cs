using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Host.Tests.Curl;

/// <summary>
/// A set made, filled and marked by curl, with all 72 parameters of M148 as they are seen in use: in JSON, where the date is
/// a number, and in XML, as the wizard shows them.
/// </summary>
public sealed class MarkByCurlTests : IAsyncLifetime
{
    private readonly CurlHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [SkippableTheory]
    [InlineData("json")]
    [InlineData("xml")]
    public async Task Members_are_added_and_marked(string form)
    {
        Curl.SkipWithout();
        JToken set = await PostAsync("conf/sets", "set." + form);
        _host.Words["set"] = set["id"]!.ToString();
        JToken filled = await PostAsync("conf/sets/{set}?op=add_members&fail_on_invalid_id=true", "members." + form);
        Assert.Equal("2", filled["number_of_members"]!["value"]!.ToString());

        JToken started = await PostAsync("conf/jobs/M148?op=run", "update-users." + form);
        Assert.Contains("/conf/jobs/M148/instances/", started["additional_info"]!["link"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(72, started["parameter"]!.Count());
        string run = started["additional_info"]!["link"]!.ToString().Split('/')[^1];
        CurlAnswer done = await _host.CallAsync(new RecordedCall("done", "conf/jobs/M148/instances/" + run, 200));
        Shape.Check(done, "status.value=COMPLETED_SUCCESS");

        CurlAnswer marked = await _host.CallAsync(new RecordedCall("marked", "users/doc%2F1", 200));
        Assert.All(
            ["user_group.value=PURGEUG", "purge_date=2025-11-22Z", "expiry_date=2024-06-30Z", "status.value=ACTIVE"],
            (string expectation) => Shape.Check(marked, expectation));
        Assert.All(_host.Simulator.JobRuns, r => Assert.Empty(r.Notified));
    }

    private async Task<JToken> PostAsync(string path, string body)
    {
        CurlAnswer answer = await _host.CallAsync(new RecordedCall("post", path, 200) { Method = "POST", Body = body });
        Assert.True(answer.Status == 200, answer.Body);
        return JToken.Parse(answer.Body);
    }
}
