using System.Text;

namespace AlmaPurge.Core.Tables;

/// <summary>
/// Runs over the rows below the header, once, forward. Only known columns can be asked for. Blank rows are passed
/// over. Values are trimmed of everything that people cannot see, and valid until the next row.
/// </summary>
public abstract class TableCursor : IDisposable
{
    /// <summary>Makes a cursor.</summary>
    /// <param name="header">The header of the file.</param>
    /// <param name="separator">What stands between values; zero in a workbook.</param>
    private protected TableCursor(TableHeader header, byte separator)
    {
        Header = header;
        Separator = separator;
    }

    /// <summary>The header of the file.</summary>
    public TableHeader Header { get; }

    /// <summary>Whether all cells are text, so that nobody need ask for their kinds.</summary>
    public bool IsText => Separator != 0;

    /// <summary>What stands between the values of a row in a text file.</summary>
    internal byte Separator { get; }

    /// <summary>Row of the file or sheet as the user sees it, from 1: in a text file, the line where the row begins.</summary>
    public abstract long RowNumber { get; }

    /// <summary>Where in the file the row begins, in bytes; -1 in a workbook.</summary>
    internal virtual long Offset => -1;

    /// <summary>
    /// Whether the row has more values than there are headings, so its columns may be shifted; also by blank ones, unless
    /// what is read of it is certain to stand in its place.
    /// </summary>
    public abstract bool IsShifted { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public abstract bool Read();

    /// <summary>What the cell holds; Blank if the file does not have the column.</summary>
    /// <param name="column">The column.</param>
    public abstract CellKind KindOf(KnownColumn column);

    /// <summary>The value as UTF-8, trimmed; empty if blank or if the file does not have the column.</summary>
    /// <param name="column">The column.</param>
    public abstract ReadOnlySpan<byte> ValueOf(KnownColumn column);

    /// <summary>The day in a cell of kind Date; null for every other kind.</summary>
    /// <param name="column">The column.</param>
    public abstract DateOnly? DateOf(KnownColumn column);

    /// <summary>
    /// The raw text from the beginning of one column to the end of another, separators and all. The same text means
    /// the same values, so rows can be compared in several columns at once.
    /// </summary>
    /// <param name="first">Position of the first column.</param>
    /// <param name="last">Position of the last column.</param>
    /// <param name="raw">The text; empty if the row ends before.</param>
    /// <returns>Whether the file has such a thing; a workbook has not.</returns>
    internal virtual bool TryGetRaw(int first, int last, out ReadOnlySpan<byte> raw)
    {
        raw = default;
        return false;
    }

    /// <summary>The value as a string, trimmed; empty if blank or if the file does not have the column.</summary>
    /// <param name="column">The column.</param>
    public string TextOf(KnownColumn column) => Encoding.UTF8.GetString(ValueOf(column));

    /// <summary>
    /// The text of any column. For what goes into a workbook that people asked for, and nowhere else: it may hold names.
    /// </summary>
    /// <param name="index">Position of the column.</param>
    internal abstract string TextAt(int index);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
