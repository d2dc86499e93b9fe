using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator;

/// <content>What staff and the night do without the API.</content>
public sealed partial class AlmaSimulator
{
    /// <summary>
    /// The classic page "Purge User Records": adds a job that one watches among <see cref="JobRuns"/> and that cannot
    /// be stopped. Run on December 20 with 10 it takes purge dates before December 10; 0 means today or earlier.
    /// Without a user group it takes every group. Nobody without a purge date is taken.
    /// </summary>
    /// <exception cref="ArgumentException">A negative number, or no such record type or user group.</exception>
    public SimulatedJobRun StartPurgeUserRecords(
        int daysAfterPurgeDate, string recordType, string? userGroup, decimal waiveThreshold)
    {
        Dictionary<string, string> asked = Ask(daysAfterPurgeDate, recordType, userGroup, waiveThreshold);
        lock (_library.Gate)
        {
            return _library.Jobs.StartByStaff(new PurgeUserRecordsJob(), asked);
        }
    }

    /// <summary>As <see cref="StartPurgeUserRecords"/>, done before it returns.</summary>
    /// <returns>The primary ids it purged.</returns>
    public IReadOnlyList<string> PurgeUserRecords(
        int daysAfterPurgeDate, string recordType, string? userGroup, decimal waiveThreshold)
    {
        lock (_library.Gate)
        {
            SimulatedJobRun run = StartPurgeUserRecords(daysAfterPurgeDate, recordType, userGroup, waiveThreshold);
            _library.Jobs.FinishNow(run);
            return [.. _library.Purged.Where(p => p.Reference == run.Id).Select(p => p.PrimaryId)];
        }
    }

    /// <summary>What <see cref="StartPurgeUserRecords"/> would do now, without doing it.</summary>
    /// <exception cref="ArgumentException">A negative number, or no such record type or user group.</exception>
    public PurgePreview PreviewPurgeUserRecords(
        int daysAfterPurgeDate, string recordType, string? userGroup, decimal waiveThreshold)
    {
        Dictionary<string, string> asked = Ask(daysAfterPurgeDate, recordType, userGroup, waiveThreshold);
        lock (_library.Gate)
        {
            _library.Settle();
            new PurgeUserRecordsJob().Validate(_library, asked);
            PurgeCriteria criteria = PurgeUserRecordsJob.Criteria(asked);
            DateOnly today = _library.Today;
            SimulatedUser[] due = [.. _library.Users.All
                .Where(u => !u.IsDeleted && criteria.NotMeant(u.State, today) is null)];
            SimulatedUser[] taken = [.. due.Where(u => criteria.Refusal(u.State, today) is null)];
            return new PurgePreview(
                taken.Length,
                due.Length - taken.Length,
                taken.GroupBy(u => u.UserGroup).OrderBy(g => g.Key, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal));
        }
    }

    /// <summary>
    /// The nightly load from the student system. Those who are enrolled again get new dates, are active again and go
    /// back to the group they were added with, even where it was changed by hand.
    /// </summary>
    /// <param name="returning">Who is enrolled again; by default about every twentieth external patron in a student or a
    /// purge group.</param>
    /// <returns>The primary ids it changed.</returns>
    public IReadOnlyList<string> StudentLoad(IEnumerable<string>? returning = null)
    {
        lock (_library.Gate)
        {
            _library.Settle();
            SimulatedUser[] back = [.. returning is null
                ? _library.Users.All.Where(StudentSystem.IsEnrolledAgain)
                : returning.Select(id => _library.Users.ByPrimaryId(id)).OfType<SimulatedUser>()];
            StudentSystem.Enroll(_library, back);

            return [.. back.Select(u => u.PrimaryId)];
        }
    }

    private static Dictionary<string, string> Ask(
        int daysAfterPurgeDate, string recordType, string? userGroup, decimal waiveThreshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(daysAfterPurgeDate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(daysAfterPurgeDate, PurgeUserRecordsJob.MaximumDays);
        ArgumentOutOfRangeException.ThrowIfNegative(waiveThreshold);
        ArgumentNullException.ThrowIfNull(recordType);
        return PurgeUserRecordsJob.Ask(daysAfterPurgeDate, recordType, userGroup, waiveThreshold);
    }
}
