using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>
/// The synchronization of the student system's integration profile, the one scheduled family here that the API may
/// submit (documented). It needs no set. Its id is made up.
/// </summary>
internal sealed class StudentLoadJob : IJob
{
    public string Id => "S131";

    public string Name => "Users synchronization";

    public string Type => "SCHEDULED";

    public string Category => "USERS";

    public string Content => "USER";

    public string DoneLabel => "Number of users updated";

    public string TotalLabel => "Number of users in the file";

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } = [];

    public void Validate(Library library, IReadOnlyDictionary<string, string> parameters)
    {
    }

    public IEnumerable<SimulatedUser> Targets(Library library, SimulatedJobRun run)
    {
        return library.Users.All.Where(StudentSystem.IsEnrolledAgain);
    }

    public string? Apply(Library library, SimulatedJobRun run, SimulatedUser user)
    {
        StudentSystem.Enroll(library, [user]);
        return null;
    }
}
