using System.Text;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Tables;

/// <summary>
/// A table that comes from Alma row by row and is kept in memory as text, so that it can be read like a file: of each
/// row its number and the columns that the step looks at. Nothing else is kept, names least of all.
/// </summary>
internal sealed class TableText : IDisposable
{
    private const string RowHeading = "Row";

    private readonly MemoryStream _stream = new();
    private readonly Utf8Lines _lines;
    private readonly IReadOnlyList<int> _places;

    /// <summary>Begins a table.</summary>
    /// <param name="header">The columns of what is read.</param>
    /// <param name="columns">Those that are kept, where it has them.</param>
    public TableText(TableHeader header, IReadOnlyList<KnownColumn> columns)
    {
        KnownColumn[] kept = [.. columns.Where(header.Has)];
        _places = [.. kept.Select(header.IndexOf)];
        _lines = new Utf8Lines(_stream);
        Header = new TableHeader(
            1,
            [RowHeading, .. kept.Select(header.HeadingOf)],
            [.. Enum.GetValues<KnownColumn>().Select(c => Array.IndexOf(kept, c) is int at and >= 0 ? at + 1 : -1)]);
        foreach (string heading in Header.Headings)
        {
            _lines.Write(Encoding.UTF8.GetBytes(heading));
        }

        _lines.EndLine();
    }

    /// <summary>The columns that are kept.</summary>
    public TableHeader Header { get; }

    /// <summary>Rows so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Takes a row. It counts as one although all that is kept of it is blank: somebody may stand behind it.</summary>
    /// <param name="cells">All its cells, as the header that was given has them.</param>
    public void Add(IReadOnlyList<string?> cells)
    {
        _lines.Write(++RowCount);
        foreach (int place in _places)
        {
            _lines.Write(Encoding.UTF8.GetBytes(cells[place] ?? ""));
        }

        _lines.EndLine();
    }

    /// <summary>The text with its heading line.</summary>
    public ArraySegment<byte> Finish()
    {
        _lines.Flush();
        return new ArraySegment<byte>(_stream.GetBuffer(), 0, checked((int)_stream.Length));
    }

    public void Dispose() => _stream.Dispose();
}
