using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A job fails when half of the users are done.</summary>
internal sealed class JobFailsHalfwayFault : Fault
{
    public override bool ConcernsJob(JobWork work)
    {
        return work.Users.Count > 0;
    }

    public override void OnJob(JobWork work)
    {
        int half = work.Users.Count / 2;
        work.Users.RemoveRange(half, work.Users.Count - half);
        work.ForcedStatus = "COMPLETED_FAILED";
    }
}
