using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The line is cut before the request is served. To the client it looks as if it might have been.</summary>
internal sealed class ResetConnectionFault : Fault
{
    public override string Description => "The connection is cut, and nothing was done.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.AtRate(0.05);

    public override bool ConcernsBefore(ApiRequest request)
    {
        return true;
    }

    public override void Before(ApiRequest request)
    {
        throw new HttpRequestException("The connection was reset.");
    }
}
