using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A job does all of its work and ends with a warning.</summary>
internal sealed class JobWarningFault : Fault
{
    public override string Description => "A job does all of its work and ends as COMPLETED_WARNING.";

    public override bool ConcernsJob(JobWork work)
    {
        return work.Users.Count > 0;
    }

    public override void OnJob(JobWork work)
    {
        work.ForcedStatus = "COMPLETED_WARNING";
    }
}
