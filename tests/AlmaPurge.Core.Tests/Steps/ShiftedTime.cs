namespace AlmaPurge.Core.Tests.Steps;

/// <summary>The real clock, which a test can set forward. Waits are real ones.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _shift));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
