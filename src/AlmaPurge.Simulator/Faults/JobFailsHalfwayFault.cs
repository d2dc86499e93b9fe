using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A job fails when half of the users are done.</summary>
internal sealed class JobFailsHalfwayFault : Fault
{
    public override string Description => "A job fails when half of the users are done.";

    public override bool ConcernsJob(JobWork work)
    {
        return work.Users.Count > 0;
    }

    public override void OnJob(JobWork work)
    {
        work.TakeHalf();
        work.ForcedStatus = JobStates.Failed;
    }
}
