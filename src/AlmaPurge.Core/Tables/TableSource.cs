using AlmaPurge.Core.Tables.Excel;
using AlmaPurge.Core.Tables.Text;

namespace AlmaPurge.Core.Tables;

/// <summary>
/// One table of patrons or fines. As a file: .csv, .tsv, .txt, .xlsx or .xls, told apart by content. Opening finds the
/// header; reading gives the rows below it, as often as wanted, and fails if the file has changed in between. What comes
/// from Alma itself is kept in memory and read in the same way.
/// </summary>
public sealed class TableSource
{
    private readonly CsvTable? _csv;
    private readonly ExcelTable? _excel;
    private readonly ArraySegment<byte>? _text;
    private readonly (long Length, DateTime Written) _stamp;

    private TableSource(string path, TableOptions options, CsvTable? csv, ExcelTable? excel)
    {
        Path = path;
        Options = options;
        _csv = csv;
        _excel = excel;
        _stamp = StampOf(path);
    }

    private TableSource(string path, TableOptions options, TableOrigin origin, TableText text)
    {
        Path = path;
        Options = options;
        Origin = origin;
        _csv = CsvTable.OfText(path, text.Header);
        _text = text.Finish();
    }

    /// <summary>Full path of the file, path of the report, or name of the set.</summary>
    public string Path { get; }

    /// <summary>The last part of the path, for messages and run.json: a path may hold a person's name.</summary>
    public string Name => Origin.SetId is null ? System.IO.Path.GetFileName(Path) : Path;

    /// <summary>Where it comes from.</summary>
    public TableOrigin Origin { get; } = TableOrigin.File;

    /// <summary>Whether it is a file, which can be read once more later on.</summary>
    public bool IsFile => _text is null;

    /// <summary>What the operator said about the file.</summary>
    public TableOptions Options { get; }

    /// <summary>The header.</summary>
    public TableHeader Header => _csv?.Header ?? _excel!.Header;

    /// <summary>Opens a file and finds its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the operator says about it.</param>
    /// <exception cref="TableException">The file cannot be used as it is.</exception>
    public static TableSource Open(string path, TableOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        Dates.DateOrders.Validate(options.DateFormat, path);
        using FileStream stream = TableFile.Open(path);
        return TableFile.ShapeOf(stream) == TableFileShape.Text
            ? new TableSource(stream.Name, options, CsvTable.Open(stream, options), null)
            : new TableSource(stream.Name, options, null, ExcelTable.Open(stream, options));
    }

    /// <summary>A table that came from Alma.</summary>
    /// <param name="path">Path of the report, or name of the set.</param>
    /// <param name="options">What the operator says about it.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="text">What was read.</param>
    internal static TableSource Of(string path, TableOptions options, TableOrigin origin, TableText text)
    {
        Dates.DateOrders.Validate(options.DateFormat, path);
        return new TableSource(path, options, origin, text);
    }

    /// <summary>Starts reading the rows below the header.</summary>
    /// <exception cref="TableException">The file cannot be read, or has changed since it was opened.</exception>
    public TableCursor Read()
    {
        EnsureUnchanged();
        Stream stream = OpenContent();
        try
        {
            return _csv is not null ? new CsvCursor(_csv, stream) : new ExcelCursor(_excel!, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The bytes: of a file, or of what came from Alma as it is kept.</summary>
    internal Stream OpenContent() => _text is { } text ? new MemoryStream(text.Array!, 0, text.Count, writable: false) : TableFile.Open(Path);

    /// <summary>
    /// Starts reading a large text file somewhere in its middle, where a row seems to begin. Rows have their numbers
    /// and offsets from there. Whether a row really begins there shows when reading from the start comes to it.
    /// </summary>
    /// <param name="begin">Where that is, in bytes.</param>
    /// <returns>A cursor; null if the file is small, or of a kind that cannot be read so.</returns>
    internal TableCursor? ReadSecondHalf(out long begin)
    {
        begin = 0;
        if (_csv is null || !IsFile || _stamp.Length < Options.LengthForHalves || Environment.ProcessorCount == 1)
        {
            return null;
        }

        FileStream stream = TableFile.Open(Path);
        if (!_csv.IsUtf8 || CsvMiddle.Find(stream) is not { } middle)
        {
            stream.Dispose();
            return null;
        }

        begin = middle;
        return new CsvCursor(_csv, new TailStream(stream, middle), isPart: true);
    }

    /// <summary>Whether the file is still the one that was opened, by its length and time.</summary>
    public bool IsUnchanged => !IsFile || StampOf(Path) == _stamp;

    /// <summary>Makes sure that the file is still the one that was opened; to be called after the last row.</summary>
    /// <exception cref="TableException">It is not.</exception>
    public void EnsureUnchanged()
    {
        if (!IsUnchanged)
        {
            throw new TableException(
                TableErrorKind.Changed,
                Path,
                "the file changed while it was being read.",
                "Wait until nothing writes to it, and start again.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    private static (long Length, DateTime Written) StampOf(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
    }
}
