using System.Globalization;

namespace AlmaPurge.Simulator.Data;

/// <summary>What keeps Alma from removing a patron, and what a removal leaves behind.</summary>
internal sealed class Remover
{
    private readonly Library _library;

    public Remover(Library library)
    {
        _library = library;
        if (library.Options.DeleteUserPolicy
            is not ("KeepFullyReportable" or "KeepStatistics" or "KeepStatisticsRemoveId" or "FullyRemove"))
        {
            throw new ArgumentException(
                $"'{library.Options.DeleteUserPolicy}' is no Delete User Policy. Known: KeepFullyReportable, "
                + "KeepStatistics, KeepStatisticsRemoveId, FullyRemove.",
                nameof(library));
        }
    }

    /// <summary>What a purge sees as owed: open and disputed fees with credits netted, nothing exported.</summary>
    public static decimal Owed(SimulatedUserSpec state)
    {
        return state.Fees.Where(f => f.Status is "ACTIVE" or "INDISPUTE").Sum(f => f.Balance);
    }

    /// <summary>
    /// Why Alma itself would refuse, or null. It does not look at expiry, activity, roles, blocks, linked copies
    /// or requests: those people it removes.
    /// </summary>
    public static string? Blocker(SimulatedUserSpec state, decimal waiveThreshold)
    {
        if (state.OpenLoans > 0)
        {
            return "has active loans";
        }

        if (Owed(state) > waiveThreshold)
        {
            return "has fines or fees over the waive threshold";
        }

        if (state.IsResearcher == true)
        {
            return "has Esploro assets";
        }

        return state.HiddenBlocker;
    }

    public void Remove(SimulatedUser user, DateTimeOffset time, PurgeWay way, string? reference)
    {
        SimulatedUserSpec last = user.State;
        string policy = _library.Options.DeleteUserPolicy;
        _library.Users.Remove(user);
        user.Modified = time;
        user.IsErased = policy == "FullyRemove";
        user.ReportedId = policy == "KeepFullyReportable" ? null : InternalId(user);
        user.State = policy switch
        {
            "KeepFullyReportable" => last with { Status = "DELETED", OpenRequests = 0, Identifiers = [] },
            "KeepStatistics" => Anonymous(last) with { LastName = last.PrimaryId },
            _ => Anonymous(last) with { LastName = InternalId(user) },
        };
        _library.Purged.Add(
            new PurgeRecord(last.PrimaryId, time, way, policy, reference, last, user.InitialState));
        _library.Faults.OnRemoval(user);
    }

    private static string InternalId(SimulatedUser user)
    {
        return (23_300_000_000_561 + (user.Number * 10_000)).ToString(CultureInfo.InvariantCulture);
    }

    private static SimulatedUserSpec Anonymous(SimulatedUserSpec last)
    {
        // The primary id stays on the simulator's own record, so that a test can name the person; no answer shows it.
        return new SimulatedUserSpec
        {
            PrimaryId = last.PrimaryId,
            FirstName = "",
            UserGroup = last.UserGroup,
            RecordType = last.RecordType,
            AccountType = last.AccountType,
            Status = "DELETED",
            ExpiryDate = last.ExpiryDate,
            PurgeDate = last.PurgeDate,
            CreatedDate = last.CreatedDate,
        };
    }
}
