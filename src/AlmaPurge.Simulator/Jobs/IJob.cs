using AlmaPurge.Simulator.Data;

namespace AlmaPurge.Simulator.Jobs;

/// <summary>A job that Alma lists, and what it does to a user.</summary>
internal interface IJob
{
    string Id { get; }

    string Name { get; }

    string Type { get; }

    string Category { get; }

    string Content { get; }

    /// <summary>Its parameters with their neutral values, in the order in which the wizard shows them.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>Refuses wrong parameters at submission, with Alma's code.</summary>
    void Validate(Library library, IReadOnlyDictionary<string, string> parameters);

    /// <summary>Does the work on one user when the job finishes.</summary>
    /// <returns>Null where it was done, else why this user was left as it is.</returns>
    string? Apply(Library library, SimulatedJobRun run, SimulatedUser user);

    /// <summary>The label of the counter for those done.</summary>
    string DoneLabel { get; }

    /// <summary>The label of the counter for those whom it looks at.</summary>
    string TotalLabel => "Number of users in the set";

    /// <summary>Whom it looks at when it finishes.</summary>
    IEnumerable<SimulatedUser> Targets(Library library, SimulatedJobRun run)
    {
        return run.Set.Members;
    }
}
