using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Says which entries of a keep list match nobody: a mistyped one protects nobody.</summary>
internal static class KeepListReport
{
    private const int MostShown = 50;

    /// <summary>Warns of entries that match none of the patrons that were imported.</summary>
    public static void WarnOfUnmatched(PurgeRun run, IStepReporter reporter)
    {
        // Whoever is on the list was imported and is excluded, or is nobody of this run.
        string[] unmatched = [.. run.Criteria.KeepList.Ids.Where(id => !run.Patrons.IsExcluded(id))];
        if (unmatched.Length == 0)
        {
            return;
        }

        string shown = string.Join(", ", unmatched.Take(MostShown)) + (unmatched.Length > MostShown ? " ..." : ".");
        reporter.Warn(FormattableString.Invariant(
            $"{unmatched.Length} of {run.Criteria.KeepList.Count} identifiers on the keep list match nobody who was imported: {shown}")
            + ZerosHint(run, unmatched));
        if (unmatched.Length > MostShown)
        {
            reporter.Verbose($"On the keep list, but nobody of this run: {string.Join(", ", unmatched)}");
        }
    }

    // What a spreadsheet does to identifiers that all have as many zeros in front.
    private static string ZerosHint(PurgeRun run, string[] unmatched)
    {
        HashSet<string> wanted = new(unmatched.Select(WithoutZeros), StringComparer.OrdinalIgnoreCase);
        string[] alike = [.. run.Patrons.CandidateIds().Where(id => wanted.Contains(WithoutZeros(id))).Take(MostShown)];
        return alike.Length == 0
            ? ""
            : $" These candidates differ from an entry by leading zeros alone and are not kept by it: {string.Join(", ", alike)}.";
    }

    private static string WithoutZeros(string id) => id.TrimStart('0');
}
