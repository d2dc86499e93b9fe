using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>Update/Notify Users ends well, but every fourth user is unchanged.</summary>
internal sealed class PartialMarkFault : Fault
{
    public override string Description => "Update/Notify Users ends well, but every fourth user is unchanged.";

    public override bool ConcernsJob(JobWork work)
    {
        return work.Run.Job is UpdateUsersJob && work.Users.Count > 0;
    }

    public override void OnJob(JobWork work)
    {
        int index = 0;
        work.Users.RemoveAll(_ => index++ % 4 == 0);
        work.CountLeftOutAsDone = true;
    }
}
