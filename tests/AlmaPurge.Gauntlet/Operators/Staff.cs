using AlmaPurge.Gauntlet.World;
using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>Staff who run the classic page for a purge that was handed over to them: mostly as written, sometimes not.</summary>
internal sealed class Staff(CaseWorld world)
{
    private const int MoreDaysThanAnybodyHas = 20_000;

    private bool _hasErred;

    /// <summary>Runs the page once.</summary>
    /// <param name="daysAfterPurgeDate">As handed over.</param>
    /// <param name="userGroup">As handed over.</param>
    /// <param name="waiveThreshold">As handed over.</param>
    public void Purge(int daysAfterPurgeDate, string userGroup, decimal waiveThreshold)
    {
        // Some put a wrong number in at first and take nobody; some never get to it in time.
        bool isRight = _hasErred || world.Plan.Seed % 5 is not (1 or 2);
        bool isNever = !isRight && world.Plan.Seed % 5 == 2;
        _hasErred = true;
        if (isNever)
        {
            return;
        }

        foreach (SimulatedUser user in world.Simulator.Users.Where(u => !u.IsDeleted))
        {
            world.AtRequest[user.PrimaryId] = user.State;
        }

        world.Simulator.PurgeUserRecords(isRight ? daysAfterPurgeDate : MoreDaysThanAnybodyHas, "Public", userGroup, waiveThreshold);
    }
}
