using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The gateway says that there are too many requests a second, although there are not.</summary>
internal sealed class ThrottleFault : Fault
{
    public override string Description => "The gateway refuses a request as too many a second, although there are not.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.AtRate(0.05);

    public override bool ConcernsBefore(ApiRequest request)
    {
        return true;
    }

    public override void Before(ApiRequest request)
    {
        throw new ApiErrorException(
            "PER_SECOND_THRESHOLD", "HTTP requests are more than allowed per second.", 429, fromGateway: true);
    }
}
