using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// Reads the traits of the rows of one file. Most rows have those of a row before, and columns that stand side by side
/// are compared in one go.
/// </summary>
internal sealed class TraitReader
{
    private readonly TraitTable _table;
    private readonly Piece[] _pieces;
    private readonly int _bits;
    private readonly Dictionary<ulong, int> _known = [];
    private ulong _lastKey = ulong.MaxValue;
    private int _last;

    public TraitReader(TraitTable table, TableCursor cursor)
    {
        _table = table;
        _pieces = [.. PiecesOf(cursor)];
        _bits = _pieces.Length == 0 ? 0 : Math.Min(31, 63 / _pieces.Length);
    }

    /// <summary>The number of the current row's traits.</summary>
    public int Read(TableCursor cursor)
    {
        ulong key = 0;
        foreach (Piece piece in _pieces)
        {
            int code = piece.CodeOf(cursor);
            if (code < 0 || code >> _bits != 0)
            {
                // A column of very many values: its codes do not fit beside the others.
                return _table.NumberOf(Values(cursor));
            }

            key = (key << _bits) | (uint)code;
        }

        if (key != _lastKey)
        {
            _lastKey = key;
            if (!_known.TryGetValue(key, out _last))
            {
                _last = _table.NumberOf(Values(cursor));
                _known.Add(key, _last);
            }
        }

        return _last;
    }

    private static IEnumerable<Piece> PiecesOf(TableCursor cursor)
    {
        TableHeader header = cursor.Header;
        KnownColumn[] columns = [.. Traits.Columns.Where(header.Has).OrderBy(header.IndexOf)];
        int first = 0;
        for (int i = 1; i <= columns.Length; i++)
        {
            bool goesOn = i < columns.Length && header.IndexOf(columns[i]) == header.IndexOf(columns[i - 1]) + 1;
            if (!goesOn || !cursor.IsText)
            {
                yield return new Piece(columns[first], header.IndexOf(columns[first]), header.IndexOf(columns[i - 1]));
                first = i;
            }
        }
    }

    private static string?[] Values(TableCursor cursor) =>
        [.. Traits.Columns.Select(c => cursor.Header.Has(c) ? cursor.TextOf(c) : null)];

    /// <summary>A column, or several that stand side by side in a text file.</summary>
    private sealed class Piece(KnownColumn column, int first, int last)
    {
        private readonly ValueCodes _codes = new();

        public int CodeOf(TableCursor cursor) =>
            first == last ? _codes.CodeOf(cursor.ValueOf(column))
            : cursor.TryGetRaw(first, last, out ReadOnlySpan<byte> raw) ? _codes.CodeOf(raw)
            : -1;
    }
}
