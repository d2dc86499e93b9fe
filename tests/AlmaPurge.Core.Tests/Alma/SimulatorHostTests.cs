using System.Net;
using System.Net.Sockets;
using System.Text;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

/// <summary>Only what plainly says so counts as a host of the simulator.</summary>
public sealed class SimulatorHostTests
{
    [Theory]
    [InlineData("200 OK", """{"simulator":"AlmaPurge"}""", true)]
    [InlineData("200 OK", """{"simulator":"another"}""", false)]
    [InlineData("200 OK", "<html>", false)]
    [InlineData("404 Not Found", """{"simulator":"AlmaPurge"}""", false)]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/", "", false)]
    public async Task What_answers_decides(string status, string body, bool isHost)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Uri address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        Task<string> asked = AnswerOnceAsync(listener, status, body);
        Assert.Equal(isHost, await SimulatorHost.AnswersAtAsync(address, CancellationToken.None));
        string request = await asked;
        Assert.StartsWith("GET /simulator HTTP/1.1", request, StringComparison.Ordinal);
        Assert.DoesNotContain("apikey", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nobody_there_is_no_host_and_other_machines_are_not_asked()
    {
        Assert.False(await SimulatorHost.AnswersAtAsync(new Uri("http://127.0.0.1:9/"), CancellationToken.None));
        Assert.False(await SimulatorHost.AnswersAtAsync(new Uri("https://alma.invalid/"), CancellationToken.None));
        Assert.False(await SimulatorHost.AnswersAtAsync(new Uri("ftp://127.0.0.1/"), CancellationToken.None));
        Assert.False(await SimulatorHost.AnswersAtAsync(new Uri("simulator", UriKind.Relative), CancellationToken.None));
    }

    private static async Task<string> AnswerOnceAsync(TcpListener listener, string status, string body)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        byte[] buffer = new byte[4096];
        int read = await stream.ReadAsync(buffer);
        string answer = $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
