using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>Reads the traits of the rows of one file. Most rows have those of the row before.</summary>
internal sealed class TraitReader
{
    private readonly TraitTable _table;
    private readonly KnownColumn[] _columns;
    private readonly ValueCodes[] _codes;
    private readonly int _bits;
    private readonly Dictionary<ulong, int> _known = [];
    private ulong _lastKey = ulong.MaxValue;
    private int _last;

    public TraitReader(TraitTable table, TableHeader header)
    {
        _table = table;
        _columns = [.. Traits.Columns.Where(header.Has)];
        _codes = [.. _columns.Select(_ => new ValueCodes())];
        _bits = _columns.Length == 0 ? 0 : Math.Min(31, 63 / _columns.Length);
    }

    /// <summary>The number of the current row's traits.</summary>
    public int Read(TableCursor cursor)
    {
        ulong key = 0;
        bool fits = true;
        for (int i = 0; i < _columns.Length; i++)
        {
            int code = _codes[i].CodeOf(cursor.ValueOf(_columns[i]));
            fits &= code >> _bits == 0;
            key = (key << _bits) | (uint)code;
        }

        if (!fits)
        {
            // A column of very many values; its codes do not fit beside the others.
            return _table.NumberOf(Values(cursor));
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

    private static string?[] Values(TableCursor cursor) =>
        [.. Traits.Columns.Select(c => cursor.Header.Has(c) ? cursor.TextOf(c) : null)];
}
