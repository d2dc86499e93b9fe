using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Faults;

/// <summary>Makes a living person's barcode equal to the primary id of one who is gone.</summary>
internal static class Twin
{
    /// <summary>Gives somebody the id as a barcode: a person of another group, who is in no set and so must stay.</summary>
    public static void Of(string primaryId, Library library)
    {
        SimulatedUser gone = library.Users.EverById(primaryId)!;
        string[] groups = [gone.State.UserGroup, gone.InitialState.UserGroup];
        IReadOnlyList<SimulatedUser> all = library.Users.All;
        for (int i = 0; i < all.Count; i++)
        {
            // Beginning somewhere else for each one who is gone, so that most get twins of their own.
            SimulatedUser user = all[(int)(((gone.Number * 31) + i) % all.Count)];
            bool fits = !user.IsDeleted && !groups.Contains(user.UserGroup)
                && !library.Sets.Values.Any(s => s.Contains(user));
            if (fits)
            {
                SimulatedIdentifier barcode = new("BARCODE", primaryId);
                SimulatedUserSpec state = user.State with { Identifiers = [.. user.State.Identifiers, barcode] };
                library.Users.Change(user, state, library.Now);
                return;
            }
        }
    }
}
