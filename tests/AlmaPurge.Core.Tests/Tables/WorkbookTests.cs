using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Dates;

namespace AlmaPurge.Core.Tests.Tables;

public sealed class WorkbookTests : TableTestBase
{
    private static readonly DateOnly s_day = new(2015, 5, 31);

    private string Xlsx => Path.Combine(Folder, "patrons.xlsx");

    [Fact]
    public void Text_dates_and_numbers_keep_their_kinds()
    {
        Workbook.Write(
            Xlsx,
            ["Expired undergraduates"],
            [],
            ["Primary Identifier", "Expiry Date", "Remaining Amount", "Is Blocked", "Status"],
            ["00042", s_day, 12.5, true, "Active"],
            [],
            [" 00043 ", null, 3, false, new Workbook.ErrorCell("#N/A")]);
        using TableCursor cursor = Open(Xlsx).Read();

        Assert.Equal(3, cursor.Header.RowNumber);
        Assert.True(cursor.Read());
        Assert.Equal(4, cursor.RowNumber);
        Assert.Equal("00042", cursor.TextOf(KnownColumn.PrimaryId));
        Assert.Equal(CellKind.Text, cursor.KindOf(KnownColumn.PrimaryId));
        Assert.Equal(CellKind.Date, cursor.KindOf(KnownColumn.ExpiryDate));
        Assert.Equal(s_day, cursor.DateOf(KnownColumn.ExpiryDate));
        Assert.Equal(CellKind.Number, cursor.KindOf(KnownColumn.RemainingAmount));
        Assert.Equal("12.5", cursor.TextOf(KnownColumn.RemainingAmount));
        Assert.Equal("True", cursor.TextOf(KnownColumn.IsBlocked));

        Assert.True(cursor.Read());
        Assert.Equal(6, cursor.RowNumber);
        Assert.Equal("00043", cursor.TextOf(KnownColumn.PrimaryId));
        Assert.Equal(CellKind.Blank, cursor.KindOf(KnownColumn.ExpiryDate));
        Assert.Null(cursor.DateOf(KnownColumn.ExpiryDate));
        Assert.False(cursor.Read());
    }

    [Fact]
    public void Old_workbook_is_read_like_a_new_one()
    {
        string path = Write(
            OldWorkbook.Make(
                ["Expired undergraduates"],
                ["Primary Identifier", "User Group", "Expiry Date", "Remaining Amount"],
                ["00042", "Étudiants", s_day, 12.5]),
            "patrons.xls");
        using TableCursor cursor = Open(path).Read();

        Assert.Equal(2, cursor.Header.RowNumber);
        Assert.True(cursor.Read());
        Assert.Equal("00042", cursor.TextOf(KnownColumn.PrimaryId));
        Assert.Equal("Étudiants", cursor.TextOf(KnownColumn.UserGroup));
        Assert.Equal(s_day, cursor.DateOf(KnownColumn.ExpiryDate));
        Assert.Equal("12.5", cursor.TextOf(KnownColumn.RemainingAmount));
        Assert.False(cursor.Read());
    }

    [Fact]
    public void Content_counts_not_the_extension()
    {
        string path = Path.Combine(Folder, "patrons.csv");
        Workbook.Write(path, ["Primary Identifier"], ["00042"]);

        Assert.Equal(["00042"], Texts(path, KnownColumn.PrimaryId));
    }

    [Fact]
    public void Password_of_a_new_workbook()
    {
        string path = Write(OldWorkbook.MakeEncryptedPackage(), "patrons.xlsx");

        TableException error = Refused(() => Open(path), TableErrorKind.PasswordProtected);

        Assert.Contains("remove the password", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Password_of_an_old_workbook() =>
        Refused(() => Open(Write(OldWorkbook.MakeEncrypted(), "patrons.xls")), TableErrorKind.PasswordProtected);

    [Fact]
    public void Damaged_old_workbook()
    {
        byte[] content = OldWorkbook.Make(["Primary Identifier"], ["00042"]);

        Refused(() => Open(Write(content[..1600], "patrons.xls")), TableErrorKind.Unreadable);
    }

    [Fact]
    public void Table_may_be_on_any_sheet()
    {
        Workbook.Write(Xlsx, [("Notes", [["Do not forget", "the milk"]]), ("Data", [["Username"], ["00042"]])]);

        Assert.Equal(["00042"], Texts(Xlsx, KnownColumn.PrimaryId));
    }

    [Fact]
    public void Two_sheets_of_patrons_are_refused()
    {
        Workbook.Write(Xlsx, [("A", [["Username"], ["00042"]]), ("B", [["Primary ID"], ["00043"]])]);

        TableException error = Refused(() => Open(Xlsx), TableErrorKind.SeveralSheets);

        Assert.Contains("'A', 'B'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_rows_are_refused()
    {
        Workbook.Write(Xlsx, [("A", [["Username"], ["00042"], ["00043"], ["00044"]])], hidden: 3);

        TableException error = Refused(() => Texts(Xlsx, KnownColumn.PrimaryId), TableErrorKind.HiddenRows);

        Assert.Equal(3, error.Row);
    }

    [Fact]
    public void Sheet_without_rows_is_empty()
    {
        Workbook.Write(Xlsx, [("A", [])]);

        Refused(() => Open(Xlsx), TableErrorKind.Empty);
    }

    [Fact]
    public void No_id_column_lists_what_is_there()
    {
        Workbook.Write(Xlsx, ["Barcode", "Status"], ["00042", "Active"]);

        TableException error = Refused(() => Open(Xlsx), TableErrorKind.NoIdColumn);

        Assert.Contains("'Barcode', 'Status'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_dates_beside_texts_that_could_not_be_converted_are_refused()
    {
        // What is left when Excel opens an American export elsewhere: 4/5/2015 turned, 5/31/2015 still text.
        Workbook.Write(
            Xlsx, ["Username", "Expiry Date"], ["00042", new DateOnly(2015, 5, 4)], ["00043", "5/31/2015"]);
        TableSource source = Open(Xlsx);
        DateColumn column = new(source, KnownColumn.ExpiryDate);
        using TableCursor cursor = source.Read();
        while (cursor.Read())
        {
            column.Add(cursor);
        }

        TableException error = Refused(() => column.Settle([]), TableErrorKind.MixedDates);

        Assert.Equal(3, error.Row);
    }

    [Fact]
    public void Number_in_a_date_column_is_no_date()
    {
        Workbook.Write(Xlsx, ["Username", "Expiry Date"], ["00042", 42155]);
        TableSource source = Open(Xlsx);
        DateColumn column = new(source, KnownColumn.ExpiryDate);
        using TableCursor cursor = source.Read();
        cursor.Read();

        Assert.True(column.Add(cursor).IsUnreadable);
    }
}
