using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>A search for users shows the state of half a minute ago; GET by id tells the truth.</summary>
internal sealed class LaggingIndexFault : Fault
{
    private static readonly TimeSpan s_lag = TimeSpan.FromSeconds(30);

    public override string Description =>
        "A search for users (q=) shows the state of 30 seconds ago; GET of one user tells the truth.";

    public override void Enter(Library library, Random random)
    {
        base.Enter(library, random);
        library.Users.Remember(s_lag, library.Clock);
    }

    public override bool ConcernsServing(ApiRequest request)
    {
        return request.Method == "GET" && request.Segments is ["users"];
    }

    public override IDisposable? Serving(ApiRequest request)
    {
        return Library.Users.Rewind(Library.Now - s_lag);
    }
}
