using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>A host in this process behind a real port, and a client that knows nothing of it but the address.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly SimulatorServer _server;

    private TestHost(SimulatorServer server)
    {
        _server = server;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.BaseAddress };
    }

    public static DateTimeOffset December20 { get; } = new(2026, 12, 20, 9, 0, 0, TimeSpan.Zero);

    public AlmaSimulator Simulator => _server.Simulator;

    public Uri Address => _server.BaseAddress;

    public HttpClient Http { get; }

    public static async Task<TestHost> StartAsync(HostOptions? options = null)
    {
        HostOptions asked = options ?? new HostOptions { Now = December20 };
        SimulatorServer server = SimulatorServer.Create(asked with { Port = 0, Rate = 0 });
        await server.StartAsync(CancellationToken.None);
        return new TestHost(server);
    }

    public HttpRequestMessage Api(string path, HttpMethod? method = null)
    {
        UriCreationOptions raw = new() { DangerousDisablePathAndQueryCanonicalization = true };
        HttpRequestMessage request = new(method ?? HttpMethod.Get, new Uri(Address + "almaws/v1/" + path, raw));
        request.Headers.TryAddWithoutValidation("Authorization", "apikey " + Simulator.ApiKey);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    public async Task<JsonNode> GetApiAsync(string path)
    {
        using HttpRequestMessage request = Api(path);
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        return JsonNode.Parse(await Http.GetStringAsync(path))!;
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, string json)
    {
        // As curl -d sends it: the media type says form.
        using StringContent content = new(json, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await Http.PostAsync(path, content);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Sends bytes as they are and reads until the other side closes the line.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.RunUntilAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }
}
