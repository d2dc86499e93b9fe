using System.Text.RegularExpressions;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Names of the sets that runs make, by which those of other runs are known, on whatever computer they ran.</summary>
internal static partial class SetNames
{
    /// <summary>The name of a run's set where the operator gave none.</summary>
    public static string Default(PurgeRun run) => $"AlmaPurge {run.RunId}";

    /// <summary>Whether a set has the name of another run's set, or of one that an undo made.</summary>
    public static bool IsOfOtherRun(PurgeRun run, string name) =>
        OfARun().IsMatch(name.Trim()) && !PatronIdentity.Same(name, Default(run));

    /// <summary>The run whose set, or whose undo's set, has such a name; null if it is no such name.</summary>
    public static string? RunIdOf(string name) =>
        OfARun().Match(name.Trim()) is { Success: true } match ? match.Groups["run"].Value : null;

    [GeneratedRegex(@"^AlmaPurge (?<run>\S+-\d{8}-\d{6}(-\d+)?)($| undo )", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfARun();
}
