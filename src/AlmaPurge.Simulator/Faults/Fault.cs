using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>
/// One misbehaviour. A fault says which moments concern it and what it does then; when it strikes is the business of
/// its <see cref="FaultTrigger"/>.
/// </summary>
internal abstract class Fault
{
    /// <summary>When it strikes if no rate and no number was given.</summary>
    public virtual FaultTrigger DefaultTrigger => FaultTrigger.Always;

    /// <summary>Whether the fault could strike before this request is served.</summary>
    public virtual bool ConcernsBefore(ApiRequest request)
    {
        return false;
    }

    /// <summary>Strikes before the request is served: throws, or changes the request.</summary>
    public virtual void Before(ApiRequest request)
    {
    }

    /// <summary>Whether the fault could strike once this request has been served.</summary>
    public virtual bool ConcernsAfter(ApiRequest request, ApiAnswer answer)
    {
        return false;
    }

    /// <summary>Strikes after the request was served: throws, or changes the answer.</summary>
    public virtual void After(ApiRequest request, ApiAnswer answer)
    {
    }

    /// <summary>Whether the fault could strike at this job.</summary>
    public virtual bool ConcernsJob(JobWork work)
    {
        return false;
    }

    /// <summary>Strikes when a job ends.</summary>
    public virtual void OnJob(JobWork work)
    {
    }
}
