using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Faults;

/// <summary>From the second look on, <c>conf/general</c> tells another institution and environment.</summary>
internal sealed class EnvironmentSwitchedFault : Fault
{
    public override string Description =>
        "conf/general suddenly tells another institution and another environment, and goes on telling it.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(2);

    public override bool Lasts => true;

    public override bool ConcernsAfter(ApiRequest request, ApiAnswer answer)
    {
        return request.Method == "GET" && request.Segments is ["conf", "general"];
    }

    public override void After(ApiRequest request, ApiAnswer answer)
    {
        bool isProduction = Library.Options.EnvironmentType == "PRODUCTION";
        answer.Body["institution"] = new JObject { ["value"] = "01OTHER_INST", ["desc"] = "Another Library" };
        answer.Body["environment_type"] = isProduction ? "SANDBOX" : "PRODUCTION";
    }
}
