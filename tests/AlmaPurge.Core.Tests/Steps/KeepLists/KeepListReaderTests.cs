using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Tables;

namespace AlmaPurge.Core.Tests.Steps.KeepLists;

/// <summary>What is read out of keep lists, and which of them are refused.</summary>
public sealed class KeepListReaderTests : TableTestBase
{
    private static readonly Dictionary<string, (string Text, string Ids)> s_texts = new()
    {
        ["one column, no heading"] = ("00266740\n00266754\n", "00266740 00266754"),
        ["one column, heading"] = ("USERNAME\n00266740\n", "00266740"),
        ["heading between, as of two lists in one"] = ("00266740\nPrimary ID\n00266754\n", "00266740 00266754"),
        ["comments"] = ("# never purge\n00266740\n#\n  # a, \"b\n00266754\n", "00266740 00266754"),
        ["comment that reads like a heading"] = ("00266740\n# Username\n00266754\n", "00266740 00266754"),
        ["comment behind an id"] = ("00266740  # the dean\n00266754\t# x\na#b\n", "00266740 00266754 a#b"),
        ["spaces and blank lines"] = ("  00266740 \r\n\r\n\u00A000266754\r\n", "00266740 00266754"),
        ["the same twice"] = ("ab\nAB\n ab\n", "ab"),
        ["quoted"] = ("\"00266740\"\n", "00266740"),
        ["CSV with other columns"] = (
            "# who asked, why\nPrimary Identifier,Asked by,Why\n00266740,x,\"a, b\"\n# a, b, c, d, e\n00266754,,\n", "00266740 00266754"),
        ["semicolons"] = ("Why;Primary ID\nx;00266740\n", "00266740"),
        ["total row"] = ("Primary ID,Count\n00266740,1\nGrand Total,1\n", "00266740"),
        ["odd but sound"] = ("a.Öztürk@uni/42\nO'Brien\n", "a.Öztürk@uni/42 O'Brien"),
    };

    private static readonly Dictionary<string, (string Text, TableErrorKind Kind, string Says)> s_refused = new()
    {
        ["scientific notation"] = ("00266740\n1.02E+07\n", TableErrorKind.DamagedIds, "row 2: the identifier is a number in scientific notation"),
        ["scientific notation before a comment"] = ("00266740\n00266741\n00266742\n00266743\n1.02E+07 # the dean\n", TableErrorKind.DamagedIds, "row 5"),
        ["error value, which is no comment"] = ("00266740\n#N/A\n", TableErrorKind.DamagedIds, "row 2"),
        ["a date"] = ("1\n2\n3\n4\n3-Apr\n", TableErrorKind.DamagedIds, "row 5"),
        ["row without an id"] = ("Primary ID,Why\n00266740,x\n,y\n", TableErrorKind.DamagedIds, "row 3: the primary identifier is blank"),
        ["shifted row"] = ("Primary ID,Why\n1,x\n2,x\n3,x\n4,x\n5,x\n6,x,y\n", TableErrorKind.DamagedIds, "row 7"),
        ["several columns without a heading"] = ("00266740,x\n00266754,y\n", TableErrorKind.NoIdColumn, "row 1 has several values"),
        ["several columns from some row on"] = ("00266740\n00266754;y\n", TableErrorKind.NoIdColumn, "row 2 has several values"),
        ["comments alone"] = ("# nobody yet\n", TableErrorKind.Empty, "no identifiers"),
        ["heading alone"] = ("Primary ID\n", TableErrorKind.Empty, "no identifiers"),
        ["blank lines alone"] = ("\n \n", TableErrorKind.Empty, "no"),
        ["nothing"] = ("", TableErrorKind.Empty, "empty"),
    };

    public static TheoryData<string> Texts() => [.. s_texts.Keys];

    public static TheoryData<string> RefusedTexts() => [.. s_refused.Keys];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_is_read(string name)
    {
        KeepList list = await ReadAsync(Write(s_texts[name].Text, name: "keep.txt"));

        Assert.Equal(s_texts[name].Ids, string.Join(' ', list.Ids));
        KeepListSource source = Assert.Single(list.Sources);
        Assert.Equal(("keep.txt", list.Count, 64), (source.Name, source.Count, source.Sha256!.Length));
    }

    [Theory]
    [MemberData(nameof(RefusedTexts))]
    public async Task Text_is_refused(string name)
    {
        string path = Write(s_refused[name].Text, name: "keep.txt");

        TableException error = await Assert.ThrowsAsync<TableException>(() => ReadAsync(path));

        Assert.Equal(s_refused[name].Kind, error.Kind);
        Assert.Contains(s_refused[name].Says, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(error.NextStep, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workbook_of_one_column_is_read_with_and_without_a_heading()
    {
        string path = Path.Combine(Folder, "keep.xlsx");
        Tables.Workbook.Write(path, ["# never purge"], ["00266740"], [], ["Username"], ["00266754"]);

        Assert.Equal(["00266740", "00266754"], (await ReadAsync(path)).Ids);
    }

    [Fact]
    public async Task Workbook_with_other_columns_is_read_by_its_heading()
    {
        string path = Path.Combine(Folder, "keep.xlsx");
        Tables.Workbook.Write(path, ["Never purge"], ["Why", "Primary Identifier"], ["x", "00266740"], ["y", "# nobody"]);

        Assert.Equal(["00266740"], (await ReadAsync(path)).Ids);
    }

    [Fact]
    public async Task Workbook_whose_numbers_have_lost_their_zeros_is_refused()
    {
        string path = Path.Combine(Folder, "keep.xlsx");
        Tables.Workbook.Write(path, [266740], [26675]);

        TableException error = await Assert.ThrowsAsync<TableException>(() => ReadAsync(path));

        Assert.Equal(TableErrorKind.DamagedIds, error.Kind);
    }

    [Fact]
    public async Task Workbook_of_several_columns_without_a_heading_is_refused()
    {
        string path = Path.Combine(Folder, "keep.xlsx");
        Tables.Workbook.Write(path, ["00266740", "x"]);

        TableException error = await Assert.ThrowsAsync<TableException>(() => ReadAsync(path));

        Assert.Equal(TableErrorKind.NoIdColumn, error.Kind);
    }

    [Fact]
    public async Task Missing_file_is_refused()
    {
        TableException error = await Assert.ThrowsAsync<TableException>(() => ReadAsync(Path.Combine(Folder, "none.txt")));

        Assert.Equal(TableErrorKind.FileNotFound, error.Kind);
    }

    [Fact]
    public async Task Several_sources_are_one_list_and_the_first_names_an_entry()
    {
        string first = Write("a\nb\n", name: "one.txt");
        string second = Write("B\nc\n", name: "two.txt");

        KeepList list = await KeepListReader.ReadAsync([first, second], [" C ", "d", "D"], default);

        Assert.Equal(["a", "b", "c", "d"], list.Ids);
        Assert.Equal(4, list.Count);
        Assert.Equal([("one.txt", 2), ("two.txt", 2), ("-KeepPrimaryId", 2)], list.Sources.Select(s => (s.Name, s.Count)));
        Assert.Equal(("one.txt", "two.txt", null), (list.OriginOf(" B"), list.OriginOf("C"), list.OriginOf("e")));
    }

    [Theory]
    [InlineData("1.02E+07")]
    [InlineData("")]
    [InlineData("#N/A")]
    [InlineData("3-Apr")]
    public async Task Single_identifier_that_cannot_be_one_is_refused(string id)
    {
        AlmaPurgeException error = await Assert.ThrowsAsync<AlmaPurgeException>(
            () => KeepListReader.ReadAsync([], [id], default));

        Assert.Equal("KeepIdDamaged", error.Id);
    }

    private static Task<KeepList> ReadAsync(string path) => KeepListReader.ReadAsync([path], [], default);
}
