using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps;

/// <summary>Which columns a file has; headings alone, no values.</summary>
public static class InputHeadings
{
    /// <summary>The headings of a file of patrons.</summary>
    /// <exception cref="TableException">The file cannot be used as it is.</exception>
    public static IEnumerable<string> Of(string path) =>
        TableSource.Open(path, TableOptions.Default).Header.Headings.Where(h => h.Length > 0);

    /// <summary>The files that were imported into a run in this process.</summary>
    public static IEnumerable<string> FilesOf(PurgeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.ImportedFiles.Select(f => f.Path);
    }
}
