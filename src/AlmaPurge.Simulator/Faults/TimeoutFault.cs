using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The request is served, and no answer ever comes: the client must stop waiting by itself.</summary>
internal sealed class TimeoutFault : Fault
{
    public override string Description => "A request is served, and no answer ever comes.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(1);

    public override bool ConcernsBefore(ApiRequest request)
    {
        return true;
    }

    public override void Before(ApiRequest request)
    {
        request.Delay = Timeout.InfiniteTimeSpan;
    }
}
