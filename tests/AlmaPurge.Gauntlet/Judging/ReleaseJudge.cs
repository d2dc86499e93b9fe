using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet.Judging;

/// <summary>
/// Takes off a patron's reasons to stay those that the operator has let go by name. Written from the simulator's own
/// records of the patron, not from the tool's rules.
/// </summary>
internal sealed class ReleaseJudge(Releases releases, DateOnly cutoff)
{
    /// <summary>The reasons that are left.</summary>
    public IReadOnlyList<string> Left(IReadOnlyList<string> reasons, params SimulatedUserSpec[] states) =>
        [.. reasons.Where(r => !states.All(s => IsReleased(r, s)))];

    /// <summary>
    /// Whether a debt that the operator let go may still have kept the patron: a report of fines and Alma's own waive
    /// threshold know nothing of the release.
    /// </summary>
    public static bool MayCount(SimulatedUserSpec state, decimal waiveThreshold) =>
        state.Fees.Any(f => f.Status is "INDISPUTE" or "EXPORTED")
        || state.Fees.Where(f => f.Status == "ACTIVE" && f.Balance > 0).Sum(f => f.Balance) > waiveThreshold;

    private bool IsReleased(string reason, SimulatedUserSpec state) => reason switch
    {
        "OwesFees" => Owed(state) <= releases.FeeTolerance,
        "OtherRole" => state.Roles.Where(r => r.Status == "ACTIVE" && r.Type != "200").All(IsAllowed),
        "Blocked" => releases.IgnoredRules.Contains(reason)
            || state.Blocks.Where(b => b.Status == "ACTIVE").All(b => releases.IgnoredBlockTypes.Contains(b.Type)),
        "RecentlyActive" => releases.IgnoredRules.Contains(reason)
            || !(state.LastPatronActivityDate >= cutoff.AddDays(releases.InactiveDaysLater)),
        _ => releases.IgnoredRules.Contains(reason),
    };

    private bool IsAllowed(SimulatedRole role) =>
        releases.AllowedRoles.Contains(role.Type) || releases.AllowedRoles.Contains(role.Description);

    // What the operator said shall count: with the balance alone, credits are netted and other lists not looked at.
    private decimal Owed(SimulatedUserSpec state)
    {
        if (releases.FeeCheck == AlmaFeeCheck.Balance)
        {
            return state.Fees.Where(f => f.Status == "ACTIVE").Sum(f => f.Balance);
        }

        return state.Fees.Any(f => f.Status == "EXPORTED")
            ? decimal.MaxValue
            : state.Fees.Where(f => f.Status is "ACTIVE" or "INDISPUTE" && f.Balance > 0).Sum(f => f.Balance);
    }
}
