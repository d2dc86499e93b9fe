using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class LimitTests
{
    private const string User = """{"primary_id":"1"}""";

    [Theory]
    [InlineData(25)]
    [InlineData(10)]
    [InlineData(1)]
    public async Task No_second_holds_more_requests_than_permitted_and_few_less(int perSecond)
    {
        List<DateTimeOffset> times = [];
        FakeAlma? self = null;
        FakeAlma alma = self = new FakeAlma((_, _) =>
        {
            lock (times)
            {
                times.Add(self!.Time.GetUtcNow());
            }

            return FakeAlma.Json(User);
        });

        // One at a time, because this clock jumps for the next request before the last one has noted when it came.
        using AlmaClient client = alma.Connect(perSecond, concurrency: 1);
        int count = perSecond * 20;

        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => client.GetUserAsync("1", expand: true, default)));

        AssertNeverMore(times, perSecond);
        double seconds = (times[^1] - times[0]).TotalSeconds;
        Assert.InRange((count - 1) / seconds, perSecond * 0.95, perSecond);
    }

    [Fact]
    public async Task Pause_does_not_save_up_a_burst_that_breaks_the_limit()
    {
        List<DateTimeOffset> times = [];
        FakeAlma? self = null;
        FakeAlma alma = self = new FakeAlma((_, _) =>
        {
            times.Add(self!.Time.GetUtcNow());
            return FakeAlma.Json(User);
        });
        using AlmaClient client = alma.Connect(25);
        for (int i = 0; i < 200; i++)
        {
            if (i % 40 == 39)
            {
                alma.Time.Advance(TimeSpan.FromSeconds(i % 3 == 0 ? 0.6 : 30));
            }

            await client.GetUserAsync("1", expand: true, default);
        }

        AssertNeverMore(times, 25);
    }

    [Fact]
    public async Task Each_attempt_takes_its_own_permit()
    {
        List<DateTimeOffset> times = [];
        FakeAlma? self = null;
        FakeAlma alma = self = new FakeAlma((_, _) =>
        {
            times.Add(self!.Time.GetUtcNow());
            return times.Count % 2 == 1 ? FakeAlma.Json(string.Empty, 500) : FakeAlma.Json(User);
        });
        using AlmaClient client = new(new AlmaClientOptions
        {
            BaseAddress = AlmaRegions.All["Europe"],
            ApiKey = FakeAlma.Key,
            RequestsPerSecond = 2,
            RequestTimeout = TimeSpan.FromHours(1),
            RetryDelay = TimeSpan.FromMilliseconds(1),
            Handler = alma,
            Time = alma.Time,
        });

        for (int i = 0; i < 10; i++)
        {
            await client.GetUserAsync("1", expand: true, default);
        }

        Assert.Equal(20, times.Count);
        AssertNeverMore(times, 2);
    }

    [Fact]
    public async Task Too_many_requests_hold_the_others_back_too()
    {
        List<DateTimeOffset> times = [];
        FakeAlma? self = null;
        FakeAlma alma = self = new FakeAlma((_, n) =>
        {
            times.Add(self!.Time.GetUtcNow());
            return n == 0 ? FakeAlma.Error("PER_SECOND_THRESHOLD", status: 429) : FakeAlma.Json(User);
        });
        using AlmaClient client = new(new AlmaClientOptions
        {
            BaseAddress = AlmaRegions.All["Europe"],
            ApiKey = FakeAlma.Key,
            RequestsPerSecond = 25,
            MaximumAttempts = 1,
            RequestTimeout = TimeSpan.FromHours(1),
            Handler = alma,
            Time = alma.Time,
        });

        await FakeAlma.FailsAsync(() => client.GetUserAsync("1", expand: true, default));
        await client.GetUserAsync("1", expand: true, default);

        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Requests_under_way_are_bounded()
    {
        int now = 0;
        int most = 0;
        using SemaphoreSlim gate = new(0);
        GateHandler handler = new(gate, change =>
        {
            int count = Interlocked.Add(ref now, change);
            InterlockedMax(ref most, count);
        });
        using AlmaClient client = new(new AlmaClientOptions
        {
            BaseAddress = AlmaRegions.All["Europe"],
            ApiKey = FakeAlma.Key,
            RequestsPerSecond = 0,
            MaximumConcurrency = 4,
            Handler = handler,
        });

        Task[] calls = Enumerable.Range(0, 20).Select(_ => client.GetUserAsync("1", false, default)).ToArray<Task>();
        Assert.Equal(4, Volatile.Read(ref now));
        gate.Release(20);
        await Task.WhenAll(calls);

        Assert.Equal(4, most);
    }

    [Fact]
    public async Task Calls_left_are_known_from_the_last_answer_until_midnight()
    {
        FakeAlma alma = FakeAlma.InTurn(() => WithCallsLeft(4711));
        using AlmaClient client = alma.Connect();
        Assert.Null(client.CallsLeftToday);

        await client.GetUserAsync("1", expand: true, default);
        Assert.Equal(4711, client.CallsLeftToday);

        alma.Time.Advance(TimeSpan.FromHours(12));
        Assert.Null(client.CallsLeftToday);
    }

    [Fact]
    public async Task Below_the_floor_nothing_is_sent_until_midnight()
    {
        FakeAlma alma = FakeAlma.InTurn(() => WithCallsLeft(500), () => WithCallsLeft(499));
        using AlmaClient client = alma.Connect(floor: 500);
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));
        await client.GetUserAsync("1", expand: true, default);
        await client.GetUserAsync("1", expand: true, default);

        AlmaApiException read = await FakeAlma.FailsAsync(() => client.GetUserAsync("1", expand: true, default));
        AlmaApiException change = await FakeAlma.FailsAsync(() => writer.DeleteUserAsync("1", default));
        Assert.Equal(2, alma.Requests.Count);
        Assert.Equal(AlmaErrorKind.DailyLimit, read.Kind);
        Assert.Equal(AlmaErrorKind.DailyLimit, change.Kind);
        Assert.False(change.OutcomeUnknown);
        Assert.Contains("499", read.Message, StringComparison.Ordinal);

        alma.Time.Advance(TimeSpan.FromHours(12));
        await client.GetUserAsync("1", expand: true, default);
        Assert.Equal(3, alma.Requests.Count);
    }

    private static HttpResponseMessage WithCallsLeft(long left)
    {
        HttpResponseMessage answer = FakeAlma.Json(User);
        answer.Headers.Add("X-Exl-Api-Remaining", left.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return answer;
    }

    private static void AssertNeverMore(List<DateTimeOffset> times, int perSecond)
    {
        for (int i = perSecond; i < times.Count; i++)
        {
            Assert.True(times[i] - times[i - perSecond] >= TimeSpan.FromSeconds(1), $"request {i} came too early");
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            int found = Interlocked.CompareExchange(ref target, value, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    private sealed class GateHandler(SemaphoreSlim gate, Action<int> count) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            count(1);
            await gate.WaitAsync(cancellationToken);
            count(-1);
            return FakeAlma.Json(User);
        }
    }
}
