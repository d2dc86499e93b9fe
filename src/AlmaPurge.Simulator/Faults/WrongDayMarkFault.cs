using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>Update/Notify Users ends well, but the purge dates it set are a day too early.</summary>
internal sealed class WrongDayMarkFault : Fault
{
    public override string Description => "Update/Notify Users ends well, but the purge dates it set are a day too early.";

    public override bool ConcernsJob(JobWork work)
    {
        return work.Run.Job is UpdateUsersJob && work.Users.Count > 0;
    }

    public override void OnJob(JobWork work)
    {
        work.Twist = state => state with { PurgeDate = state.PurgeDate?.AddDays(-1) };
    }
}
