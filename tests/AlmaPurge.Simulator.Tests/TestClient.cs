using System.Net;
using System.Text;
using System.Xml.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests;

/// <summary>A bare client: what any program would send, without any code of ours in between.</summary>
public sealed class TestClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _key;

    public TestClient(AlmaSimulator simulator)
        : this(simulator, new HttpClient(simulator.CreateHandler()) { BaseAddress = simulator.BaseAddress })
    {
    }

    /// <summary>Talks to the simulator by whatever way leads from this client's base address to it.</summary>
    public TestClient(AlmaSimulator simulator, HttpClient http)
        : this(simulator, http, simulator.ApiKey)
    {
    }

    private TestClient(AlmaSimulator simulator, HttpClient http, string key)
    {
        Simulator = simulator;
        _http = http;
        _key = key;
    }

    public AlmaSimulator Simulator { get; }

    /// <summary>A simulator without limits and with a clock that only tests move.</summary>
    public static TestClient New(params string[] faults)
    {
        return New(Quiet(faults));
    }

    /// <summary>A library of 200 without limits.</summary>
    public static SimulatorOptions Quiet(params string[] faults)
    {
        return new SimulatorOptions { RequestsPerSecond = 0, Now = Noon, UserCount = 200, Faults = faults };
    }

    public static TestClient New(SimulatorOptions options)
    {
        AlmaSimulator simulator = AlmaSimulator.Create(options);
        simulator.Clock.Freeze();
        return new TestClient(simulator);
    }

    /// <summary>The same way with another key, for as long as this client lives.</summary>
    public TestClient As(string key)
    {
        return new TestClient(Simulator, _http, key);
    }

    /// <summary>Those whom the API knows, in order.</summary>
    public IReadOnlyList<SimulatedUser> Present()
    {
        return [.. Simulator.Users.Where(u => !u.IsDeleted)];
    }

    public static DateTimeOffset Noon { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static string UserPath(string id)
    {
        return "users/" + Uri.EscapeDataString(id);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        return SendAsync(method, path, body, HttpCompletionOption.ResponseContentRead);
    }

    /// <summary>Gives the answer as soon as its head is there; the body is still on its way.</summary>
    public Task<HttpResponseMessage> StartAsync(HttpMethod method, string path)
    {
        return SendAsync(method, path, body: null, HttpCompletionOption.ResponseHeadersRead);
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, HttpCompletionOption completion)
    {
        HttpRequestMessage request = new(method, "almaws/v1/" + path);
        request.Headers.TryAddWithoutValidation("Authorization", "apikey " + _key);
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
        {
            string text = body as string ?? JsonConvert.SerializeObject(body);
            string type = text.StartsWith('<') ? "application/xml" : "application/json";
            request.Content = new StringContent(text, Encoding.UTF8, type);
        }
        else if (method != HttpMethod.Get)
        {
            // Without a body .NET would send it again by itself when the line is cut before an answer.
            request.Content = new ByteArrayContent([]);
        }

        return _http.SendAsync(request, completion);
    }

    public Task<JObject> GetAsync(string path)
    {
        return ExpectAsync(HttpMethod.Get, path);
    }

    public async Task<XElement> GetXmlAsync(string path)
    {
        string separator = path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path + separator + "format=xml");
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        Assert.Equal("application/xml", response.Content.Headers.ContentType!.MediaType);
        return XElement.Parse(text);
    }

    public async Task DeleteAsync(string path)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Delete, path);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.NoContent, $"{path}: {(int)response.StatusCode} {text}");
        Assert.Empty(text);
    }

    /// <summary>The code of a business error to a GET.</summary>
    public async Task<string> GetErrorAsync(string path)
    {
        return (await ErrorAsync(HttpMethod.Get, path)).Code;
    }

    public async Task<JObject> ExpectAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        return Parse(text);
    }

    /// <summary>Expects a business error: HTTP 400 with a JSON body.</summary>
    public async Task<(string Code, string Message)> ErrorAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{path}: {(int)response.StatusCode} {text}");
        JToken error = Parse(text)["errorList"]!["error"]![0]!;
        return (error["errorCode"]!.ToString(), error["errorMessage"]!.ToString());
    }

    public static JObject Parse(string json)
    {
        using JsonTextReader reader = new(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    public async Task<string> NewSetAsync(string name, params string[] members)
    {
        object body = new
        {
            name,
            type = new { value = "ITEMIZED" },
            content = new { value = "USER" },
            @private = new { value = "false" },
        };
        JObject set = await ExpectAsync(HttpMethod.Post, "conf/sets", body);
        string id = set["id"]!.ToString();
        if (members.Length > 0)
        {
            await ExpectAsync(HttpMethod.Post, $"conf/sets/{id}?op=add_members", Members(members));
        }

        return id;
    }

    public static object Members(params string[] ids)
    {
        return new { members = new { member = ids.Select(id => new { id }).ToArray() } };
    }

    public static object Parameters(params (string Name, string Value)[] parameters)
    {
        var list = parameters.Select(p => new { name = new { value = p.Name }, value = p.Value });
        return new { parameter = list.ToArray() };
    }

    /// <summary>Starts a job and gives the id of its instance.</summary>
    public async Task<string> RunAsync(string jobId, params (string Name, string Value)[] parameters)
    {
        JObject answer = await ExpectAsync(HttpMethod.Post, $"conf/jobs/{jobId}?op=run", Parameters(parameters));
        return answer["additional_info"]!["link"]!.ToString().Split('/')[^1];
    }

    public async Task<JObject> FinishAsync(string instanceId)
    {
        Simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        return await GetAsync("conf/jobs/ALL/instances/" + instanceId);
    }

    public void Dispose()
    {
        _http.Dispose();
    }
}
