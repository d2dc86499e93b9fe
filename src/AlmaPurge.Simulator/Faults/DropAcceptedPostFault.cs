using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A POST is done, and then the line is cut: the client cannot know that it was.</summary>
internal sealed class DropAcceptedPostFault : Fault
{
    public override string Description => "A POST is done, and then the connection is cut: the client cannot know that it was.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(1);

    public override bool ConcernsAfter(ApiRequest request, ApiAnswer answer)
    {
        return request.Method == "POST";
    }

    public override void After(ApiRequest request, ApiAnswer answer)
    {
        throw new HttpRequestException(
            HttpRequestError.ResponseEnded, "The connection was closed before the answer arrived.");
    }
}
