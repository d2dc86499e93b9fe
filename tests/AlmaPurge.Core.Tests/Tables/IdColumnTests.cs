using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Tests.Tables;

public sealed class IdColumnTests : TableTestBase
{
    private static readonly string[] s_good = [.. Enumerable.Range(0, 60).Select(i => $"{266_600 + i:D8}")];

    [Theory]
    [InlineData("00266600")]
    [InlineData("a.smith@example.org")]
    [InlineData("a.Öztürk@uni/42")]
    [InlineData("Smith, J")]
    [InlineData("1E5")]
    [InlineData("12E34")]
    [InlineData("jan.smith")]
    [InlineData("dec-ad")]
    [InlineData("total@example.org")]
    [InlineData("grandfather")]
    [InlineData("totally")]
    [InlineData("#42")]
    [InlineData("12-345678")]
    [InlineData("1.234.567")]
    [InlineData("12345678901234567")]
    public void Good_identifier_is_left_alone(string id) => Assert.Equal(IdDamage.None, JudgeAmongGood(id));

    [Theory]
    [InlineData("1.02667E+07", IdDamage.Scientific)]
    [InlineData("1,02667E+07", IdDamage.Scientific)]
    [InlineData("1e+17", IdDamage.Scientific)]
    [InlineData("5.1E-3", IdDamage.Scientific)]
    [InlineData("3/4/2015", IdDamage.Date)]
    [InlineData("2015-03-04", IdDamage.Date)]
    [InlineData("04.03.2015", IdDamage.Date)]
    [InlineData("4-Mar", IdDamage.Date)]
    [InlineData("Mar-15", IdDamage.Date)]
    [InlineData("2015-03-04 00:00:00", IdDamage.Date)]
    [InlineData("#N/A", IdDamage.ErrorValue)]
    [InlineData("#REF!", IdDamage.ErrorValue)]
    [InlineData("########", IdDamage.ErrorValue)]
    [InlineData("=\"00266600\"", IdDamage.Formula)]
    [InlineData("=A1", IdDamage.Formula)]
    [InlineData("266607.0", IdDamage.Fraction)]
    [InlineData("0026\u200B6600", IdDamage.OddCharacters)]
    [InlineData("0026\u00A06600", IdDamage.OddCharacters)]
    [InlineData("0026\t6600", IdDamage.OddCharacters)]
    [InlineData("0026\n6600", IdDamage.OddCharacters)]
    [InlineData("0026\u00016600", IdDamage.OddCharacters)]
    [InlineData("m\uFFFDller", IdDamage.OddCharacters)]
    [InlineData("Grand Total", IdDamage.TotalRow)]
    [InlineData("TOTAL", IdDamage.TotalRow)]
    [InlineData("Total: 60", IdDamage.TotalRow)]
    [InlineData("Subtotal", IdDamage.TotalRow)]
    [InlineData("", IdDamage.Blank)]
    [InlineData(" \u00A0", IdDamage.Blank)]
    public void Damage_of_one_row_is_the_rows_own(string id, IdDamage expected)
    {
        IdDamage actual = JudgeAmongGood(id);

        Assert.Equal(expected, actual);
        Assert.NotEmpty(actual.Describe());
    }

    [Theory]
    [InlineData("1.02667E+07")]
    [InlineData("=\"00266600\"")]
    [InlineData("#N/A")]
    public void Damage_throughout_is_the_files_fault(string id)
    {
        TableException error = Refused(() => Judge([.. s_good[..10], id, id, id]), TableErrorKind.DamagedIds);

        Assert.Equal("Primary Identifier", error.Column);
        Assert.Equal(12, error.Row);
        Assert.Contains("rows 12, 13, 14", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Total_rows_are_never_the_files_fault() =>
        Assert.Equal(IdDamage.TotalRow, Judge(["1", "Total", "2", "Total", "Grand Total"])[^1]);

    [Fact]
    public void Leading_zeros_and_mixed_lengths_of_text_are_kept() =>
        Assert.All(Judge(["1", "01", "001", "266600", "00266600"]), d => Assert.Equal(IdDamage.None, d));

    [Fact]
    public void Long_numbers_that_all_end_in_zeros_were_rounded()
    {
        string[] rounded = ["10266600123456700", "10266600123456800", "10266600123456900"];

        Refused(() => Judge(rounded), TableErrorKind.DamagedIds);
        Assert.All(Judge([.. rounded, "10266600123456912"]), d => Assert.Equal(IdDamage.None, d));
        Assert.Equal(IdDamage.PerhapsRounded, JudgeAmongGood(rounded[0]));
    }

    [Fact]
    public void Shifted_row_is_damaged_and_many_are_the_files_fault()
    {
        string good = string.Concat(s_good.Select(i => $"{i},Smith\n"));
        string header = "Primary Identifier,Last Name\n";

        Assert.Equal(IdDamage.ShiftedRow, JudgeFile(Write(header + good + "42,Smith, J\n"))[^1]);
        TableException error = Refused(
            () => JudgeFile(Write(header + "1,Smith, J\n2,Li, B\n3,Ito, C\n4,Bo\n")), TableErrorKind.ShiftedRows);
        Assert.Equal(2, error.Row);
    }

    [Fact]
    public void Numbers_of_one_length_are_accepted() =>
        Assert.All(JudgeCells(10266600, 10266601, 99999999), d => Assert.Equal(IdDamage.None, d));

    [Fact]
    public void Numbers_of_mixed_lengths_are_refused_with_their_rows()
    {
        TableException error = Refused(() => JudgeCells(99950, 99957, 100006), TableErrorKind.DamagedIds);

        Assert.Contains("5 digits in row 2, 6 digits in row 4", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Row);
        Assert.Equal("Username", error.Column);
    }

    [Fact]
    public void Numbers_beside_texts_with_leading_zeros_are_refused() =>
        Refused(() => JudgeCells("00099950", "00099957", 100006, 100007, 100008), TableErrorKind.DamagedIds);

    [Fact]
    public void Single_number_among_texts_of_another_length_is_the_rows_own()
    {
        IdDamage[] damages = JudgeCells([.. s_good, 100006]);

        Assert.Equal(IdDamage.LostZeros, damages[^1]);
        Assert.All(damages[..^1], d => Assert.Equal(IdDamage.None, d));
    }

    [Fact]
    public void Numbers_shown_with_leading_zeros_count_as_shown()
    {
        string path = Path.Combine(Folder, "ids.xlsx");
        Workbook.Write(path, ["Username"], [new Workbook.ZerosCell(99950)], [new Workbook.ZerosCell(100006)]);

        Assert.All(JudgeFile(path), d => Assert.Equal(IdDamage.None, d));
        Assert.Equal(["00099950", "00100006"], Texts(path, KnownColumn.PrimaryId));
    }

    [Fact]
    public void Number_of_more_than_15_digits_was_rounded() =>
        Assert.Equal(IdDamage.Rounded, JudgeCells([.. s_good, 1.026666212345678e17])[^1]);

    [Fact]
    public void Date_and_fraction_in_a_workbook()
    {
        Assert.Equal(IdDamage.Date, JudgeCells([.. s_good, new DateOnly(2015, 3, 4)])[^1]);
        Assert.Equal(IdDamage.Fraction, JudgeCells([.. s_good, 12.5])[^1]);
        Assert.Equal(IdDamage.Fraction, JudgeCells([.. s_good, -12])[^1]);
    }

    [Fact]
    public void Damaged_export_is_refused()
    {
        TableException error = Refused(() => JudgeFile(Export("excel-damaged-ids.xlsx")), TableErrorKind.DamagedIds);

        Assert.Equal("Primary Identifier", error.Column);
        Assert.Contains("5 digits in row 2, 6 digits in row 10", error.Message, StringComparison.Ordinal);
    }

    private IdDamage JudgeAmongGood(string id) => Judge([.. s_good, id])[^1];

    private IdDamage[] Judge(string[] ids) => JudgeFile(Write(
        "Primary Identifier,Status\n"
            + string.Concat(ids.Select(i => $"\"{i.Replace("\"", "\"\"", StringComparison.Ordinal)}\",Active\n"))));

    private IdDamage[] JudgeCells(params object[] ids)
    {
        string path = Path.Combine(Folder, "ids.xlsx");
        Workbook.Write(path, [["Username"], .. ids.Select(i => new[] { i })]);
        return JudgeFile(path);
    }

    private static IdDamage[] JudgeFile(string path)
    {
        TableSource source = Open(path);
        IdColumn column = new(source);
        List<IdDamage> damages = [];
        using TableCursor cursor = source.Read();
        while (cursor.Read())
        {
            damages.Add(column.Add(cursor, out _));
        }

        column.Settle();
        return [.. damages.Select(column.Final)];
    }
}
