using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Faults;

/// <summary>The faults that the simulator was told to have. The caller holds the library's lock.</summary>
internal sealed class FaultBox
{
    private readonly List<ArmedFault> _faults = [];

    /// <summary>Arms the faults.</summary>
    /// <exception cref="ArgumentException">A name, rate or number that cannot be.</exception>
    public FaultBox(Library library, IEnumerable<string> faults)
    {
        foreach (string text in faults)
        {
            (string name, FaultTrigger? trigger) = FaultTrigger.Parse(text);
            Fault fault = KnownFaults.Make(name);

            // Each fault has its own chain of chance, so that adding one does not move the others.
            int own = name.ToUpperInvariant().Aggregate(library.Options.Seed, (sum, letter) => unchecked((sum * 31) + letter));
            fault.Enter(library, new Random(unchecked(own + 1)));
            _faults.Add(new ArmedFault(fault, trigger ?? fault.DefaultTrigger, new Random(own)));
        }
    }

    public void Before(ApiRequest request)
    {
        foreach (Fault fault in Striking(f => f.ConcernsBefore(request)))
        {
            fault.Before(request);
        }
    }

    /// <summary>Serves the request, with whatever the faults make of it meanwhile.</summary>
    public ApiAnswer Serve(ApiRequest request, Func<ApiRequest, ApiAnswer> serve)
    {
        List<IDisposable?> strikes = [.. Striking(f => f.ConcernsServing(request)).Select(f => f.Serving(request))];
        try
        {
            return serve(request);
        }
        finally
        {
            strikes.ForEach(s => s?.Dispose());
        }
    }

    public void After(ApiRequest request, ApiAnswer answer)
    {
        foreach (Fault fault in Striking(f => f.ConcernsAfter(request, answer)))
        {
            fault.After(request, answer);
        }
    }

    public void OnResponse(HttpResponseMessage response)
    {
        foreach (Fault fault in Striking(f => f.ConcernsResponse(response)))
        {
            fault.OnResponse(response);
        }
    }

    public void OnJob(JobWork work)
    {
        foreach (Fault fault in Striking(f => f.ConcernsJob(work)))
        {
            fault.OnJob(work);
        }
    }

    public void OnRemoval(SimulatedUser user)
    {
        foreach (Fault fault in Striking(f => f.ConcernsRemoval(user)))
        {
            fault.OnRemoval(user);
        }
    }

    // One after the other, so that a fault that throws leaves the later ones uncounted: they had no such moment.
    private IEnumerable<Fault> Striking(Func<Fault, bool> concerns)
    {
        return _faults.Count == 0
            ? []
            : _faults.Where(armed => concerns(armed.Fault) && armed.Strikes()).Select(armed => armed.Fault);
    }

    private sealed class ArmedFault(Fault fault, FaultTrigger trigger, Random random)
    {
        private int _count;
        private bool _hasStruck;

        public Fault Fault { get; } = fault;

        public bool Strikes()
        {
            _count++;
            bool strikes = (_hasStruck && Fault.Lasts) || trigger.Strikes(_count, random);
            _hasStruck |= strikes;
            return strikes;
        }
    }
}
