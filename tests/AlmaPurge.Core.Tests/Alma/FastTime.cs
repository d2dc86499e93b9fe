namespace AlmaPurge.Core.Tests.Alma;

/// <summary>
/// A clock that jumps: whoever waits is woken at once and the time has passed. Waits of ten minutes and more never end,
/// so that time-outs do not strike while a test looks at something else; unless it lets them end.
/// </summary>
internal sealed class FastTime : TimeProvider
{
    private static readonly TimeSpan s_never = TimeSpan.FromMinutes(10);

    private readonly object _lock = new();
    private readonly List<TimeSpan> _waits = [];
    private readonly Dictionary<JumpTimer, TimeSpan> _long = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>All waits so far.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_lock)
            {
                return [.. _waits];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
        }
    }

    /// <summary>Lets the long waits end, the time-outs of whatever is under way.</summary>
    public void EndLongWaits()
    {
        KeyValuePair<JumpTimer, TimeSpan>[] waits;
        lock (_lock)
        {
            waits = [.. _long];
            _long.Clear();
            _now += waits.Length == 0 ? TimeSpan.Zero : waits.Max(w => w.Value);
        }

        foreach ((JumpTimer timer, _) in waits)
        {
            timer.Ring();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        JumpTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private bool Pass(JumpTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _long.Remove(timer);
            if (dueTime < TimeSpan.Zero)
            {
                return false;
            }

            if (dueTime >= s_never)
            {
                _long[timer] = dueTime;
                return false;
            }

            _waits.Add(dueTime);
            _now += dueTime;
        }

        return true;
    }

    private sealed class JumpTimer(FastTime time, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (time.Pass(this, dueTime))
            {
                Ring();
            }

            return true;
        }

        public void Ring() => ThreadPool.QueueUserWorkItem(_ =>
        {
            if (!_disposed)
            {
                callback(state);
            }
        });

        public void Dispose()
        {
            _disposed = true;
            time.Pass(this, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
