namespace AlmaPurge.Simulator.Http;

/// <summary>The institution's limits: so many calls in any one second, so many in a day (GMT).</summary>
internal sealed class CallLimits
{
    private readonly int _perSecond;
    private readonly long _daily;
    private readonly Queue<DateTimeOffset> _recent = new();
    private DateTime _day;
    private long _usedToday;

    public CallLimits(int perSecond, long daily)
    {
        _perSecond = perSecond;
        _daily = daily;
    }

    public long Remaining => Math.Max(0, _daily - _usedToday);

    /// <summary>Admits a call or throws the gateway's error. The caller holds the library's lock.</summary>
    public void Admit(DateTimeOffset now)
    {
        if (_perSecond > 0 && !FitsIntoSecond(now))
        {
            throw new ApiErrorException(
                "PER_SECOND_THRESHOLD",
                "HTTP requests are more than allowed per second. See https://developers.exlibrisgroup.com/alma/apis/",
                429,
                fromGateway: true);
        }

        if (now.UtcDateTime.Date != _day)
        {
            _day = now.UtcDateTime.Date;
            _usedToday = 0;
        }

        if (_usedToday >= _daily)
        {
            throw new ApiErrorException(
                ApiErrorException.DailyThreshold,
                "Daily API Request Threshold has been reached. See https://developers.exlibrisgroup.com/alma/apis/",
                429,
                fromGateway: true);
        }

        _usedToday++;
    }

    private bool FitsIntoSecond(DateTimeOffset now)
    {
        while (_recent.TryPeek(out DateTimeOffset oldest)
            && (now - oldest >= TimeSpan.FromSeconds(1) || oldest > now))
        {
            _recent.Dequeue();
        }

        if (_recent.Count >= _perSecond)
        {
            return false;
        }

        _recent.Enqueue(now);
        return true;
    }
}
