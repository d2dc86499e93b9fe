using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Sets that would be deleted.</summary>
public sealed class RemoveSetPlan
{
    private readonly AlmaConnection _connection;

    internal RemoveSetPlan(AlmaConnection connection, PurgeRun? run, IReadOnlyList<AlmaSetRecord> sets)
    {
        _connection = connection;
        Run = run;
        Sets = sets;
    }

    /// <summary>What would be done, in words.</summary>
    public string Description =>
        $"Delete {string.Join(" and ", Names())} in Alma, {(Sets.Count == 1 ? "this set" : "these sets")} only: the members stay as they are. {Consequence()}Institution {_connection.Institution}, environment {_connection.EnvironmentType}.";

    /// <summary>What is asked before it is done.</summary>
    public string Question => Description + " Go on?";

    /// <summary>What stands over the question.</summary>
    public string Caption => $"{_connection.EnvironmentType}: {_connection.InstitutionName} ({_connection.Institution})";

    /// <summary>The exact requests.</summary>
    public IReadOnlyList<string> Requests => [.. Sets.Select(s => $"DELETE /almaws/v1/conf/sets/{Uri.EscapeDataString(s.Id)}")];

    /// <summary>Whether nothing of it is ever done.</summary>
    public bool IsPreview => Run?.IsPreview == true;

    /// <summary>The run that has made them; null for one of which nothing is known here.</summary>
    internal PurgeRun? Run { get; }

    internal IReadOnlyList<AlmaSetRecord> Sets { get; }

    private IEnumerable<string> Names() => Sets.Count == 0
        ? ["the user set that the preview would make"]
        : Sets.Select(s => FormattableString.Invariant($"the user set '{s.Name}' ({s.Id}, {s.MemberCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown number of"} members)"));

    private string Consequence() => Run switch
    {
        null => "The record of its run is not on this computer, so nobody can say whether that run is over. ",
        { Document.Mark: null } => $"Nobody of the run {Run.RunId} is marked; it would have to build another set. ",
        _ => $"The run {Run.RunId} is over and needs it no more. ",
    };
}
