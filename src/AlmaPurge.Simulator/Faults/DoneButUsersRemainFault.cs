using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The purge job says that all are purged, but every fifth user is still there.</summary>
internal sealed class DoneButUsersRemainFault : Fault
{
    public override string Description => "A purge job says that all are purged, but every fifth user is still there.";

    public override bool ConcernsJob(JobWork work)
    {
        return work.Run.Job is AssumedPurgeJob && work.Users.Count > 0;
    }

    public override void OnJob(JobWork work)
    {
        int index = 0;
        work.Users.RemoveAll(_ => index++ % 5 == 0);
        work.CountLeftOutAsDone = true;
    }
}
