namespace AlmaPurge.Core.Tables.Dates;

/// <summary>
/// Date columns that stand side by side, as exports have them. Reads all dates of a row in one go where they are blank
/// or yyyy-MM-dd; a row with anything else is left to the columns one by one.
/// </summary>
internal sealed class DateRun
{
    private const int IsoLength = 10;

    private readonly DateColumn[] _columns;
    private readonly int _first;
    private readonly int _last;
    private readonly bool _isRun;

    /// <summary>Prepares for some columns of one file.</summary>
    public DateRun(TableHeader header, IEnumerable<DateColumn> columns)
    {
        _columns = [.. columns.OrderBy(c => header.IndexOf(c.Column))];
        _first = _columns.Length == 0 ? 0 : header.IndexOf(_columns[0].Column);
        _last = _columns.Length == 0 ? 0 : header.IndexOf(_columns[^1].Column);
        _isRun = _columns.Length > 1 && _last - _first == _columns.Length - 1;
    }

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<DateColumn> Columns => _columns;

    /// <summary>Takes in the dates of the current row.</summary>
    /// <param name="cursor">A cursor of the file, on a row.</param>
    /// <param name="values">Gets the dates, in the order of <see cref="Columns"/>.</param>
    public void Add(TableCursor cursor, Span<DateValue> values)
    {
        if (_isRun && TryAddAll(cursor, values))
        {
            return;
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            values[i] = _columns[i].Add(cursor);
        }
    }

    private bool TryAddAll(TableCursor cursor, Span<DateValue> values)
    {
        if (!_columns[0].TakesIso || !cursor.TryGetRaw(_first, _last, out ReadOnlySpan<byte> raw))
        {
            return false;
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            if (raw.Length >= IsoLength && IsoDate.TryParse(raw[..IsoLength], out int dayNumber))
            {
                values[i] = DateValue.OfDayNumber(dayNumber);
                raw = raw[IsoLength..];
            }
            else
            {
                values[i] = DateValue.Blank;
            }

            // Only a separator, or the end, may follow; whatever else it is was no such date.
            if (!raw.IsEmpty)
            {
                if (raw[0] != cursor.Separator)
                {
                    return false;
                }

                raw = raw[1..];
            }
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].CountIso(values[i]);
        }

        return true;
    }
}
