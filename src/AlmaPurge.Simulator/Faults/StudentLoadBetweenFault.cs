using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>
/// The nightly load from the student system comes between marking and purge. Every fiftieth of those marked is enrolled
/// again. It can come at each request after the marking that looks at a user, or is to purge; not between a look and the
/// DELETE of the same user, where no client could notice.
/// </summary>
internal sealed class StudentLoadBetweenFault : Fault
{
    private const int OneOutOf = 50;

    private readonly HashSet<string> _looked = new(StringComparer.OrdinalIgnoreCase);

    public override string Description =>
        "After the marking, before the next look at a user or purge, the nightly load sets every fiftieth marked user back.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(1);

    public override bool ConcernsBefore(ApiRequest request)
    {
        if (Marking() is null)
        {
            return false;
        }

        switch (request.Method, request.Segments)
        {
            case ("GET", ["users", string id]):
                _looked.Add(id);
                return true;
            case ("DELETE", ["users", string id]):
                return !_looked.Contains(id);
            case ("POST", ["conf", "jobs", string id]):
                return Library.Jobs.Find(id) is AssumedPurgeJob;
            default:
                return false;
        }
    }

    public override void Before(ApiRequest request)
    {
        SimulatedUser[] marked = [.. Marking()!.Set.Members];
        StudentSystem.Enroll(Library, marked.Where((_, index) => index % OneOutOf == 0));
    }

    private SimulatedJobRun? Marking()
    {
        return Library.Jobs.Runs.LastOrDefault(r => r.IsFinished && r.Job is UpdateUsersJob);
    }
}
