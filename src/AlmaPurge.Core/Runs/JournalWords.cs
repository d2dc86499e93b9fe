namespace AlmaPurge.Core.Runs;

/// <summary>What the journal calls each change to Alma.</summary>
internal static class JournalActions
{
    /// <summary>Making the run's user set.</summary>
    public const string CreateSet = "CreateSet";

    /// <summary>Adding members to a set.</summary>
    public const string AddMembers = "AddMembers";

    /// <summary>Taking members out of a set.</summary>
    public const string RemoveMembers = "RemoveMembers";

    /// <summary>Deleting a set of the run, and none of its members.</summary>
    public const string DeleteSet = "DeleteSet";

    /// <summary>Starting the job that sets purge date and purge group.</summary>
    public const string RunMarkingJob = "RunMarkingJob";

    /// <summary>Starting the set-based purge.</summary>
    public const string RunPurgeJob = "RunPurgeJob";

    /// <summary>Deleting one user.</summary>
    public const string DeleteUser = "DeleteUser";

    /// <summary>Giving back group and purge date to one user.</summary>
    public const string RestoreUser = "RestoreUser";
}

/// <summary>What the journal says came of a change.</summary>
internal static class JournalResults
{
    /// <summary>Alma did it.</summary>
    public const string Done = "done";

    /// <summary>Alma refused it, so nothing was changed.</summary>
    public const string Refused = "refused";

    /// <summary>The answer was lost. A later line settles it.</summary>
    public const string Unknown = "unknown";

    /// <summary>Settled by looking: it never came to be.</summary>
    public const string NotDone = "notDone";
}
