using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A page of members holds a row twice.</summary>
internal sealed class DuplicateMembersFault : Fault
{
    public override string Description => "A page of set members holds a row twice.";

    public override bool ConcernsAfter(ApiRequest request, ApiAnswer answer)
    {
        return request.Method == "GET" && request.Segments is ["conf", "sets", _, "members"]
            && answer.Body["member"] is JArray { Count: > 0 };
    }

    public override void After(ApiRequest request, ApiAnswer answer)
    {
        JArray page = (JArray)answer.Body["member"]!;
        page.Add(page[0].DeepClone());
    }
}
