using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>Invalid ids are left out of a set without a word, whatever fail_on_invalid_id says.</summary>
internal sealed class SilentInvalidIdsFault : Fault
{
    public override string Description => "Invalid ids are left out of a set without a word, whatever fail_on_invalid_id says.";

    public override bool ConcernsBefore(ApiRequest request)
    {
        return request.Method == "POST" && request.Segments is ["conf", "sets", _];
    }

    public override void Before(ApiRequest request)
    {
        request.Query["fail_on_invalid_id"] = "false";
    }
}
