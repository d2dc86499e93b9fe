using AlmaPurge.Core.Reports;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads columns that go along into the review workbook, again from the input files. A file counts only if its hash is
/// the one that was recorded at the import; where it lies does not matter.
/// </summary>
internal static class ReviewInput
{
    /// <summary>Reads the columns that were asked for.</summary>
    /// <exception cref="AlmaPurgeException">The input is not at hand, or has no such column.</exception>
    public static async Task<IncludedColumns> ReadAsync(
        PurgeRun run, ExportReviewOptions options, CancellationToken cancellationToken)
    {
        if (options.IncludedColumns.Count == 0)
        {
            return IncludedColumns.None;
        }

        List<TableSource> sources = [];
        foreach (RunInput input in run.Document.Inputs.Where(i => i.Step == StepNames.Import))
        {
            sources.Add(await FindAsync(run, input, options, cancellationToken).ConfigureAwait(false));
        }

        RequireColumns(run, sources, options.IncludedColumns);
        Dictionary<string, string?[]> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (TableSource source in sources)
        {
            ReadInto(values, source, options.IncludedColumns, cancellationToken);
        }

        return new IncludedColumns([.. options.IncludedColumns], values);
    }

    private static async Task<TableSource> FindAsync(
        PurgeRun run, RunInput input, ExportReviewOptions options, CancellationToken cancellationToken)
    {
        if (input.Report is not null || input.SetId is not null)
        {
            throw new AlmaPurgeException(
                "ReviewInputNotFound",
                AlmaPurgeErrorKind.NotFound,
                $"The patrons were imported from '{input.Name}' through the API, and no column of it was kept but those that the rules need.",
                "Leave -IncludeColumn out, or export the report to a file and start the run from that.",
                input.Name);
        }

        IEnumerable<(string Path, TableOptions Options)> places = run.ImportedFiles
            .Select(f => (f.Path, options.ColumnMap is null ? f.Options : Mapped(options)))
            .Concat(options.InputPaths.Select(p => (p, Mapped(options))));
        bool isChanged = false;
        foreach ((string path, TableOptions how) in places.Where(p => input.Sha256 is not null && File.Exists(p.Path)))
        {
            if (await FileHash.StartAsync(path, cancellationToken).ConfigureAwait(false) == input.Sha256)
            {
                return TableSource.Open(path, how);
            }

            isChanged |= Path.GetFileName(path).Equals(input.Name, StringComparison.OrdinalIgnoreCase);
        }

        throw new AlmaPurgeException(
            isChanged ? "ReviewInputChanged" : "ReviewInputNotFound",
            AlmaPurgeErrorKind.NotFound,
            isChanged
                ? $"'{input.Name}' is not what it was when it was imported, so its columns may belong to others."
                : $"The columns are read again from '{input.Name}', and no file with the same content was found.",
            "Give the file as it was imported with -InputPath.",
            input.Name);
    }

    private static TableOptions Mapped(ExportReviewOptions options) => new() { ColumnMap = options.ColumnMap };

    private static void RequireColumns(PurgeRun run, List<TableSource> sources, IReadOnlyList<string> columns)
    {
        if (columns.FirstOrDefault(c => !sources.Exists(s => PositionOf(s, c) >= 0)) is { } missing)
        {
            IEnumerable<string> headings = sources.SelectMany(s => s.Header.Headings).Where(h => h.Length > 0).Distinct();
            throw new AlmaPurgeException(
                "ReviewColumnUnknown",
                AlmaPurgeErrorKind.InvalidArgument,
                $"The input of the run {run.RunId} has no column '{missing}'.",
                $"It has: {string.Join(", ", headings.Select(h => $"'{h}'"))}.",
                missing);
        }
    }

    private static void ReadInto(
        Dictionary<string, string?[]> values,
        TableSource source,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken)
    {
        int[] positions = [.. columns.Select(c => PositionOf(source, c))];
        using TableCursor cursor = source.Read();
        while (cursor.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (cursor.IsShifted)
            {
                continue;
            }

            string id = cursor.TextOf(KnownColumn.PrimaryId);
            string?[] row = values.TryGetValue(id, out string?[]? known) ? known : values[id] = new string?[columns.Count];
            for (int i = 0; i < positions.Length; i++)
            {
                // Rows of one patron agree in what is read; in anything else the first that says something counts.
                row[i] = string.IsNullOrEmpty(row[i]) && positions[i] >= 0 ? cursor.TextAt(positions[i]) : row[i];
            }
        }
    }

    private static int PositionOf(TableSource source, string heading)
    {
        string key = KnownHeadings.Key(heading);
        return Enumerable.Range(0, source.Header.Headings.Count)
            .FirstOrDefault(i => key.Length > 0 && KnownHeadings.Key(source.Header.Headings[i]) == key, -1);
    }
}
