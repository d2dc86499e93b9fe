using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>
/// Somebody comes back to the library right after having been looked at for the first time, with a new loan, fee,
/// request or role. Only people who had none of these, so that the look found nothing.
/// </summary>
internal sealed class UserReturnsBetweenFault : Fault
{
    private readonly HashSet<SimulatedUser> _seen = [];

    public override string Description =>
        "Right after the first look at a user who has nothing open, the user gets a loan, a fee, a request or a role.";

    public override FaultTrigger DefaultTrigger => FaultTrigger.At(1);

    public override bool ConcernsAfter(ApiRequest request, ApiAnswer answer)
    {
        return request.Method == "GET" && request.Segments is ["users", string id]
            && Library.Users.ByPrimaryId(id) is SimulatedUser user && HasNothingOpen(user.State) && _seen.Add(user);
    }

    public override void After(ApiRequest request, ApiAnswer answer)
    {
        SimulatedUser user = Library.Users.ByPrimaryId(request.Segments[1])!;
        SimulatedUserSpec state = user.State;
        SimulatedUserSpec changed = (_seen.Count % 4) switch
        {
            1 => state with { OpenLoans = 1 },
            2 => state with { Fees = [new SimulatedFee("OVERDUEFINE", "ACTIVE", 12.5m, 12.5m)] },
            3 => state with { OpenRequests = 1 },
            _ => state with { Roles = [.. state.Roles, new SimulatedRole("52", "Instructor", "ACTIVE")] },
        };
        Library.Users.Change(user, changed, Library.Now);
    }

    private static bool HasNothingOpen(SimulatedUserSpec state)
    {
        return state is { OpenLoans: 0, OpenRequests: 0, Fees.Count: 0 }
            && state.Roles.All(r => r.Type == "200" || r.Status != "ACTIVE");
    }
}
