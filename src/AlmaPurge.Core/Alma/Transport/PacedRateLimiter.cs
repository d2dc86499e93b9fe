using System.Threading.RateLimiting;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Lets requests go one by one in even steps. A token bucket would let a full bucket and its refill pass within one
/// second, and Alma counts every second, not every clock second. Two rules hold at once: steps of one interval, and
/// never more than the permitted number within a window that is a little longer than a second; the little is for the
/// way to the server, where requests may catch up with each other. The window counts from when a request was sent,
/// which is when its lease is disposed: a busy machine may hold it up after it got its permit. Late timers do not add
/// up, because the next step is counted from when the last one was due and not from when it woke.
/// </summary>
internal sealed class PacedRateLimiter : RateLimiter
{
    private const double WindowSeconds = 1.01;

    // Steps are a little wider than the window asks for, so that a machine that was late can make up for it.
    private const double StepSeconds = 1.02;
    private const double CatchUpSeconds = 0.25;

    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly long[] _granted;
    private readonly long _window;
    private readonly long _interval;
    private readonly long _catchUp;
    private int _oldest;
    private long _due;
    private long _notBefore = long.MinValue;
    private long _total;

    public PacedRateLimiter(int requestsPerSecond, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestsPerSecond);
        _time = time;
        _window = (long)(time.TimestampFrequency * WindowSeconds);
        _interval = (long)(time.TimestampFrequency * StepSeconds) / requestsPerSecond;
        _catchUp = (long)(time.TimestampFrequency * CatchUpSeconds);
        _granted = new long[requestsPerSecond];
        long now = time.GetTimestamp();
        Array.Fill(_granted, now - _window);
        _due = now - _interval;
    }

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => null;

    /// <summary>Lets nothing pass for a while, because the server said that it had enough.</summary>
    public void HoldOff(TimeSpan pause)
    {
        long until = _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency);
        long seen = Volatile.Read(ref _notBefore);
        while (seen < until)
        {
            long found = Interlocked.CompareExchange(ref _notBefore, until, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics() =>
        new() { TotalSuccessfulLeases = Interlocked.Read(ref _total) };

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount,
        CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long now = _time.GetTimestamp();
            for (long due = NextDue(now); due > now; due = NextDue(now))
            {
                await Task.Delay(ToDelay(due - now), _time, cancellationToken).ConfigureAwait(false);
                now = _time.GetTimestamp();
            }

            return Grant(now);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        if (!_turn.Wait(0))
        {
            return Denied.Lease;
        }

        try
        {
            long now = _time.GetTimestamp();
            if (NextDue(now) > now)
            {
                return Denied.Lease;
            }

            return Grant(now);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _turn.Dispose();
        }

        base.Dispose(disposing);
    }

    private long NextDue(long now)
    {
        // After a pause one may catch up a little, so that a busy machine does not lose its share; not more.
        long step = Math.Max(_due + _interval, now - _catchUp);
        long window = Volatile.Read(ref _granted[_oldest]) + _window;
        return Math.Max(Math.Max(step, window), Volatile.Read(ref _notBefore));
    }

    private Granted Grant(long now)
    {
        _due = NextDue(now);
        Granted lease = new(this, _oldest);
        Volatile.Write(ref _granted[_oldest], now);
        _oldest = (_oldest + 1) % _granted.Length;
        Interlocked.Increment(ref _total);
        return lease;
    }

    /// <summary>Whole milliseconds, rounded up: timers know no smaller ones, and waking early would spin.</summary>
    private TimeSpan ToDelay(long ticks) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(ticks * 1000.0 / _time.TimestampFrequency));

    private sealed class Granted(PacedRateLimiter limiter, int place) : RateLimitLease
    {
        private bool _isSent;

        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (!_isSent)
            {
                _isSent = true;
                Volatile.Write(ref limiter._granted[place], limiter._time.GetTimestamp());
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Denied : RateLimitLease
    {
        public static readonly Denied Lease = new();

        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
