using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A page for people comes back instead of an answer, as in maintenance, and nothing was done.</summary>
internal sealed class HtmlErrorPageFault : Fault
{
    private const string Page =
        "<!DOCTYPE html><html><head><title>Alma is under maintenance</title></head>"
        + "<body><h1>Alma is under maintenance</h1><p>We will be back soon.</p></body></html>";

    public override string Description => "A request gets a web page with status 503, and nothing was done.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.AtRate(0.05);

    public override bool ConcernsBefore(ApiRequest request)
    {
        return true;
    }

    public override void Before(ApiRequest request)
    {
        throw new ApiErrorException("", "under maintenance", 503, fromGateway: true) { Page = Page };
    }
}
