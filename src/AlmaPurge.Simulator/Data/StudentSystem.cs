namespace AlmaPurge.Simulator.Data;

/// <summary>What the nightly load from the student system does to a patron.</summary>
internal static class StudentSystem
{
    /// <summary>About every twentieth external patron in a student or a purge group.</summary>
    public static bool IsEnrolledAgain(SimulatedUser user)
    {
        return !user.IsDeleted && user.AccountType == "EXTERNAL" && user.Number % 19 == 3
            && user.UserGroup is "UNDRGRD" or "GRAD" or "PURGEUG" or "PURGEGR";
    }

    /// <summary>
    /// They are enrolled again: new dates, active, and back in the group that they were added with, even where it was
    /// changed by hand.
    /// </summary>
    public static void Enroll(Library library, IEnumerable<SimulatedUser> users)
    {
        foreach (SimulatedUser user in users)
        {
            SimulatedUserSpec state = user.State with
            {
                UserGroup = user.InitialState.UserGroup,
                UserGroupSetManually = false,
                Status = "ACTIVE",
                ExpiryDate = library.Today.AddYears(1),
                PurgeDate = library.Today.AddYears(2),
            };
            library.Users.Change(user, state, library.Now);
        }
    }
}
