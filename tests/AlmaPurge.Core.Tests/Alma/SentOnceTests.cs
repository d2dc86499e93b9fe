using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

/// <summary>
/// Over a real connection a change is sent once, whatever becomes of the line. .NET repeats a request without a body by
/// itself when the other side closes the line politely before it answers; no handler in this process shows that.
/// </summary>
public sealed class SentOnceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DELETE_is_sent_once_when_the_line_is_closed_before_an_answer(bool rudely)
    {
        using ClosingServer server = new(rudely);
        using AlmaClient client = server.Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(
            () => client.GetWriter(WriteApproval.Given("test")).DeleteUserAsync("u1", default));

        Assert.True(error.OutcomeUnknown);
        Assert.StartsWith("DELETE /almaws/v1/users/u1 ", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_of_a_report_is_asked_for_once_when_the_line_is_closed_before_an_answer(bool rudely)
    {
        using ClosingServer server = new(rudely, ReportPages.First("T1", false, "0001"));
        using AlmaClient client = server.Connect();

        await FakeAlma.FailsAsync(() => client.ReadReportAsync(new AlmaReportRequest("/shared/x"), default).ToListAsync().AsTask());

        Assert.Equal(["?path", "?token"], server.Requests.Select(r => r[r.IndexOf('?', StringComparison.Ordinal)..r.IndexOf('=', StringComparison.Ordinal)]));
    }

    /// <summary>
    /// Takes each request and closes the line without an answer, politely (FIN) or rudely (RST); only the first is
    /// answered where there is an answer for it.
    /// </summary>
    private sealed class ClosingServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<string> _requests = [];
        private readonly bool _rudely;
        private string? _first;

        public ClosingServer(bool rudely, string? first = null)
        {
            _rudely = rudely;
            _first = first;
            _listener.Start();
            _ = ServeAsync();
        }

        public IReadOnlyList<string> Requests
        {
            get
            {
                lock (_requests)
                {
                    return [.. _requests];
                }
            }
        }

        public AlmaClient Connect() => new(new AlmaClientOptions
        {
            BaseAddress = new Uri(string.Create(
                CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/")),
            ApiKey = FakeAlma.Key,
        });

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                using Socket line = await _listener.AcceptSocketAsync();
                byte[] bytes = new byte[4_096];
                int count = await line.ReceiveAsync(bytes);
                lock (_requests)
                {
                    _requests.Add(System.Text.Encoding.ASCII.GetString(bytes, 0, count));
                }

                if (_first is { } body)
                {
                    _first = null;
                    await line.SendAsync(System.Text.Encoding.UTF8.GetBytes(string.Create(
                        CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {System.Text.Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}")));
                    count = await line.ReceiveAsync(bytes);
                    lock (_requests)
                    {
                        _requests.Add(System.Text.Encoding.ASCII.GetString(bytes, 0, count));
                    }
                }

                if (_rudely)
                {
                    line.LingerState = new LingerOption(true, 0);
                }
                else
                {
                    line.Shutdown(SocketShutdown.Send);
                }
            }
        }
    }
}
