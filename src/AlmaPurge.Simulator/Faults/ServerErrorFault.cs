using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A 500 before anything was done.</summary>
internal sealed class ServerErrorFault : Fault
{
    public override string Description => "A request gets a 500, and nothing was done.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.AtRate(0.05);

    public override bool ConcernsBefore(ApiRequest request)
    {
        return true;
    }

    public override void Before(ApiRequest request)
    {
        throw new ApiErrorException(
            "INTERNAL_SERVER_ERROR", "The web server encountered an unexpected condition.", 500);
    }
}
