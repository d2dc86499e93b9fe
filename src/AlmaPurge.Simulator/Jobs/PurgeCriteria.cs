using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>Whom a purge takes: what the classic page asks for, applied to one patron.</summary>
internal sealed record PurgeCriteria(
    int DaysAfterPurgeDate, string? RecordType, string? UserGroup, decimal WaiveThreshold)
{
    /// <summary>Why the patron stays, or null.</summary>
    public string? Refusal(SimulatedUserSpec state, DateOnly today)
    {
        return NotMeant(state, today) ?? Remover.Blocker(state, WaiveThreshold);
    }

    /// <summary>Why the purge does not even look at the patron, or null.</summary>
    public string? NotMeant(SimulatedUserSpec state, DateOnly today)
    {
        if ((RecordType is not null && state.RecordType != RecordType)
            || (UserGroup is not null && state.UserGroup != UserGroup))
        {
            return "does not match the job's criteria";
        }

        if (state.PurgeDate is not DateOnly purgeDate)
        {
            return "has no purge date";
        }

        // Run on December 20 with 10: purge dates before December 10. With 0: today or earlier.
        bool due = DaysAfterPurgeDate == 0 ? purgeDate <= today : purgeDate < today.AddDays(-DaysAfterPurgeDate);
        return due ? null : "purge date is not far enough back";
    }
}
