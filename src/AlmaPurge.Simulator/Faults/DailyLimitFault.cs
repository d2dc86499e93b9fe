using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The institution's calls of the day are used up, until midnight GMT.</summary>
internal sealed class DailyLimitFault : Fault
{
    private DateTime? _day;

    public override string Description =>
        "The calls of the day are used up: from then on every request is refused until midnight GMT.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(30);

    public override bool Lasts => true;

    public override bool ConcernsBefore(ApiRequest request)
    {
        return true;
    }

    public override void Before(ApiRequest request)
    {
        DateTime today = Library.Now.UtcDateTime.Date;
        _day ??= today;
        if (today == _day)
        {
            throw new ApiErrorException(
                ApiErrorException.DailyThreshold, "Daily API Request Threshold has been reached.", 429, fromGateway: true);
        }
    }
}
