using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Dates;

namespace AlmaPurge.Core.Tests.Tables;

/// <summary>The sample exports, as far as reading goes.</summary>
public sealed class ExportTests : TableTestBase
{
    [Theory]
    [InlineData("undergraduates.csv", 1, 73)]
    [InlineData("undergraduates-us-dates.csv", 1, 40)]
    [InlineData("undergraduates-ambiguous-dates.csv", 1, 20)]
    [InlineData("undergraduates-utf16.txt", 1, 25)]
    [InlineData("undergraduates.xlsx", 4, 50)]
    [InlineData("two-groups.csv", 1, 20)]
    [InlineData("total-row.csv", 1, 11)]
    [InlineData("usernames.txt", 1, 12)]
    [InlineData("fines.csv", 1, 12)]
    [InlineData("fines-empty.csv", 1, 0)]
    public void Header_and_rows(string name, int header, int rows)
    {
        Assert.Equal(header, Open(Export(name)).Header.RowNumber);
        Assert.Equal(rows, Texts(Export(name), KnownColumn.PrimaryId).Count);
    }

    [Theory]
    [InlineData("undergraduates.csv", "2019-05-23")]
    [InlineData("undergraduates-us-dates.csv", "2018-01-02")]
    [InlineData("undergraduates-utf16.txt", null)]
    [InlineData("undergraduates.xlsx", "2019-10-03")]
    [InlineData("two-groups.csv", "2021-04-17")]
    public void Expiry_of_the_first_row(string name, string? expected)
    {
        DateOnly?[] days = Expiries(Export(name), TableOptions.Default);

        Assert.All(days.Take(10), d => Assert.InRange(d!.Value, new DateOnly(2013, 1, 1), new DateOnly(2023, 12, 31)));
        Assert.True(expected is null || days[0] == DateOnly.Parse(expected, null));
    }

    [Fact]
    public void Ambiguous_dates_need_a_format()
    {
        string path = Export("undergraduates-ambiguous-dates.csv");

        TableException error = Refused(() => Expiries(path, TableOptions.Default), TableErrorKind.AmbiguousDates);
        Assert.Equal("Expiry Date", error.Column);
        Assert.Equal(3, error.Row);

        DateOnly?[] days = Expiries(path, new TableOptions { DateFormat = "dd/MM/yyyy" });
        Assert.Equal(new DateOnly(2015, 2, 6), days[1]);
    }

    [Fact]
    public void Ids_keep_their_zeros_and_lose_their_spaces()
    {
        List<string> ids = Texts(Export("undergraduates.csv"), KnownColumn.PrimaryId);

        Assert.Equal("00266600", ids[0]);
        Assert.Equal(2, ids.Count(i => i == "00266635"));
        Assert.Contains("a.Öztürk@uni/42", ids);
    }

    private static DateOnly?[] Expiries(string path, TableOptions options)
    {
        TableSource source = Open(path, options);
        DateColumn column = new(source, KnownColumn.ExpiryDate);
        List<DateValue> values = [];
        using TableCursor cursor = source.Read();
        while (cursor.Read())
        {
            values.Add(column.Add(cursor));
        }

        column.Settle([]);
        return [.. values.Select(column.Resolve)];
    }
}
