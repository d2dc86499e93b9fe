using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A job does half of its work and then runs for ever.</summary>
internal sealed class JobStuckFault : Fault
{
    public override string Description => "A job does half of its work and then stays RUNNING for ever.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(1);

    public override bool ConcernsJob(JobWork work)
    {
        return work.Users.Count > 0;
    }

    public override void OnJob(JobWork work)
    {
        work.TakeHalf();
        work.IsStuck = true;
    }
}
