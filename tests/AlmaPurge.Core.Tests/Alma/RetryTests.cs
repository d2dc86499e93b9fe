using System.Net;
using System.Net.Http.Headers;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class RetryTests
{
    private const string User = """{"primary_id":"1"}""";

    public static TheoryData<string> Transient => ["429", "500", "503", "page", "cut", "empty", "reset", "connection", "timeout"];

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task Read_is_repeated_after_passing_trouble(string trouble)
    {
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Json(User), () => Trouble(trouble), () => FakeAlma.Json(User));
        using AlmaClient client = alma.Connect();
        await client.GetUserAsync("1", expand: true, default);

        AlmaUserRecord? user = await client.GetUserAsync("1", expand: true, default);

        Assert.Equal("1", user!.PrimaryId.Value);
        Assert.Equal(3, alma.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task Read_is_given_up_after_five_attempts(string trouble)
    {
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Json(User), () => Trouble(trouble));
        using AlmaClient client = alma.Connect();
        await client.GetUserAsync("1", expand: true, default);

        AlmaApiException error = await FakeAlma.FailsAsync(() => client.GetUserAsync("1", expand: true, default));

        Assert.Equal(6, alma.Requests.Count);
        Assert.Equal(5, error.Attempts);
        Assert.Contains("5 attempts", error.Message, StringComparison.Ordinal);
        Assert.False(error.OutcomeUnknown);
    }

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task Change_is_never_repeated(string trouble)
    {
        FakeAlma alma = FakeAlma.InTurn(() => Trouble(trouble));
        using AlmaClient client = alma.Connect();
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));

        await FakeAlma.FailsAsync(() => writer.CreateUserSetAsync("n", "d", default));
        await FakeAlma.FailsAsync(() => writer.RunJobAsync("M148", [], default));

        Assert.Equal(2, alma.Requests.Count);
        Assert.All(alma.Requests, request => Assert.Equal("POST", request.Method));
    }

    [Theory]
    [InlineData("500", true)]
    [InlineData("503", true)]
    [InlineData("reset", true)]
    [InlineData("timeout", true)]
    [InlineData("cut", true)]
    [InlineData("page", true)]
    [InlineData("general", true)]
    [InlineData("connection", false)]
    [InlineData("429", false)]
    [InlineData("401850", false)]
    [InlineData("403", false)]
    public async Task Change_whose_answer_was_lost_says_so(string trouble, bool unknown)
    {
        FakeAlma alma = FakeAlma.InTurn(() => Trouble(trouble));
        using AlmaClient client = alma.Connect();
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));

        AlmaApiException error = await FakeAlma.FailsAsync(() => writer.DeleteUserAsync("1", default));

        Assert.Equal(unknown, error.OutcomeUnknown);
        Assert.Equal("DELETE", error.Method);
        Assert.Equal(unknown, error.Message.Contains("do not send it again", StringComparison.Ordinal));
        Assert.Single(alma.Requests);
    }

    [Theory]
    [InlineData("401652")]
    [InlineData("403")]
    [InlineData("daily")]
    [InlineData("certificate")]
    public async Task Read_is_not_repeated_where_that_would_change_nothing(string trouble)
    {
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Json(User), () => Trouble(trouble));
        using AlmaClient client = alma.Connect();
        await client.GetUserAsync("1", expand: true, default);

        await FakeAlma.FailsAsync(() => client.GetUserAsync("1", expand: true, default));

        Assert.Equal(2, alma.Requests.Count);
    }

    [Fact]
    public async Task Host_that_was_never_reached_is_reported_at_once_with_its_region()
    {
        FakeAlma alma = FakeAlma.InTurn(() => Trouble("connection"));
        using AlmaClient client = alma.Connect(region: "https://api-eu.hosted.exlibrisgroup.com");

        AlmaApiException error = await FakeAlma.FailsAsync(() => client.GetGeneralConfigurationAsync(default));

        Assert.Equal(AlmaErrorKind.Connection, error.Kind);
        Assert.Contains("Europe (api-eu.hosted.exlibrisgroup.com)", error.Message, StringComparison.Ordinal);
        Assert.Single(alma.Requests);
    }

    [Fact]
    public async Task Retry_after_is_waited_for()
    {
        FakeAlma alma = FakeAlma.InTurn(() => WithRetryAfter(TimeSpan.FromSeconds(40)), () => FakeAlma.Json(User));
        using AlmaClient client = alma.Connect();

        await client.GetUserAsync("1", expand: true, default);

        Assert.Contains(alma.Time.Waits, wait => wait >= TimeSpan.FromSeconds(40) && wait <= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Retry_after_of_an_hour_is_not_sat_out()
    {
        FakeAlma alma = FakeAlma.InTurn(() => WithRetryAfter(TimeSpan.FromHours(1)));
        using AlmaClient client = alma.Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(() => client.GetUserAsync("1", expand: true, default));

        Assert.Equal(AlmaErrorKind.RateLimit, error.Kind);
        Assert.Single(alma.Requests);
    }

    [Fact]
    public async Task Back_off_after_too_many_requests_is_at_least_a_second_and_grows()
    {
        FakeAlma alma = FakeAlma.InTurn(() => Trouble("429"));
        using AlmaClient client = alma.Connect();

        await FakeAlma.FailsAsync(() => client.GetUserAsync("1", expand: true, default));

        Assert.Equal(4, alma.Time.Waits.Count);
        for (int i = 0; i < 4; i++)
        {
            double least = Math.Pow(2, i);
            Assert.InRange(alma.Time.Waits[i].TotalSeconds, least, least * 1.5);
        }
    }

    [Fact]
    public async Task Stop_is_a_stop_and_not_an_error_of_alma()
    {
        using CancellationTokenSource stop = new();
        FakeAlma alma = FakeAlma.InTurn(() =>
        {
            stop.Cancel();
            throw new HttpRequestException("torn down");
        });
        using AlmaClient client = alma.Connect();

        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.DeleteSetAsync("1", stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetUserAsync("1", expand: true, stop.Token));
        Assert.Single(alma.Requests);
    }

    [Fact]
    public async Task Stop_during_the_wait_for_another_attempt_ends_it()
    {
        using CancellationTokenSource stop = new();
        FakeAlma alma = FakeAlma.InTurn(() =>
        {
            stop.CancelAfter(TimeSpan.FromMilliseconds(5));
            HttpResponseMessage answer = Trouble("503");
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(90));
            return answer;
        });
        using AlmaClient client = new(new AlmaClientOptions
        {
            BaseAddress = AlmaRegions.All["Europe"],
            ApiKey = FakeAlma.Key,
            Handler = alma,
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetUserAsync("1", expand: true, stop.Token));
    }

    private static HttpResponseMessage Trouble(string kind) => kind switch
    {
        "429" => FakeAlma.Error("PER_SECOND_THRESHOLD", status: 429),
        "daily" => FakeAlma.Error("DAILY_THRESHOLD", status: 429),
        "500" => FakeAlma.Json(string.Empty, 500),
        "503" => FakeAlma.Error("ROUTING_ERROR", status: 503),
        "page" => FakeAlma.Body("<html>Maintenance</html>", "text/html", 200),
        "cut" => FakeAlma.Json("""{"id":"1","na"""),
        "empty" => FakeAlma.Json(string.Empty),
        "reset" => throw new HttpRequestException("reset by peer"),
        "connection" => throw new HttpRequestException(HttpRequestError.ConnectionError, "no route to host"),
        "certificate" => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "not trusted"),
        "timeout" => throw new TaskCanceledException("too slow", new TimeoutException()),
        "general" => FakeAlma.Error("GENERAL_ERROR"),
        "403" => FakeAlma.Error("FORBIDDEN", status: 403),
        _ => FakeAlma.Error(kind),
    };

    private static HttpResponseMessage WithRetryAfter(TimeSpan wait)
    {
        HttpResponseMessage answer = FakeAlma.Error("PER_SECOND_THRESHOLD", status: (int)HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(wait);
        return answer;
    }
}
