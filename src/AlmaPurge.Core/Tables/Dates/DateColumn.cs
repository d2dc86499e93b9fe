using System.Text;

namespace AlmaPurge.Core.Tables.Dates;

/// <summary>
/// One date column of one file. Takes in all its values, then works out from the whole of them which number is the
/// day; refuses what stays ambiguous, since a month taken for a day makes an unexpired patron look expired.
/// </summary>
public sealed class DateColumn
{
    private readonly TableSource _source;
    private readonly string? _format;
    private readonly DateOrder _given;
    private readonly DateEvidence _evidence = new();
    private readonly Dictionary<long, string> _unreadable = [];
    private DateOrder _order;
    private long _count;

    /// <summary>Prepares for a column.</summary>
    /// <param name="source">The file.</param>
    /// <param name="column">The column.</param>
    public DateColumn(TableSource source, KnownColumn column)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        Column = column;
        _format = source.Options.DateFormat;
        _given = DateOrders.Of(_format);
        _order = _given;
    }

    /// <summary>The column.</summary>
    public KnownColumn Column { get; }

    /// <summary>Whether yyyy-MM-dd is understood as such.</summary>
    internal bool TakesIso => _given != DateOrder.Exact;

    /// <summary>Takes in the value of the current row.</summary>
    /// <param name="cursor">A cursor of the file, on a row.</param>
    public DateValue Add(TableCursor cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        ReadOnlySpan<byte> text = cursor.ValueOf(Column);
        if (text.IsEmpty)
        {
            return DateValue.Blank;
        }

        _count++;
        DateValue value = Parse(cursor, text);
        if (value.IsUnreadable)
        {
            _unreadable[cursor.RowNumber] = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)]);
        }

        return value;
    }

    /// <summary>Takes in a blank, or a day that was read as yyyy-MM-dd.</summary>
    internal void CountIso(DateValue value) => _count += value.IsBlank ? 0 : 1;

    /// <summary>Takes in what another one has of later rows of the column.</summary>
    /// <param name="later">The other one.</param>
    /// <param name="rowsBefore">What is to be added to its row numbers.</param>
    internal void Include(DateColumn later, long rowsBefore)
    {
        _count += later._count;
        _evidence.Include(later._evidence, rowsBefore);
        foreach ((long row, string text) in later._unreadable)
        {
            _unreadable[row + rowsBefore] = text;
        }
    }

    /// <summary>
    /// Settles the order of day and month once all rows are in. Only then may values be resolved.
    /// </summary>
    /// <param name="sameFile">The other date columns of the file: one export writes all its dates in one way, so where
    /// this column leaves it open, a column that does not may decide.</param>
    /// <exception cref="TableException">The dates cannot be trusted.</exception>
    public void Settle(IReadOnlyCollection<DateColumn> sameFile)
    {
        ArgumentNullException.ThrowIfNull(sameFile);
        bool many = _unreadable.Count >= 3 && _unreadable.Count > _count / 10;
        if (_count > 0 && (many || _unreadable.Count == _count))
        {
            throw Unreadable();
        }

        if (_evidence.Pairs == 0)
        {
            return;
        }

        if (_evidence.Contradiction() is { } contradiction)
        {
            throw Error(
                TableErrorKind.MixedDates,
                $"not all dates are written in one way: {contradiction.Problem}, so some of them may have day and month "
                    + "exchanged.",
                "Export the report again and do not open it in a spreadsheet in between.",
                contradiction.Row);
        }

        _order = _given == DateOrder.Unknown ? WorkOut(sameFile) : CheckGiven();
    }

    /// <summary>The day that a value stands for; null if blank or unreadable. Only after <see cref="Settle"/>.</summary>
    /// <param name="value">A value of this column.</param>
    public DateOnly? Resolve(DateValue value)
    {
        if (value.IsBlank || value.IsUnreadable)
        {
            return null;
        }

        return !value.IsPair ? value.Day
            : _order == DateOrder.MonthFirst ? new DateOnly(value.Year, value.First, value.Second)
            : new DateOnly(value.Year, value.Second, value.First);
    }

    /// <summary>The text of an unreadable date.</summary>
    /// <param name="row">Row as the user sees it.</param>
    public string? UnreadableText(long row) => _unreadable.GetValueOrDefault(row);

    private DateValue Parse(TableCursor cursor, ReadOnlySpan<byte> text)
    {
        if (!cursor.IsText && ParseCell(cursor) is { } cell)
        {
            return cell;
        }

        if (_given == DateOrder.Exact)
        {
            return DateParser.ParseExact(text, _format!);
        }

        DateValue value = DateParser.Parse(text, out DateShape shape);
        if (value.IsPair)
        {
            _evidence.AddPair(value, shape, text, cursor.RowNumber);
        }

        return value;
    }

    private DateValue? ParseCell(TableCursor cursor)
    {
        if (cursor.DateOf(Column) is { } day)
        {
            _evidence.AddDateCell(cursor.RowNumber);
            return DateValue.Of(day);
        }

        // Without a date format, the number of a cell may be anything.
        return cursor.KindOf(Column) == CellKind.Number ? DateValue.Unreadable : null;
    }

    private DateOrder WorkOut(IReadOnlyCollection<DateColumn> sameFile)
    {
        IEnumerable<DateOrder> orders = sameFile
            .Where(c => c._evidence.Separator == _evidence.Separator)
            .Select(c => c._evidence.Order)
            .Where(o => o != DateOrder.Unknown)
            .Distinct();
        DateOrder own = _evidence.Order;
        DateOrder[] others = own == DateOrder.Unknown ? [.. orders] : [own];
        if (others.Length == 1)
        {
            return others[0];
        }

        // 05/05/2015 is the same day both ways.
        return _evidence.Ambiguous is not { } row ? DateOrder.DayFirst : throw Error(
            TableErrorKind.AmbiguousDates,
            $"dates such as '{row.Text}' in row {row.Row} can be read day first and month first, and no date in the column "
                + "tells which is right.",
            "Give -DateFormat: dd/MM/yyyy if the day comes first, MM/dd/yyyy if the month does.",
            row.Row);
    }

    private DateOrder CheckGiven()
    {
        if (_evidence.Order != DateOrder.Unknown && _evidence.Order != _given || _given == DateOrder.YearFirst)
        {
            DateEvidenceRow row = _evidence.Example(_given);
            throw Error(
                TableErrorKind.UnreadableDates,
                $"'{row.Text}' in row {row.Row} does not fit the date format '{_format}'.",
                "Correct -DateFormat.",
                row.Row);
        }

        return _given;
    }

    private TableException Unreadable()
    {
        (long row, string text) = _unreadable.First();
        string fit = _format is null ? "cannot be understood" : $"do not fit the date format '{_format}'";
        string rows = string.Join(", ", _unreadable.Keys.Take(5)) + (_unreadable.Count > 5 ? " ..." : "");
        return Error(
            TableErrorKind.UnreadableDates,
            $"{_unreadable.Count} of {_count} dates {fit}, such as '{text}' (rows {rows}).",
            "Give -DateFormat as the file has them, such as dd/MM/yyyy, or export the report with dates as yyyy-MM-dd.",
            row);
    }

    private TableException Error(TableErrorKind kind, string problem, string nextStep, long row)
    {
        string heading = _source.Header.HeadingOf(Column);
        return new TableException(kind, _source.Path, $"column '{heading}': {problem}", nextStep, row, heading);
    }
}
