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

    public TraitReader(TraitTable table, TableHeader header)
    {
        _table = table;
        _pieces = [.. PiecesOf(header)];
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

    private static IEnumerable<Piece> PiecesOf(TableHeader header)
    {
        int[] indexes = [.. Traits.Columns.Where(header.Has).Select(header.IndexOf).Order()];
        int first = 0;
        for (int i = 1; i <= indexes.Length; i++)
        {
            if (i == indexes.Length || indexes[i] != indexes[i - 1] + 1)
            {
                yield return new Piece(indexes[first], indexes[i - 1]);
                first = i;
            }
        }
    }

    private static string?[] Values(TableCursor cursor) =>
        [.. Traits.Columns.Select(c => cursor.Header.Has(c) ? cursor.TextOf(c) : null)];

    /// <summary>Columns that stand side by side.</summary>
    private sealed class Piece(int first, int last)
    {
        private readonly ValueCodes _codes = new();

        public int CodeOf(TableCursor cursor) =>
            cursor.TryGetRaw(first, last, out ReadOnlySpan<byte> raw) ? _codes.CodeOf(raw) : -1;
    }
}
