using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet.World;

/// <summary>
/// The client's clock, which is the library's own. Whoever waits is woken at once, and the time has passed for both.
/// Time-outs of requests alone do not pass by themselves: they strike when an answer never comes.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    /// <summary>Longer than any wait of the client, so that its time-out can be told from those.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromHours(6);

    private readonly SimulatorClock _clock;
    private readonly object _lock = new();
    private readonly HashSet<PendingTimer> _pending = [];

    public VirtualTime(SimulatorClock clock, TimeZoneInfo zone)
    {
        _clock = clock;
        LocalTimeZone = zone;
    }

    public override TimeZoneInfo LocalTimeZone { get; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _clock.Now;

    public override long GetTimestamp() => _clock.Now.Ticks;

    public void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>How the simulator's slow answers are waited for.</summary>
    public Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay == Timeout.InfiniteTimeSpan)
        {
            Advance(RequestTimeout);
            ExpireRequests();
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        Advance(delay);
        return Task.CompletedTask;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        PendingTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void ExpireRequests()
    {
        PendingTimer[] due;
        lock (_lock)
        {
            due = [.. _pending];
            _pending.Clear();
        }

        foreach (PendingTimer timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class PendingTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            if (dueTime >= RequestTimeout)
            {
                lock (time._lock)
                {
                    time._pending.Add(this);
                }

                return true;
            }

            time.Advance(dueTime);
            Fire();
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
            {
                time._pending.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
