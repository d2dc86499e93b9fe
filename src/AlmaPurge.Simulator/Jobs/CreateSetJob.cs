using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>
/// Fills an itemized set from a logical one. Alma starts it itself; it is not on the list of jobs that can be
/// submitted. Its name and counters are made up.
/// </summary>
internal sealed class CreateSetJob : IJob
{
    private const string Target = "target_set_id";

    public string Id => "S9001";

    public string Name => "Create Itemized Set";

    public string Type => "OTHER";

    public string Category => "REPOSITORY";

    public string Content => "USER";

    public string DoneLabel => "Number of members added";

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } = [new(Target, "")];

    public Dictionary<string, string> Into(SimulatedSet set)
    {
        return new Dictionary<string, string>(StringComparer.Ordinal) { [Target] = set.Id, ["job_name"] = Name };
    }

    public void Validate(Library library, IReadOnlyDictionary<string, string> parameters)
    {
    }

    public string? Apply(Library library, SimulatedJobRun run, SimulatedUser user)
    {
        if (!library.Sets.TryGetValue(run.Parameters[Target], out SimulatedSet? set))
        {
            return "the set to fill is gone";
        }

        set.Add(user);
        return null;
    }
}
