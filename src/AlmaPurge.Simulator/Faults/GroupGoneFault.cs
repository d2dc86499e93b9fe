using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>
/// The purge groups disappear from the code table. It can happen whenever somebody is about to rely on them: the table
/// is read, or a job is started.
/// </summary>
internal sealed class GroupGoneFault : Fault
{
    private const string Setting = UpdateUsersParameters.Prefix + "UserGroup_";

    public override string Description =>
        "The purge groups disappear from the code table, when it is read or when a job is started.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(1);

    public override bool ConcernsBefore(ApiRequest request)
    {
        return request.Method switch
        {
            "GET" => request.Segments is ["conf", "code-tables", "UserGroups"],
            "POST" => request.Segments is ["conf", "jobs", _],
            _ => false,
        };
    }

    public override void Before(ApiRequest request)
    {
        HashSet<string?> marked = [.. Library.Jobs.Runs
            .Where(r => r.Job is UpdateUsersJob && r.Parameters.GetValueOrDefault(Setting + "Active") == "true")
            .Select(r => r.Parameters.GetValueOrDefault(Setting + "Value"))];
        Library.RemoveGroups(g => g.Code.StartsWith("PURGE", StringComparison.Ordinal) || marked.Contains(g.Code));
    }
}
