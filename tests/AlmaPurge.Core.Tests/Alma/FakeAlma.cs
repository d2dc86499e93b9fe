using System.Net;
using System.Text;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

/// <summary>A request as it reached the server.</summary>
internal sealed record SeenRequest(string Method, string Uri, string? Authorization, string? Accept, string? Body)
{
    public override string ToString() => $"{Method} {Uri}";
}

/// <summary>A server in one function: what it answers to the n-th request.</summary>
internal sealed class FakeAlma(Func<SeenRequest, int, HttpResponseMessage> answer) : HttpMessageHandler
{
    public const string Key = "l7xx0123456789abcdefSECRET";

    private readonly List<SeenRequest> _requests = [];

    public IReadOnlyList<SeenRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public FastTime Time { get; } = new();

    /// <summary>The same JSON to everything.</summary>
    public static FakeAlma Saying(string json, int status = 200) => new((_, _) => Json(json, status));

    /// <summary>These answers one after the other; the last one again and again.</summary>
    public static FakeAlma InTurn(params Func<HttpResponseMessage>[] answers) =>
        new((_, n) => answers[Math.Min(n, answers.Length - 1)]());

    public static HttpResponseMessage Json(string json, int status = 200) => Body(json, "application/json", status);

    public static HttpResponseMessage Xml(string xml, int status) => Body(xml, "application/xml", status);

    public static HttpResponseMessage Body(string text, string type, int status) =>
        new((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, type) };

    public static HttpResponseMessage Error(string code, string message = "Something", int status = 400) => Json(
        $$"""
        {"errorsExist":true,"errorList":{"error":[{"errorCode":"{{code}}","errorMessage":"{{message}}","trackingId":"E01-1"}]},"result":null}
        """,
        status);

    public AlmaClient Connect(
        int requestsPerSecond = 0,
        long floor = 0,
        string region = "https://api-na.hosted.exlibrisgroup.com",
        int concurrency = 64) =>
        new(new AlmaClientOptions
        {
            BaseAddress = new Uri(region),
            ApiKey = Key,
            RequestsPerSecond = requestsPerSecond,
            MaximumConcurrency = concurrency,
            DailyCallFloor = floor,
            RequestTimeout = TimeSpan.FromHours(1),
            Handler = this,
            Time = Time,
        });

    /// <summary>The error of a call that must fail.</summary>
    public static Task<AlmaApiException> FailsAsync(Func<Task> call) => Assert.ThrowsAsync<AlmaApiException>(call);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        string? body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        SeenRequest seen = new(
            request.Method.Method,
            request.RequestUri!.AbsoluteUri,
            request.Headers.TryGetValues("Authorization", out IEnumerable<string>? values) ? values.Single() : null,
            request.Headers.Accept.ToString(),
            body);
        int number;
        lock (_requests)
        {
            number = _requests.Count;
            _requests.Add(seen);
        }

        return answer(seen, number);
    }
}
