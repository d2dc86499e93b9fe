using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>
/// A DELETE is done, and then the line is cut. Another person's barcode now answers to the id, so that a client that
/// repeats the DELETE removes somebody else.
/// </summary>
internal sealed class AcceptedDeleteThenCutFault : Fault
{
    public override string Description =>
        "A DELETE of a user is done and the connection cut; another person's barcode then answers to the id.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(1);

    public override bool ConcernsAfter(ApiRequest request, ApiAnswer answer)
    {
        return request.Method == "DELETE" && request.Segments is ["users", _];
    }

    public override void After(ApiRequest request, ApiAnswer answer)
    {
        Twin.Of(Library.Purged[^1].PrimaryId, Library);
        throw new HttpRequestException(
            HttpRequestError.ResponseEnded, "The connection was closed before the answer arrived.");
    }
}
