namespace AlmaPurge.Simulator.Reports;

/// <summary>A patron as Analytics has them: as they were when it was loaded.</summary>
/// <param name="State">How the patron was.</param>
/// <param name="Id">The primary identifier, or what the Delete User Policy put in its place.</param>
internal sealed record ReportedUser(SimulatedUserSpec State, string Id)
{
    public static ReportedUser Of(SimulatedUser user)
    {
        return new ReportedUser(user.State, user.ReportedId ?? user.PrimaryId);
    }
}
