using System.Threading.RateLimiting;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class PaceTests
{
    [Theory]
    [InlineData(400, 1400)]
    [InlineData(0, 1000)]
    public async Task The_second_counts_from_when_a_request_was_sent(int heldUpMilliseconds, int atLeast)
    {
        FastTime time = new();
        DateTimeOffset start = time.GetUtcNow();
        using PacedRateLimiter limiter = new(2, time);
        RateLimitLease first = await limiter.AcquireAsync();
        time.Advance(TimeSpan.FromMilliseconds(heldUpMilliseconds));
        first.Dispose();

        await limiter.AcquireAsync();
        await limiter.AcquireAsync();

        // Two a second: the third waits for the second after the first, wherever that was on the way.
        Assert.InRange((time.GetUtcNow() - start).TotalMilliseconds, atLeast, atLeast + 100);
    }

    [Fact]
    public async Task A_lease_that_is_disposed_twice_counts_once()
    {
        FastTime time = new();
        DateTimeOffset start = time.GetUtcNow();
        using PacedRateLimiter limiter = new(1, time);
        RateLimitLease first = await limiter.AcquireAsync();
        first.Dispose();
        time.Advance(TimeSpan.FromMilliseconds(900));
        first.Dispose();

        await limiter.AcquireAsync();

        Assert.InRange((time.GetUtcNow() - start).TotalMilliseconds, 1000, 1100);
    }
}
