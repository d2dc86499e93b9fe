using System.Diagnostics;
using System.Net.Http.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Kill;

/// <summary>The simulator's host in a process of its own; what it knows is asked over HTTP.</summary>
internal sealed class SimulatorProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private SimulatorProcess(Process process, string output)
    {
        _process = process;
        Address = new Uri(Field(output, "Base address:"));
        Key = Field(output, "API key:");
    }

    public Uri Address { get; }

    public string Key { get; }

    public static async Task<SimulatorProcess> StartAsync(int size)
    {
        Process process = OtherProcess.Start(
            "src",
            "AlmaPurge.Simulator.Host",
            "--port", "0", "--size", size.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--rate", "0", "--job-queue", "0", "--job-run", "0");
        string output = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output += line + "\n";
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return new SimulatorProcess(process, output);
            }
        }

        throw new InvalidOperationException("The host did not start: " + await process.StandardError.ReadToEndAsync());
    }

    /// <summary>Patrons who may go, by the simulator's own judgement.</summary>
    public async Task<string[]> PurgeableAsync() =>
        [.. (await GetAsync("simulator/manifest?userGroup=UNDRGRD"))["mayGo"]!.Select(id => (string)id!)];

    /// <summary>Everybody who was ever purged, once for each time.</summary>
    public async Task<string[]> PurgedAsync() =>
        [.. (await GetAsync("simulator/purged"))["purged"]!.Select(p => (string)p["primaryId"]!)];

    public async Task<int> LogLengthAsync() => (int)(await GetAsync("simulator/log?limit=1"))["total"]!;

    /// <summary>Method and path of each request since then that could change something.</summary>
    public async Task<string[]> ChangesSinceAsync(int start) =>
    [
        .. (await GetAsync(FormattableString.Invariant($"simulator/log?since={start}&limit=100000")))["requests"]!
            .Where(r => (string)r["method"]! != "GET")
            .Select(r => $"{r["method"]} {r["path"]}"),
    ];

    /// <summary>An hour and a bit: Alma lets a job start five times an hour.</summary>
    public async Task WaitAnHourAsync() =>
        (await _http.PostAsJsonAsync(new Uri(Address, "simulator/clock"), new { advance = "01:01" })).EnsureSuccessStatusCode();

    /// <summary>Group, dates and status of a patron as Alma answers them, asked without any code of ours.</summary>
    public async Task<string> RecordAsync(string id)
    {
        JObject user = JObject.Parse(await (await UserAsync(HttpMethod.Get, id, null)).Content.ReadAsStringAsync());
        return $"{id} {user["user_group"]?["value"]} {user["purge_date"]} {user["expiry_date"]} {user["status"]?["value"]}";
    }

    /// <summary>Gives a patron a purge date.</summary>
    /// <param name="id">The patron.</param>
    /// <param name="date">The day, as yyyy-MM-ddZ.</param>
    public async Task SetPurgeDateAsync(string id, string date)
    {
        JObject user = JObject.Parse(await (await UserAsync(HttpMethod.Get, id, null)).Content.ReadAsStringAsync());
        user["purge_date"] = date;
        await UserAsync(HttpMethod.Put, id, user.ToString());
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.Dispose();
    }

    private async Task<HttpResponseMessage> UserAsync(HttpMethod method, string id, string? body)
    {
        using HttpRequestMessage request = new(method, new Uri(Address, "almaws/v1/users/" + Uri.EscapeDataString(id)));
        request.Headers.TryAddWithoutValidation("Authorization", "apikey " + Key);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return (await _http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private async Task<JObject> GetAsync(string path)
    {
        string text = await _http.GetStringAsync(new Uri(Address, path));
        return text.StartsWith('[') ? new JObject { ["purged"] = JArray.Parse(text) } : JObject.Parse(text);
    }

    private static string Field(string output, string label) => output
        .Split('\n')
        .Select(l => l.Trim())
        .First(l => l.StartsWith(label, StringComparison.Ordinal))[label.Length..]
        .Trim();
}
