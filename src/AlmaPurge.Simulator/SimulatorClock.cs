namespace AlmaPurge.Simulator;

/// <summary>The simulator's time. It runs with real time unless it is set, moved or frozen.</summary>
public sealed class SimulatorClock
{
    private readonly object _lock = new();
    private readonly TimeProvider _time;
    private DateTimeOffset _base;
    private long _started;
    private bool _frozen;

    internal SimulatorClock(TimeProvider time, DateTimeOffset start)
    {
        _time = time;
        _base = start.ToUniversalTime();
        _started = time.GetTimestamp();
    }

    /// <summary>The present moment in the simulated library, in UTC.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
            {
                return Read();
            }
        }
    }

    /// <summary>Whether only <see cref="Set"/> and <see cref="Advance"/> move the time.</summary>
    public bool IsFrozen
    {
        get
        {
            lock (_lock)
            {
                return _frozen;
            }
        }
    }

    /// <summary>Sets the time; it goes on running from there, unless it is frozen.</summary>
    public void Set(DateTimeOffset now)
    {
        lock (_lock)
        {
            Restart(now.ToUniversalTime());
        }
    }

    /// <summary>Moves the time.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            Restart(Read() + by);
        }
    }

    /// <summary>Stops the time, so that only <see cref="Set"/> and <see cref="Advance"/> move it.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            Restart(Read());
            _frozen = true;
        }
    }

    /// <summary>Lets a frozen clock run again.</summary>
    public void Run()
    {
        lock (_lock)
        {
            Restart(Read());
            _frozen = false;
        }
    }

    private DateTimeOffset Read()
    {
        return _frozen ? _base : _base + _time.GetElapsedTime(_started);
    }

    private void Restart(DateTimeOffset now)
    {
        _base = now;
        _started = _time.GetTimestamp();
    }
}
