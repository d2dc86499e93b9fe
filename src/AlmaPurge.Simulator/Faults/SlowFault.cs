using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The request is served, and the answer takes two seconds.</summary>
internal sealed class SlowFault : Fault
{
    public override string Description => "An answer takes two seconds.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.AtRate(0.05);

    public override bool ConcernsBefore(ApiRequest request)
    {
        return true;
    }

    public override void Before(ApiRequest request)
    {
        request.Delay = TimeSpan.FromSeconds(2);
    }
}
