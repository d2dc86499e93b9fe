namespace AlmaPurge.Core.Tables;

/// <summary>Finds the header among the first rows, where report titles may stand above it, and reads its columns.</summary>
internal sealed class HeaderFinder
{
    /// <summary>How many rows are looked at.</summary>
    public const int RowsToSearch = 50;

    private readonly string _path;
    private readonly Dictionary<KnownColumn, string> _map;
    private readonly bool _hasComments;

    public HeaderFinder(string path, TableOptions options)
    {
        _path = path;
        _hasComments = options.IsIdList;
        _map = ReadMap(options.ColumnMap);
    }

    /// <summary>The row that has the most known columns, the id among them; null if no row has the id.</summary>
    public HeaderRow? Find(IEnumerable<HeaderRow> rows) =>
        rows.Where(r => !IsComment(r) && IndexesOf(r.Cells)[(int)KnownColumn.PrimaryId].Count > 0).MaxBy(Score);

    /// <summary>Whether the row is a comment of a list that may have comments.</summary>
    public bool IsComment(HeaderRow row) => _hasComments && row.Cells.Count > 0 && row.Cells[0].StartsWith('#');

    /// <summary>How many known columns a row has.</summary>
    public int Score(HeaderRow row) => IndexesOf(row.Cells).Count(found => found.Count > 0);

    /// <summary>Turns the row into a header, or says what is wrong with it.</summary>
    public TableHeader Accept(HeaderRow row)
    {
        List<int>[] found = IndexesOf(row.Cells);
        foreach ((KnownColumn column, string heading) in _map)
        {
            if (found[(int)column].Count == 0)
            {
                throw Error(
                    TableErrorKind.UnknownHeading,
                    $"the column map says '{heading}' for {column}, but the header in row {row.RowNumber} has no such "
                        + $"heading. It has: {List(row)}.",
                    "Correct the column map.",
                    row,
                    heading);
            }
        }

        foreach (KnownColumn column in Enum.GetValues<KnownColumn>().Where(c => found[(int)c].Count > 1))
        {
            IEnumerable<string> headings = found[(int)column].Select(i => $"'{row.Cells[i]}' (column {i + 1})");
            throw Error(
                TableErrorKind.DuplicateColumn,
                $"row {row.RowNumber} has several headings for {column}: {string.Join(", ", headings)}.",
                $"Remove all but one of them, or name the right one in -ColumnMap @{{ {column} = '...' }}.",
                row,
                row.Cells[found[(int)column][0]]);
        }

        return new TableHeader(row.RowNumber, row.Cells, [.. found.Select(f => f.Count == 0 ? -1 : f[0])]);
    }

    /// <summary>The error for a file in which no row has a column with the primary identifier.</summary>
    public TableException NoIdColumn(IReadOnlyList<HeaderRow> rows)
    {
        // Only a row that is a header beyond doubt may be shown: any other may hold people's names.
        HeaderRow? best = rows.Where(r => Score(r) > 0 || LooksLikeHeadings(r)).MaxBy(Score);
        string seen = best is null ? $"none of the first {RowsToSearch} rows is a header" :
            $"no heading stands for the primary identifier. Row {best.RowNumber} has: {List(best)}";
        string mapped = _map.TryGetValue(KnownColumn.PrimaryId, out string? heading)
            ? $" The column map says '{heading}'."
            : "";
        return Error(
            mapped.Length == 0 ? TableErrorKind.NoIdColumn : TableErrorKind.UnknownHeading,
            seen + "." + mapped,
            "The heading must be 'Primary Identifier', 'Primary ID' or 'USERNAME', or be named in -ColumnMap "
                + "@{ PrimaryId = '...' }. (Analytics' 'User ID' is an internal number, not the primary identifier.)",
            best,
            heading);
    }

    private static bool LooksLikeHeadings(HeaderRow row) =>
        row.Cells.Count(c => c.Length > 0) > 1 && !row.Cells.Any(c => c.Any(x => char.IsDigit(x) || x == '@'));

    private static string List(HeaderRow row) =>
        string.Join(", ", row.Cells.Where(c => c.Length > 0).Select(c => $"'{c}'"));

    private List<int>[] IndexesOf(IReadOnlyList<string> cells)
    {
        List<int>[] found = [.. Enumerable.Range(0, KnownHeadings.ColumnCount).Select(_ => new List<int>())];
        for (int i = 0; i < cells.Count; i++)
        {
            if (ColumnOf(cells[i]) is { } column)
            {
                found[(int)column].Add(i);
            }
        }

        return found;
    }

    // What the operator says comes first: a mapped heading means only what the map says, and a mapped column has no
    // other heading.
    private KnownColumn? ColumnOf(string heading)
    {
        string key = KnownHeadings.Key(heading);
        foreach ((KnownColumn column, string mapped) in _map)
        {
            if (key.Length > 0 && key == KnownHeadings.Key(mapped))
            {
                return column;
            }
        }

        return KnownHeadings.TryFind(heading, out KnownColumn known) && !_map.ContainsKey(known) ? known : null;
    }

    private Dictionary<KnownColumn, string> ReadMap(IReadOnlyDictionary<string, string>? given)
    {
        Dictionary<KnownColumn, string> map = [];
        foreach ((string name, string heading) in given ?? new Dictionary<string, string>())
        {
            if (string.IsNullOrWhiteSpace(name) || !KnownHeadings.TryFindName(name, out KnownColumn? column))
            {
                string names = string.Join(", ", Enum.GetNames<KnownColumn>());
                throw Error(
                    TableErrorKind.UnknownColumn,
                    $"the column map names '{name}', which is no column that is read. There are: {names}.",
                    "Correct the column map: @{ column = 'heading in the file' }.",
                    column: name);
            }

            if (!map.TryAdd(column.Value, heading.Trim()))
            {
                throw Error(
                    TableErrorKind.DuplicateColumn,
                    $"the column map names {column} twice.",
                    "Leave one of them.",
                    column: name);
            }
        }

        return map;
    }

    private TableException Error(
        TableErrorKind kind, string problem, string nextStep, HeaderRow? row = null, string? column = null) =>
        new(kind, _path, problem, nextStep, row?.RowNumber, column);
}

/// <summary>One of the first rows of a file.</summary>
/// <param name="RowNumber">Row as the user sees it.</param>
/// <param name="Cells">Texts of its cells, trimmed.</param>
internal sealed record HeaderRow(long RowNumber, IReadOnlyList<string> Cells);
