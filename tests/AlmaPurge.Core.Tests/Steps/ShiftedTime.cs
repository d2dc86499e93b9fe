namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The real clock or another one, which a test can set forward. Waits are those of that clock.</summary>
internal sealed class ShiftedTime(TimeProvider? clock = null) : TimeProvider
{
    private readonly TimeProvider _clock = clock ?? System;
    private long _shift;

    public override TimeZoneInfo LocalTimeZone => Zone;

    /// <summary>The zone of whoever works; the system's own is not to matter.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _shift));

    public override long GetTimestamp() =>
        _clock.GetTimestamp() + (long)((decimal)Interlocked.Read(ref _shift) * TimestampFrequency / TimeSpan.TicksPerSecond);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _clock.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
