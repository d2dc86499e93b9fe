namespace AlmaPurge.Simulator.Reports;

/// <summary>
/// Who must not be purged, and why. Written from the rules as people state them and not from any client's code, so
/// that a purge is judged independently.
/// </summary>
internal static class ManifestRules
{
    private const string PatronRole = "200";

    public static IReadOnlyList<string> Reasons(
        SimulatedUserSpec state, string? userGroup, DateOnly expiredBefore, DateOnly today)
    {
        List<string> reasons = [];
        void Add(bool holds, string rule)
        {
            if (holds)
            {
                reasons.Add(rule);
            }
        }

        Add(userGroup is not null && state.UserGroup != userGroup, "OtherUserGroup");
        Add(state.ExpiryDate is null, "ExpiryMissing");
        Add(state.ExpiryDate >= expiredBefore, "NotExpired");
        Add(state.LastPatronActivityDate >= expiredBefore, "RecentlyActive");
        Add(state.RecordType != "PUBLIC", "StaffRecord");
        Add(state.Roles.Any(r => r.Status == "ACTIVE" && r.Type != PatronRole), "OtherRole");
        Add(state.AccountType == "INTERNAL", "InternalAccount");
        Add(!string.IsNullOrEmpty(state.SourceInstitutionCode + state.SourceLinkId), "LinkedCopy");
        Add(state.IsResearcher == true, "Researcher");
        Add(state.Status == "DELETED", "AlreadyDeleted");
        Add(state.OpenLoans > 0, "OpenLoans");
        Add(state.OpenRequests > 0, "OpenRequests");
        Add(OwesFees(state), "OwesFees");
        Add(state.Blocks.Any(b => b.Status == "ACTIVE" && !(b.ExpiryDate < today)), "Blocked");
        Add(state.ProxyFor.Count > 0, "Proxy");
        return reasons;
    }

    /// <summary>
    /// What asking for somebody who is gone tells: nobody of that id, or another person whose identifier it is.
    /// </summary>
    public static IReadOnlyList<string> IdentityReasons(SimulatedUserSpec state, HashSet<string> identifiers)
    {
        return state.Status != "DELETED" ? []
            : identifiers.Contains(state.PrimaryId) ? ["IdentityMismatch"] : ["NotFound"];
    }

    /// <summary>
    /// A credit pays nobody's debt, an exported debt may live on elsewhere whatever its balance, and a fee in a state
    /// that nobody knows is owed.
    /// </summary>
    private static bool OwesFees(SimulatedUserSpec state)
    {
        return state.Fees.Any(f => f.Status == "EXPORTED" || (f.Status != "CLOSED" && f.Balance > 0));
    }
}
