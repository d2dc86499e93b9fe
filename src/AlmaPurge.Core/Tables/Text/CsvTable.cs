using System.Text;
using CsvHelper;

namespace AlmaPurge.Core.Tables.Text;

/// <summary>A delimited text file: how it is written and where its header is.</summary>
internal sealed class CsvTable
{
    // A quotation mark that is never closed swallows rows. No honest row of an export comes near this size.
    private const int LongestRow = 1 << 20;

    // The last one occurs in no text: the separator of files that have one column only, so that nothing is split.
    private static readonly char[] s_separators = [',', ';', '\t', '|', '\u001F'];

    private CsvTable(string path, CsvReaderOptions options, TableHeader header)
    {
        Path = path;
        Options = options;
        Header = header;
    }

    public string Path { get; }

    public CsvReaderOptions Options { get; }

    public TableHeader Header { get; }

    /// <summary>Whether bytes of the file are what the reader sees.</summary>
    public bool IsUtf8 => Options.Encoding is UTF8Encoding;

    /// <summary>Looks at the first rows under each separator and takes the one that shows the most known columns.</summary>
    public static CsvTable Open(FileStream stream, TableOptions options)
    {
        Encoding encoding = options.Encoding ?? TextEncoding.Detect(stream);
        HeaderFinder finder = new(stream.Name, options);
        (CsvReaderOptions Options, HeaderRow Row, int Score)? best = null;
        List<HeaderRow> seen = [];
        foreach (char separator in s_separators)
        {
            CsvReaderOptions tried = OptionsFor(separator, encoding);
            IReadOnlyList<HeaderRow> rows = FirstRows(stream, tried);
            HeaderRow? row = finder.Find(rows);
            seen.AddRange(rows);
            int score = row is null ? 0 : finder.Score(row);

            // With one column under every separator, the one that splits nothing is right: it is tried last.
            if (row is not null && (best is null || score > best.Value.Score || (score == 1 && best.Value.Score == 1)))
            {
                best = (tried, row, score);
            }
        }

        if (options.IsIdList && seen.Count > 0 && (best is null || best.Value.Options.Separator == s_separators[^1]))
        {
            return new CsvTable(stream.Name, OptionsFor(s_separators[^1], encoding), TableHeader.OfIdList);
        }

        if (best is null)
        {
            throw seen.Count == 0
                ? new TableException(TableErrorKind.Empty, stream.Name, "the file has no rows.", "Export it again.")
                : finder.NoIdColumn(seen);
        }

        return new CsvTable(stream.Name, best.Value.Options, finder.Accept(best.Value.Row));
    }

    /// <summary>What we have written ourselves, with a known header: comma-separated, UTF-8.</summary>
    public static CsvTable OfText(string path, TableHeader header) =>
        new(path, OptionsFor(s_separators[0], System.Text.Encoding.UTF8), header);

    private static CsvReaderOptions OptionsFor(char separator, Encoding encoding) => new()
    {
        Separator = separator,
        HasHeader = false,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        MaxRecordSize = LongestRow,
        Encoding = encoding,
    };

    private static List<HeaderRow> FirstRows(FileStream stream, CsvReaderOptions options)
    {
        stream.Position = 0;
        List<HeaderRow> rows = [];
        using CsvReader reader = CsvReader.Create(stream, options, leaveOpen: true);
        try
        {
            while (rows.Count < HeaderFinder.RowsToSearch && reader.Read())
            {
                rows.Add(new HeaderRow(reader.LineNumber, CellsOf(reader)));
            }
        }
        catch (CsvFormatException)
        {
            // Under the wrong separator a stray quotation mark may swallow what it wants; under the right one the
            // cursor meets it again and says so.
        }

        return rows;
    }

    private static string[] CellsOf(CsvReader reader)
    {
        string[] cells = new string[reader.FieldCount];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = Encoding.UTF8.GetString(Utf8Text.Trim(reader.GetSpan(i)));
        }

        return cells;
    }
}
