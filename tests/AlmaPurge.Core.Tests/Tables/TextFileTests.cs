using System.Text;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Tables;

public sealed class TextFileTests : TableTestBase
{
    private const string Content = "Primary Identifier,Last Name,User Group\r\n00042,Müller,Étudiants\r\nöz/1,Žižek,Étudiants\r\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 mark", "utf-16", "utf-16BE", "utf-16 bare", "utf-16BE bare"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Encoding_is_worked_out(string encoding)
    {
        string path = Write(Encode(Content, encoding));

        Assert.Equal(["00042", "öz/1"], Texts(path, KnownColumn.PrimaryId));
        Assert.Equal(["Étudiants", "Étudiants"], Texts(path, KnownColumn.UserGroup));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_read_as_Windows_1252_wherever_they_stand()
    {
        string filler = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i:D8},Smith,Students\r\n"));
        string content = "Primary Identifier,Last Name,User Group\r\n" + filler + "öz1,Žižek,Étudiants €\r\n";
        string path = Write(content, CodePagesEncodingProvider.Instance.GetEncoding(1252));

        Assert.Equal("öz1", Texts(path, KnownColumn.PrimaryId)[^1]);
        Assert.Equal("Étudiants €", Texts(path, KnownColumn.UserGroup)[^1]);
    }

    [Fact]
    public void UTF8_letters_cut_by_a_block_of_the_scan_are_still_UTF8()
    {
        // Every offset of the two-byte letter against the block size occurs.
        string filler = string.Concat(Enumerable.Range(0, 60_001).Select(i => $"{i:D8},ö{new string('x', i % 3)}\n"));
        string path = Write("Primary Identifier,User Group\n" + filler);

        Assert.All(Texts(path, KnownColumn.UserGroup), g => Assert.StartsWith("ö", g, StringComparison.Ordinal));
    }

    [Fact]
    public void Encoding_can_be_given()
    {
        string path = Write("Primary Identifier\nöz\n", Encoding.UTF8);

        Assert.Equal(["Ã¶z"], Texts(path, KnownColumn.PrimaryId, new TableOptions { Encoding = Encoding.Latin1 }));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Separator_is_worked_out(char separator)
    {
        string path = Write(
            "Titles; may, have | all\tof them\nPrimary Identifier,User Group,Status\n007,A,Active\n".Replace(',', separator));

        Assert.Equal(["007"], Texts(path, KnownColumn.PrimaryId));
        Assert.Equal(["Active"], Texts(path, KnownColumn.Status));
    }

    [Fact]
    public void Quoted_values_may_hold_separators_quotes_and_line_breaks()
    {
        string path = Write("Primary Identifier,Last Name,Status\n\"a,b\",\"O\"\"Brien\nJr.\",\"Active\"\n0042,Smith,Inactive\n");

        Assert.Equal(["a,b", "0042"], Texts(path, KnownColumn.PrimaryId));
        Assert.Equal(["Active", "Inactive"], Texts(path, KnownColumn.Status));
    }

    [Fact]
    public void Rows_are_numbered_by_the_line_where_they_begin()
    {
        string path = Write("Title\n\nPrimary Identifier,Last Name\n1,\"two\nlines\"\n\n2,Smith\n");
        using TableCursor cursor = Open(path).Read();

        Assert.True(cursor.Read());
        Assert.Equal(4, cursor.RowNumber);
        Assert.True(cursor.Read());
        Assert.Equal(7, cursor.RowNumber);
        Assert.False(cursor.Read());
    }

    [Fact]
    public void One_column_is_not_split()
    {
        string path = Write("USERNAME\n0042\nSmith; John\nDoe, Jane\n", name: "usernames.txt");

        Assert.Equal(["0042", "Smith; John", "Doe, Jane"], Texts(path, KnownColumn.PrimaryId));
    }

    [Fact]
    public void Invisible_characters_around_values_are_cut_off()
    {
        string path = Write("\u200BPrimary Identifier\u00A0,Status\n\u00A0\u200B0042\u202F\uFEFF,  Active\t\n");

        Assert.Equal(["0042"], Texts(path, KnownColumn.PrimaryId));
        Assert.Equal(["Active"], Texts(path, KnownColumn.Status));
    }

    [Fact]
    public void Blank_rows_are_passed_over_and_rows_without_id_are_not()
    {
        string path = Write("Primary Identifier,Last Name,Status\n0042,A,Active\n , , \n,Bo,\n,,\n");

        Assert.Equal(["0042", ""], Texts(path, KnownColumn.PrimaryId));
    }

    [Fact]
    public void Row_with_more_values_than_headings_is_told()
    {
        string path = Write("Primary Identifier,Name,Status\n1,Smith,Active\n2,Smith, John,Active\n3,Smith,Active,,\n4,Smith\n");

        // In the third, a name could stand where the status should.
        Assert.Equal([false, true, true, false], Shifted(path));
    }

    [Theory]
    [InlineData("Primary Identifier,Expiry Date", "1,2020-01-31,", false)]
    [InlineData("Primary Identifier,Expiry Date", "1,31/01/2020 00:00,,,", false)]
    [InlineData("Primary Identifier,Expiry Date", "1,soon,", true)]
    [InlineData("Primary Identifier,Expiry Date", "1,,", true)]
    [InlineData("Primary Identifier,Name,User Group Code,Expiry Date,Note", "1,Smith, John,UNDRGRD,2020-01-31,", true)]
    [InlineData("Primary Identifier,Name,User Group Code,Expiry Date,Note", "1,Smith,UNDRGRD,2020-01-31,,", false)]
    [InlineData("Primary Identifier,Name,User Group Code,Expiry Date,Note", "1,Smith,UNDRGRD,2020-01-31,,,", true)]
    [InlineData("Primary Identifier,User Group Code,Name,Birth Date,Expiry Date,Note", "1,UNDRGRD,Smith, John,1990-01-31,2027-01-31,", true)]
    [InlineData("Primary Identifier,User Group Code,Birth Date,Expiry Date", "1,UNDRGRD,1990-01-31,2020-01-31,", true)]
    [InlineData("Primary Identifier,Expiry Date,Purge Date", "1,2020-01-31,2020-01-31,", true)]
    [InlineData("Primary Identifier,Expiry Date,User Record Type", "1,2020-01-31,Public,", false)]
    [InlineData("Primary Identifier,Expiry Date,User Record Type", "1,2020-01-31,Somebody,", true)]
    [InlineData("Primary Identifier,User Group,User Record Type", "1,Staff,Staff,", true)]
    [InlineData("Primary Identifier,Expiry Date,Is Blocked", "1,2020-01-31,N,", false)]
    [InlineData("Primary Identifier,Has Role Other Than Patron,Is Blocked", "1,N,N,", true)]
    [InlineData("Primary Identifier,Fine Fee Status,Remaining Amount", "1,Active,5.00,", false)]
    [InlineData("Primary Identifier,Original Amount,Remaining Amount", "1,5.00,5.00,", true)]
    [InlineData("Primary Identifier,Expiry Date,User Group Code", "1,2020-01-31,UNDRGRD,", true)]
    [InlineData("Primary Identifier,Name", "1,Smith,,", false)]
    [InlineData("Name,Primary Identifier", "Smith,1,", true)]
    public void Row_with_more_separators_than_the_header_is_told_unless_its_place_is_certain(string header, string row, bool shifted) =>
        Assert.Equal([shifted], Shifted(Write($"{header}\n{row}\n")));

    [Fact]
    public void Quotation_mark_that_swallows_rows_is_refused()
    {
        string path = Write("Primary Identifier,Name\n1,\"Smith\n2,Jones\n3,\"Li\" \n4,Ito\n");

        TableException error = Refused(() => Texts(path, KnownColumn.PrimaryId), TableErrorKind.BrokenQuotes);

        Assert.Equal(2, error.Row);
    }

    [Fact]
    public void Quotation_mark_that_is_never_closed_is_refused()
    {
        string path = Write("Primary Identifier,Name\n1,Smith\n2,\"Jones\n3,Li\n4,Ito\n");

        TableException error = Refused(() => Texts(path, KnownColumn.PrimaryId), TableErrorKind.BrokenQuotes);

        Assert.Equal(3, error.Row);
    }

    [Fact]
    public void Quotation_mark_within_a_name_does_no_harm()
    {
        string path = Write("Primary Identifier,Name,Status\n1,Dana \"Dee\" Smith,Active\n2,Li,Inactive\n");

        Assert.Equal(["Active", "Inactive"], Texts(path, KnownColumn.Status));
    }

    private static List<bool> Shifted(string path)
    {
        using TableCursor cursor = Open(path).Read();
        List<bool> shifted = [];
        while (cursor.Read())
        {
            shifted.Add(cursor.IsShifted);
        }

        return shifted;
    }

    private static byte[] Encode(string content, string encoding) => encoding switch
    {
        "utf-8" => new UTF8Encoding(false).GetBytes(content),
        "utf-8 mark" => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(content)],
        "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(content)],
        "utf-16BE" => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(content)],
        "utf-16 bare" => Encoding.Unicode.GetBytes(content),
        "utf-16BE bare" => Encoding.BigEndianUnicode.GetBytes(content),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };
}
