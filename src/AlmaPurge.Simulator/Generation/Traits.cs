namespace AlmaPurge.Simulator.Generation;

/// <summary>
/// The order in which traits are dealt out. Safe and dangerous take turns, so half of each student group is safe to
/// purge at any size, and the most frequent dangers come first, so that a library of ten has some too.
/// </summary>
internal static class Traits
{
    private static readonly Trait[] s_safe =
    [
        Trait.Safe, Trait.Safe, Trait.SafeInactive, Trait.Safe, Trait.SafeClosedFee, Trait.Safe, Trait.SafeSettledFee,
        Trait.SafeOldBlock, Trait.Safe, Trait.SafeSourceRecord, Trait.Safe, Trait.SafeLoneCredit,
        Trait.SafeFormerStaffRole, Trait.Safe, Trait.SafeInactiveBlock, Trait.SafeNotResearcher,
        Trait.SafeExpiredTheDayBefore, Trait.Safe,
    ];

    private static readonly Trait[] s_dangerous =
    [
        Trait.NotExpired, Trait.OpenLoans, Trait.FeeActive, Trait.OpenRequests, Trait.RecentlyActive,
        Trait.NotExpired, Trait.Blocked, Trait.NoExpiry, Trait.StaffRecord, Trait.LinkedCopy, Trait.FeeExported,
        Trait.Instructor, Trait.NotExpired, Trait.FeeInDispute, Trait.Researcher, Trait.InternalAccount,
        Trait.FeeCents, Trait.Proxy, Trait.NotExpired, Trait.FeeBesideCredit, Trait.CirculationOperator,
        Trait.FeeExportedZero, Trait.ExpiredLately, Trait.Deleted, Trait.Returned, Trait.ManyReasons,
        Trait.ExpiredOnTheDay, Trait.DeletedTwin, Trait.ActiveOnTheDay, Trait.ContactRecord, Trait.FeesAddUp,
        Trait.LinkedWithoutCode, Trait.DisputeBesideCredit, Trait.Merged,
    ];

    /// <summary>The trait of the nth patron of a student group.</summary>
    public static Trait OfStudent(int index)
    {
        int turn = index / 2;
        return index % 2 == 0 ? s_safe[turn % s_safe.Length] : s_dangerous[turn % s_dangerous.Length];
    }

    /// <summary>Other groups are mostly people who are there, with a few leavers.</summary>
    public static Trait OfOther(int index)
    {
        return (index % 5) switch
        {
            0 => Trait.Safe,
            1 => s_dangerous[index / 5 % s_dangerous.Length],
            _ => Trait.NotExpired,
        };
    }
}
