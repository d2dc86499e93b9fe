using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator;

/// <content>What staff and the night do without the API.</content>
public sealed partial class AlmaSimulator
{
    /// <summary>
    /// The classic page "Purge User Records". Run on December 20 with 10 it takes purge dates before December 10; 0
    /// means today or earlier. Without a user group it takes every group. Nobody without a purge date is taken.
    /// </summary>
    /// <returns>The primary ids it purged.</returns>
    public IReadOnlyList<string> PurgeUserRecords(
        int daysAfterPurgeDate, string recordType, string? userGroup, decimal waiveThreshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(daysAfterPurgeDate);
        ArgumentOutOfRangeException.ThrowIfNegative(waiveThreshold);
        ArgumentNullException.ThrowIfNull(recordType);
        lock (_library.Gate)
        {
            _library.Settle();
            PurgeCriteria criteria = new(daysAfterPurgeDate, recordType.ToUpperInvariant(), userGroup, waiveThreshold);
            DateOnly today = _library.Today;
            SimulatedUser[] taken = [.. _library.Users.All
                .Where(u => !u.IsDeleted && criteria.Refusal(u.State, today) is null)];
            foreach (SimulatedUser user in taken)
            {
                _library.Removal.Remove(user, _library.Now, PurgeWay.ClassicPage, reference: null);
            }

            return [.. taken.Select(u => u.PrimaryId)];
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
                ? _library.Users.All.Where(IsEnrolledAgain)
                : returning.Select(id => _library.Users.ByPrimaryId(id)).OfType<SimulatedUser>()];
            foreach (SimulatedUser user in back)
            {
                SimulatedUserSpec state = user.State with
                {
                    UserGroup = user.InitialState.UserGroup,
                    UserGroupSetManually = false,
                    Status = "ACTIVE",
                    ExpiryDate = _library.Today.AddYears(1),
                    PurgeDate = _library.Today.AddYears(2),
                };
                _library.Users.Change(user, state, _library.Now);
            }

            return [.. back.Select(u => u.PrimaryId)];
        }
    }

    private static bool IsEnrolledAgain(SimulatedUser user)
    {
        return !user.IsDeleted && user.AccountType == "EXTERNAL" && user.Number % 19 == 3
            && user.UserGroup is "UNDRGRD" or "GRAD" or "PURGEUG" or "PURGEGR";
    }
}
