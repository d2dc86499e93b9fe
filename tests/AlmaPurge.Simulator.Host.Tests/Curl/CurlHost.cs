using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Host.Tests.Curl;

/// <summary>A host with the people, sets and the run that the recorded calls speak of.</summary>
public sealed class CurlHost : IAsyncLifetime
{
    private TestHost _host = null!;

    /// <summary>What stands for the words in braces.</summary>
    internal Dictionary<string, string> Words { get; } = [];

    internal AlmaSimulator Simulator => _host.Simulator;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(new HostOptions
        {
            Now = TestHost.December20, Size = 200, JobQueue = TimeSpan.Zero, JobRun = TimeSpan.Zero,
        });
        AddPeople();
        await PrepareAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>Makes a call with curl.</summary>
    internal Task<CurlAnswer> CallAsync(RecordedCall call)
    {
        string key = call.Key ?? Simulator.ApiKey;
        string url = _host.Address + "almaws/v1/" + Filled(call.Path);
        List<string> arguments = call.KeyInQuery
            ? [url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "apikey=" + key]
            : [url, "--header", "Authorization: apikey " + key];
        if (call.Accept is not null)
        {
            arguments.AddRange(["--header", "Accept: " + call.Accept]);
        }

        if (call.Method is not null)
        {
            arguments.AddRange(["--request", call.Method]);
        }

        if (call.Body is not null)
        {
            string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Curl", "Bodies", call.Body));
            string type = Path.GetExtension(call.Body)[1..];
            arguments.AddRange(["--header", "Content-Type: application/" + type, "--data-binary", Filled(text)]);
        }

        return Curl.CallAsync(arguments);
    }

    private string Filled(string text)
    {
        return Words.Aggregate(text, (filled, word) => filled.Replace("{" + word.Key + "}", word.Value, StringComparison.Ordinal));
    }

    private void AddPeople()
    {
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "doc/1",
            ExpiryDate = new DateOnly(2024, 6, 30),
            OpenLoans = 1,
            OpenRequests = 1,
            Fees = [new("OVERDUEFINE", "ACTIVE", 12.5m, 12.5m), new("LOSTITEMREPLACEMENTFEE", "INDISPUTE", 40m, 40m)],
            Identifiers = [new("BARCODE", "DOC-B1")],
        });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "doc-2", ExpiryDate = new DateOnly(2024, 6, 30) });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "doc-gone" });
    }

    private async Task PrepareAsync()
    {
        Words["set"] = await SetAsync("doc empty");
        Words["full"] = await SetAsync("doc full");
        await PostAsync($"conf/sets/{Words["full"]}?op=add_members", """{"members":{"member":[{"id":"doc/1"},{"id":"doc-2"}]}}""");
        JToken run = await PostAsync("conf/jobs/M148?op=run", $$"""
            {"parameter":[{"name":{"value":"set_id"},"value":"{{Words["full"]}}"},{"name":{"value":"job_name"},"value":"doc run"}]}
            """);
        Words["run"] = run["additional_info"]!["link"]!.ToString().Split('/')[^1];
        Words["report"] = Uri.EscapeDataString(Simulator.ReportFolder + "/users");
        JToken report = JToken.Parse((await _host.GetApiAsync($"analytics/reports?path={Words["report"]}&limit=25")).ToJsonString());
        Words["token"] = report["anies"]![0]!.ToString().Split("ResumptionToken>")[1].Split('<')[0];
    }

    private async Task<string> SetAsync(string name)
    {
        JToken set = await PostAsync(
            "conf/sets", $$$"""{"name":"{{{name}}}","type":{"value":"ITEMIZED"},"content":{"value":"USER"},"private":{"value":"false"}}""");
        return set["id"]!.ToString();
    }

    private async Task<JToken> PostAsync(string path, string json)
    {
        using HttpRequestMessage request = _host.Api(path, HttpMethod.Post);
        request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _host.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JToken.Parse(await response.Content.ReadAsStringAsync());
    }
}
