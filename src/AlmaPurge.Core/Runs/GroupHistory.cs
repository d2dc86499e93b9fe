namespace AlmaPurge.Core.Runs;

/// <summary>What earlier runs of the same user group came to, as the run folders beside a run tell.</summary>
internal static class GroupHistory
{
    private const int Unusual = 3;

    /// <summary>
    /// A sentence for the prompt where a run would purge more than three times as many as the last one of its group in
    /// the same environment; null where it would not, or where there is none.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="count">How many it would purge.</param>
    public static string? Caution(PurgeRun run, int count) =>
        LastPurge(run) is { } last && count > Unusual * last.Purge!.PatronCount
            ? FormattableString.Invariant($"CAUTION: {count} patrons are more than three times the {last.Purge.PatronCount} of the last purge of this user group (run {last.RunId}, {last.Purge.StartedAt:yyyy-MM-dd}).")
            : null;

    private static RunDocument? LastPurge(PurgeRun run)
    {
        if (run.StoreRoot is not { } root || !Directory.Exists(root))
        {
            return null;
        }

        return Directory.EnumerateDirectories(root)
            .Select(path => new RunFolder(path))
            .Where(folder => folder.Has(RunFolder.DocumentName))
            .Select(Read)
            .OfType<RunDocument>()
            .Where(d => IsEarlierOf(run.Document, d))
            .MaxBy(d => d.Purge!.StartedAt);
    }

    // A neighbour that cannot be read is not this run's business: Get-AlmaPurgeRun tells of it.
    private static RunDocument? Read(RunFolder folder)
    {
        try
        {
            return RunStore.ReadDocument(folder);
        }
        catch (AlmaPurgeException)
        {
            return null;
        }
    }

    private static bool IsEarlierOf(RunDocument run, RunDocument other) =>
        other.Purge is { IsWithdrawn: false }
        && other.RunId != run.RunId
        && other.EnvironmentType == run.EnvironmentType
        && string.Equals(other.Institution, run.Institution, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Group(other.Criteria), Group(run.Criteria), StringComparison.OrdinalIgnoreCase);

    private static string Group(PurgeCriteria criteria) => (criteria.UserGroupCode ?? criteria.UserGroup).Trim();
}
