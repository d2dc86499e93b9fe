using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>
/// One misbehaviour. A fault says which moments concern it and what it does then; when it strikes is the business of
/// its <see cref="FaultTrigger"/>. All members are called under the library's lock.
/// </summary>
internal abstract class Fault
{
    private Library? _library;
    private Random? _random;

    /// <summary>What it does, in one sentence for people.</summary>
    public abstract string Description { get; }

    /// <summary>When it strikes if no rate and no number was given.</summary>
    public virtual FaultTrigger DefaultTrigger => FaultTrigger.Always;

    /// <summary>Once it has struck, it strikes at each later moment too.</summary>
    public virtual bool Lasts => false;

    /// <summary>The library in which it strikes.</summary>
    protected Library Library => _library ?? throw new InvalidOperationException("The fault is in no library.");

    /// <summary>Chance of its own, reproducible from the seed.</summary>
    protected Random Random => _random ?? throw new InvalidOperationException("The fault is in no library.");

    /// <summary>Puts the fault into a library, as soon as it is armed.</summary>
    public virtual void Enter(Library library, Random random)
    {
        _library = library;
        _random = random;
    }

    /// <summary>Whether the fault could strike before this request is served.</summary>
    public virtual bool ConcernsBefore(ApiRequest request)
    {
        return false;
    }

    /// <summary>Strikes before the request is served: throws, or changes the request or the library.</summary>
    public virtual void Before(ApiRequest request)
    {
    }

    /// <summary>Whether the fault could strike while this request is served.</summary>
    public virtual bool ConcernsServing(ApiRequest request)
    {
        return false;
    }

    /// <summary>Strikes while the request is served: what it gives back is disposed of once it has been.</summary>
    public virtual IDisposable? Serving(ApiRequest request)
    {
        return null;
    }

    /// <summary>Whether the fault could strike once this request has been served.</summary>
    public virtual bool ConcernsAfter(ApiRequest request, ApiAnswer answer)
    {
        return false;
    }

    /// <summary>Strikes after the request was served: throws, or changes the answer or the library.</summary>
    public virtual void After(ApiRequest request, ApiAnswer answer)
    {
    }

    /// <summary>Whether the fault could strike at this answer, errors included, on its way to the client.</summary>
    public virtual bool ConcernsResponse(HttpResponseMessage response)
    {
        return false;
    }

    /// <summary>Strikes at the answer as it travels.</summary>
    public virtual void OnResponse(HttpResponseMessage response)
    {
    }

    /// <summary>Whether the fault could strike at this job.</summary>
    public virtual bool ConcernsJob(JobWork work)
    {
        return false;
    }

    /// <summary>Strikes when a job is about to do its work and end.</summary>
    public virtual void OnJob(JobWork work)
    {
    }

    /// <summary>Whether the fault could strike when this patron has been removed.</summary>
    public virtual bool ConcernsRemoval(SimulatedUser user)
    {
        return false;
    }

    /// <summary>Strikes when a patron has just been removed, in whatever way.</summary>
    public virtual void OnRemoval(SimulatedUser user)
    {
    }
}
