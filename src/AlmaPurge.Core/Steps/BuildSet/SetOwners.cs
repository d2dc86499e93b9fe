using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Tells which run a set in Alma belongs to, as far as the run folders beside a run say.</summary>
internal static class SetOwners
{
    /// <summary>
    /// Another run that has made the set or taken it up, whatever became of that run; null if none is known. A folder
    /// that is damaged still tells: its text is searched, not understood.
    /// </summary>
    /// <param name="run">The run that asks.</param>
    /// <param name="set">The set.</param>
    public static string? Find(PurgeRun run, AlmaSetRecord set)
    {
        if (run.StoreRoot is not { } root)
        {
            return null;
        }

        return Folders(root, set, run.Document.Institution, run.Document.EnvironmentType)
            .Where(path => !IsOwn(run, path))
            .Select(path => $"the run {Path.GetFileName(path)}")
            .FirstOrDefault();
    }

    /// <summary>The folders of runs that speak of a set.</summary>
    /// <param name="root">Folder that holds the run folders.</param>
    /// <param name="set">The set.</param>
    /// <param name="institution">Institution of the set; runs of another one speak of another set.</param>
    /// <param name="environment">Its environment, likewise.</param>
    public static IEnumerable<string> Folders(
        string root, AlmaSetRecord set, string? institution, AlmaEnvironmentType? environment)
    {
        if (!Directory.Exists(root))
        {
            return [];
        }

        string[] marks = [$"\"setId\":\"{set.Id}\"", $"\"setId\": \"{set.Id}\""];
        return Directory.EnumerateDirectories(root).Where(path =>
            !IsOfOtherPlace(path, institution, environment) && !IsOlder(path, set, environment) && Mentions(path, marks));
    }

    /// <summary>Whether a run is not known to belong to another institution or environment.</summary>
    public static bool IsHere(string path, string? institution, AlmaEnvironmentType? environment) =>
        !IsOfOtherPlace(path, institution, environment);

    // A preview's own is the folder of its run.
    private static bool IsOwn(PurgeRun run, string path) =>
        run.HomeFolder is { } home && Path.GetFileName(home) == Path.GetFileName(path);

    // Ids of sets are each institution's own, and production and sandbox may both have this one.
    private static bool IsOfOtherPlace(string path, string? institution, AlmaEnvironmentType? environment)
    {
        try
        {
            RunDocument other = RunStore.ReadDocument(new RunFolder(path));
            return other.Institution is not null
                && (!string.Equals(other.Institution, institution, StringComparison.OrdinalIgnoreCase)
                    || other.EnvironmentType != environment);
        }
        catch (AlmaPurgeException)
        {
            // Not known to be elsewhere, so it counts as here.
            return false;
        }
    }

    // Every simulator begins its ids anew and is the same institution, so there a run that was last worked on before
    // the set was made speaks of another set. In Alma no id is given twice, and its clock need not be ours.
    private static bool IsOlder(string path, AlmaSetRecord set, AlmaEnvironmentType? environment) =>
        environment == AlmaEnvironmentType.Simulated
        && set.CreatedDate is { } created
        && Directory.EnumerateFiles(path)
            .Where(file => Path.GetFileName(file) != RunFolder.ReportName)
            .All(file => File.GetLastWriteTimeUtc(file) < created);

    private static bool Mentions(string path, string[] marks)
    {
        RunFolder folder = new(path);
        return new[] { RunFolder.DocumentName, RunFolder.JournalName }.Where(folder.Has).Any(name =>
        {
            string text = folder.ReadText(name);
            return Array.Exists(marks, mark => text.Contains(mark, StringComparison.Ordinal));
        });
    }
}
