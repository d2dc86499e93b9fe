using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Finds the known columns of a report by their headings, as in the first line of a file. Columns of different folders
/// may have the same heading; then the folder stands before it.
/// </summary>
internal static class ReportHeader
{
    /// <summary>The header of a report.</summary>
    /// <param name="path">Path of the report.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="options">What the operator says about it.</param>
    /// <exception cref="TableException">It has no primary identifier, or columns that cannot be told apart.</exception>
    public static TableHeader Of(string path, IReadOnlyList<AlmaReportColumn> columns, TableOptions options)
    {
        string[] mapped = [.. (options.ColumnMap?.Values ?? []).Select(KnownHeadings.Key)];
        HeaderFinder finder = new(path, options);
        string[] headings = [.. columns.Select(c => c.Heading)];
        foreach (IGrouping<string, AlmaReportColumn> same in columns
            .Where(c => c.Heading.Length > 0)
            .GroupBy(c => KnownHeadings.Key(c.Heading))
            .Where(g => g.Count() > 1))
        {
            string[] full = [.. same.Select(Full)];
            if (KnownHeadings.TryFind(same.First().Heading, out KnownColumn known) && !full.Any(f => mapped.Contains(KnownHeadings.Key(f))))
            {
                throw Ambiguous(path, same.First().Heading, known, full);
            }

            foreach (AlmaReportColumn column in same)
            {
                headings[IndexOf(columns, column)] = Full(column);
            }
        }

        HeaderRow row = new(1, headings);
        return finder.Find([row]) is not null ? finder.Accept(row) : throw finder.NoIdColumn([row]);
    }

    /// <summary>The header of a report that came without columns, since it has no rows.</summary>
    public static TableHeader OfNothing(string path) =>
        new HeaderFinder(path, TableOptions.Default).Accept(new HeaderRow(1, [KnownHeadings.Of(KnownColumn.PrimaryId)[0]]));

    private static string Full(AlmaReportColumn column) => $"{column.Table} {column.Heading}".Trim();

    private static int IndexOf(IReadOnlyList<AlmaReportColumn> columns, AlmaReportColumn column) =>
        Enumerable.Range(0, columns.Count).First(i => ReferenceEquals(columns[i], column));

    private static TableException Ambiguous(string path, string heading, KnownColumn known, string[] full) => new(
        TableErrorKind.DuplicateColumn,
        path,
        $"the report has several columns '{heading}': {string.Join(", ", full.Select(f => $"'{f}'"))}.",
        $"Remove all but one of them from the report, or name the right one in -ColumnMap @{{ {known} = '{full[0]}' }}.",
        column: heading);
}
