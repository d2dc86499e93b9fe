using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Dates;

namespace AlmaPurge.Core.Tests.Tables;

public sealed class DateColumnTests : TableTestBase
{
    [Theory]
    [InlineData("2015-05-31")]
    [InlineData("2015-05-31 00:00:00")]
    [InlineData("2015-05-31T23:59:59.000Z")]
    [InlineData("2015-05-31Z")]
    [InlineData("2015/05/31")]
    [InlineData("2015/5/31")]
    [InlineData("20150531")]
    [InlineData("5/31/2015")]
    [InlineData("05/31/2015")]
    [InlineData("5/31/2015 12:00:00 AM")]
    [InlineData("31/5/2015")]
    [InlineData("31/05/2015 00:00")]
    [InlineData("31-05-2015")]
    [InlineData("31.05.2015")]
    [InlineData("31.5.2015")]
    [InlineData("31-May-2015")]
    [InlineData("31-MAY-2015")]
    [InlineData("31 May 2015")]
    [InlineData("May 31, 2015")]
    public void Form_is_understood(string text) => Assert.Equal([new DateOnly(2015, 5, 31)], Read(text));

    [Theory]
    [InlineData("5/31/15")]
    [InlineData("2015-02-30")]
    [InlineData("2015-13-01")]
    [InlineData("31/13/2015")]
    [InlineData("0000-00-00")]
    [InlineData("1015-05-31")]
    [InlineData("soon")]
    [InlineData("42155")]
    [InlineData("2015-05-31x")]
    [InlineData("1/2/3/2015")]
    public void What_is_no_date_is_not_taken_for_one(string text)
    {
        TableException error = Refused(() => Read(text), TableErrorKind.UnreadableDates);

        Assert.Equal("Expiry Date", error.Column);
        Assert.Equal(2, error.Row);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_column_tells_the_order()
    {
        Assert.Equal([new DateOnly(2015, 4, 5), new DateOnly(2015, 5, 31)], Read("4/5/2015", "5/31/2015"));
        Assert.Equal([new DateOnly(2015, 5, 4), new DateOnly(2015, 5, 31)], Read("4/5/2015", "31/5/2015"));
    }

    [Fact]
    public void Dots_are_never_month_first() => Assert.Equal([new DateOnly(2015, 5, 4)], Read("04.05.2015"));

    [Fact]
    public void Ambiguous_column_is_refused_and_named()
    {
        TableException error = Refused(() => Read("05/05/2015", "04/05/2015"), TableErrorKind.AmbiguousDates);

        Assert.Equal("Expiry Date", error.Column);
        Assert.Equal(3, error.Row);
        Assert.Contains("04/05/2015", error.Message, StringComparison.Ordinal);
        Assert.Contains("-DateFormat", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_day_both_ways_is_not_ambiguous() => Assert.Equal([new DateOnly(2015, 5, 5)], Read("05/05/2015"));

    [Theory]
    [InlineData("dd/MM/yyyy", 5, 4)]
    [InlineData("d/M/yyyy", 5, 4)]
    [InlineData("MM/dd/yyyy", 4, 5)]
    [InlineData("M/d/yyyy h:mm:ss tt", 4, 5)]
    public void Given_format_decides(string format, int month, int day) =>
        Assert.Equal([new DateOnly(2015, month, day)], ReadAs(format, "04/05/2015"));

    [Theory]
    [InlineData("ddMMyyyy", "31052015")]
    [InlineData("dd/MM/yy", "31/05/15")]
    [InlineData("dd MMM yy", "31 May 15")]
    [InlineData("yyyy-MM-dd", "2015-05-31 10:11:12")]
    public void Given_format_may_be_of_any_kind(string format, string text) =>
        Assert.Equal([new DateOnly(2015, 5, 31)], ReadAs(format, text));

    [Fact]
    public void Given_format_that_a_date_contradicts_is_refused()
    {
        TableException error = Refused(
            () => ReadAs("dd/MM/yyyy", "04/05/2015", "05/31/2015"), TableErrorKind.UnreadableDates);

        Assert.Equal(3, error.Row);
        Assert.Contains("dd/MM/yyyy", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dd/mm/yyyy")]
    [InlineData("MM/yyyy")]
    [InlineData("european")]
    [InlineData("")]
    public void Format_that_is_none_is_refused(string format) =>
        Refused(() => ReadAs(format, "04/05/2015"), TableErrorKind.BadDateFormat);

    [Fact]
    public void Minutes_for_months_are_pointed_out() => Assert.Contains(
        "minutes",
        Refused(() => ReadAs("dd/mm/yyyy", "04/05/2015"), TableErrorKind.BadDateFormat).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("31/05/2015", "05/31/2015")]
    [InlineData("04/05/2015", "5/31/2015")]
    [InlineData("5/31/2015", "04/05/2015 00:00")]
    [InlineData("31/05/2015", "31-05-2015")]
    public void Dates_of_two_hands_are_refused(string first, string second)
    {
        TableException error = Refused(() => Read(first, second), TableErrorKind.MixedDates);

        Assert.Contains("row 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bare_day_beside_padded_month_is_one_hand() =>
        Assert.Equal([new DateOnly(2015, 5, 4), new DateOnly(2015, 5, 31)], Read("4/05/2015", "31/05/2015"));

    [Fact]
    public void Other_column_of_the_file_decides_where_this_one_leaves_it_open()
    {
        string path = Write("Primary Identifier,Expiry Date,Purge Date\n1,04/05/2015,\n2,,05/31/2016\n");

        Assert.Equal([new DateOnly(2015, 4, 5), null], Resolve(path, TableOptions.Default));
    }

    [Fact]
    public void One_bad_date_among_many_is_the_rows_own_trouble()
    {
        string[] dates = [.. Enumerable.Repeat("2015-05-31", 30), "soon"];
        TableSource source = Open(WriteDates(dates));
        DateColumn column = new(source, KnownColumn.ExpiryDate);
        using TableCursor cursor = source.Read();
        DateValue last = default;
        while (cursor.Read())
        {
            last = column.Add(cursor);
        }

        column.Settle([]);

        Assert.True(last.IsUnreadable);
        Assert.Null(column.Resolve(last));
        Assert.Equal("soon", column.UnreadableText(32));
    }

    [Fact]
    public void Every_day_of_a_leap_year_comes_back_in_both_orders()
    {
        DateOnly[] days = [.. Enumerable.Range(0, 366).Select(new DateOnly(2016, 1, 1).AddDays)];

        Assert.Equal(days.Cast<DateOnly?>(), Read([.. days.Select(d => $"{d:d\\/M\\/yyyy}")]));
        Assert.Equal(days.Cast<DateOnly?>(), Read([.. days.Select(d => $"{d:MM\\/dd\\/yyyy}")]));
        Assert.Equal(days.Cast<DateOnly?>(), Read([.. days.Select(d => $"{d:yyyy-MM-dd}")]));
    }

    private DateOnly?[] Read(params string[] dates) => Resolve(WriteDates(dates), TableOptions.Default);

    private DateOnly?[] ReadAs(string format, params string[] dates) =>
        Resolve(WriteDates(dates), new TableOptions { DateFormat = format });

    private string WriteDates(string[] dates) =>
        Write("Primary Identifier,Expiry Date\n" + string.Concat(dates.Select((d, i) => $"id{i},\"{d}\"\n")));

    private static DateOnly?[] Resolve(string path, TableOptions options)
    {
        TableSource source = Open(path, options);
        DateColumn[] columns = [new(source, KnownColumn.ExpiryDate), new(source, KnownColumn.PurgeDate)];
        List<DateValue> values = [];
        using TableCursor cursor = source.Read();
        while (cursor.Read())
        {
            values.Add(columns[0].Add(cursor));
            columns[1].Add(cursor);
        }

        foreach (DateColumn column in columns)
        {
            column.Settle(columns);
        }

        return [.. values.Select(columns[0].Resolve)];
    }
}
