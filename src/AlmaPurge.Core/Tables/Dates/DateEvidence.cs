using System.Text;

namespace AlmaPurge.Core.Tables.Dates;

/// <summary>A row that shows something about how dates are written.</summary>
internal readonly record struct DateEvidenceRow(long Row, string Text)
{
    /// <summary>The same with so many rows above it.</summary>
    public DateEvidenceRow Down(long rows) => this with { Row = Row + rows };
}

/// <summary>
/// What the values of a date column show about the order of day and month, and whether they were all written by one
/// hand. A spreadsheet that opens an export of another country turns the dates that it can read, with day and month
/// exchanged, and leaves the others as they were: such a column must not be trusted, although each date looks fine.
/// </summary>
internal sealed class DateEvidence
{
    private readonly Dictionary<DateShape, DateEvidenceRow> _shapes = [];
    private DateShape _last;
    private DateEvidenceRow? _dayFirst;
    private DateEvidenceRow? _monthFirst;
    private long? _dateCell;

    /// <summary>Number of dates whose order is not plain from their writing.</summary>
    public long Pairs { get; private set; }

    /// <summary>The first date that reads differently both ways.</summary>
    public DateEvidenceRow? Ambiguous { get; private set; }

    /// <summary>What stands between the numbers.</summary>
    public byte Separator => _last.Separator;

    /// <summary>What the dates show; Unknown if nothing, or both.</summary>
    public DateOrder Order => (_dayFirst, _monthFirst) switch
    {
        (not null, null) => DateOrder.DayFirst,
        (null, not null) => DateOrder.MonthFirst,
        _ => DateOrder.Unknown,
    };

    public void AddDateCell(long row) => _dateCell ??= row;

    public void AddPair(DateValue value, DateShape shape, ReadOnlySpan<byte> text, long row)
    {
        Pairs++;
        if (shape != _last)
        {
            _last = shape;
            if (!_shapes.ContainsKey(shape))
            {
                _shapes.Add(shape, RowOf(text, row));
            }
        }

        if (value.First > 12)
        {
            _dayFirst ??= RowOf(text, row);
        }
        else if (value.Second > 12)
        {
            _monthFirst ??= RowOf(text, row);
        }
        else if (value.First != value.Second)
        {
            Ambiguous ??= RowOf(text, row);
        }
    }

    /// <summary>Takes in what later rows of the column show.</summary>
    /// <param name="later">What they show.</param>
    /// <param name="rowsBefore">What is to be added to their row numbers.</param>
    public void Include(DateEvidence later, long rowsBefore)
    {
        if (later.Pairs > 0)
        {
            Pairs += later.Pairs;
            _last = later._last;
        }

        foreach ((DateShape shape, DateEvidenceRow row) in later._shapes)
        {
            _shapes.TryAdd(shape, row.Down(rowsBefore));
        }

        _dayFirst ??= later._dayFirst?.Down(rowsBefore);
        _monthFirst ??= later._monthFirst?.Down(rowsBefore);
        Ambiguous ??= later.Ambiguous?.Down(rowsBefore);
        _dateCell ??= later._dateCell + rowsBefore;
    }

    /// <summary>Two rows that cannot have been written by one hand; null if there are none.</summary>
    public (string Problem, long Row)? Contradiction()
    {
        if (_dayFirst is { } day && _monthFirst is { } month)
        {
            return ($"row {day.Row} has '{day.Text}', row {month.Row} has '{month.Text}'", month.Row);
        }

        if (_dateCell is { } cell)
        {
            DateEvidenceRow text = _shapes.Values.First();
            return ($"row {cell} has a real date, row {text.Row} the text '{text.Text}'", text.Row);
        }

        return Differ(s => s.Separator, _ => true)
            ?? Differ(s => s.HasTime, _ => true)
            ?? Differ(s => s.First, s => s.First != DatePadding.Unknown)
            ?? Differ(s => s.Second, s => s.Second != DatePadding.Unknown);
    }

    /// <summary>A date that does not fit an order.</summary>
    public DateEvidenceRow Example(DateOrder order) =>
        (order == DateOrder.DayFirst ? _monthFirst : order == DateOrder.MonthFirst ? _dayFirst : null)
        ?? _shapes.Values.First();

    private static DateEvidenceRow RowOf(ReadOnlySpan<byte> text, long row) => new(row, Encoding.UTF8.GetString(text));

    private (string Problem, long Row)? Differ<T>(Func<DateShape, T> trait, Func<DateShape, bool> counts)
    {
        DateEvidenceRow[] rows =
            [.. _shapes.Where(s => counts(s.Key)).GroupBy(s => trait(s.Key)).Select(g => g.First().Value)];
        return rows.Length < 2 ? null : (
            $"'{rows[0].Text}' in row {rows[0].Row} and '{rows[1].Text}' in row {rows[1].Row} differ in their form",
            rows[1].Row);
    }
}
