using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The request is served, and the line is cut in the middle of the answer.</summary>
internal sealed class TruncatedBodyFault : Fault
{
    public override string Description => "A request is served, and the connection is cut in the middle of the answer.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.AtRate(0.05);

    public override bool ConcernsResponse(HttpResponseMessage response)
    {
        return response.Content.Headers.ContentLength > 1;
    }

    public override void OnResponse(HttpResponseMessage response)
    {
        response.Content = new TruncatedContent(response.Content);
    }
}
