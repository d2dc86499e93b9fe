using System.Globalization;
using System.Text;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Dates;

namespace AlmaPurge.Core.Tests.Tables;

public sealed class DateRunTests : TableTestBase
{
    private static readonly KnownColumn[] s_columns =
        [KnownColumn.PurgeDate, KnownColumn.ExpiryDate, KnownColumn.LastActivityDate];

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void Reading_a_row_in_one_go_is_reading_its_columns_one_by_one(string separator)
    {
        string[] dates =
        [
            "2015-05-31", "", " ", "\"2015-05-31\"", "2015-05-31 10:11:12", "2015-02-30", "2015-5-1", "2015-05-311", "soon",
            "2999-12-31", "9999-12-31", "31.05.2015", "2016-02-29", "-2015-05-3", "2015-05-31x",
        ];
        Random random = new(3);
        string Any() => dates[random.Next(random.Next(2) == 0 ? 2 : dates.Length)];
        string rows = string.Concat(Enumerable.Range(0, 3000).Select(i => (i % 7) switch
        {
            0 => $"id{i}\n",
            1 => $"id{i},{Any()}\n",
            2 => $"id{i},{Any()},{Any()}\n",
            _ => $"id{i},{Any()},{Any()},{Any()},Active\n",
        }));
        string path = Write(
            ("Primary Identifier,Purge Date,Expiry Date,Last Activity Date,Status\n" + rows).Replace(",", separator, StringComparison.Ordinal));

        TableSource source = Open(path);
        DateColumn[] single = [.. s_columns.Select(c => new DateColumn(source, c))];
        DateRun run = new(source.Header, s_columns.Reverse().Select(c => new DateColumn(source, c)));
        DateValue[] actual = new DateValue[3];
        using TableCursor cursor = source.Read();
        while (cursor.Read())
        {
            run.Add(cursor, actual);

            Assert.Equal(single.Select(c => c.Add(cursor)), actual);
        }

        Assert.Equal(s_columns, run.Columns.Select(c => c.Column));
    }

    [Fact]
    public void Columns_apart_are_read_too()
    {
        TableSource source = Open(Write("Purge Date,Primary Identifier,Expiry Date\n2015-01-31,x,2015-05-31\n"));
        DateRun run = new(source.Header, [new DateColumn(source, KnownColumn.ExpiryDate), new DateColumn(source, KnownColumn.PurgeDate)]);
        DateValue[] values = new DateValue[2];
        using TableCursor cursor = source.Read();
        cursor.Read();

        run.Add(cursor, values);

        Assert.Equal([new DateOnly(2015, 1, 31), new DateOnly(2015, 5, 31)], values.Select(v => v.Day));
    }

    [Fact]
    public void Iso_dates_are_those_of_the_calendar()
    {
        for (int year = 1895; year <= 2405; year += year is > 1905 and < 2095 ? 7 : 1)
        {
            for (int month = 0; month <= 13; month++)
            {
                for (int day = 0; day <= 32; day++)
                {
                    string text = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");
                    bool expected = DateOnly.TryParseExact(text, "yyyy-MM-dd", out DateOnly date) && year >= 1900;

                    Assert.Equal(expected, IsoDate.TryParse(Encoding.ASCII.GetBytes(text), out int number));
                    Assert.True(!expected || number == date.DayNumber, text);
                }
            }
        }
    }

    [Fact]
    public void Every_wrong_character_in_a_date_is_noticed()
    {
        for (int position = 0; position < 10; position++)
        {
            for (int character = 0; character < 256; character++)
            {
                byte[] text = [.. "2015-05-21"u8];
                text[position] = (byte)character;
                bool expected = DateOnly.TryParseExact(Encoding.Latin1.GetString(text), "yyyy-MM-dd", out DateOnly date)
                    && date.Year >= 1900;

                Assert.Equal(expected, IsoDate.TryParse(text, out _));
            }
        }
    }
}
