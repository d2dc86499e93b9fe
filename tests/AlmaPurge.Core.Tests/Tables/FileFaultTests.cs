using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Tables;

public sealed class FileFaultTests : TableTestBase
{
    [Fact]
    public void Missing_file()
    {
        TableException error = Refused(() => Open(Path.Combine(Folder, "nowhere.csv")), TableErrorKind.FileNotFound);

        Assert.Contains("nowhere.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_folder() =>
        Refused(() => Open(Path.Combine(Folder, "no", "where.csv")), TableErrorKind.FileNotFound);

    [Fact]
    public void Folder_in_place_of_a_file()
    {
        TableException error = Refused(() => Open(Folder), TableErrorKind.Unreadable);

        Assert.Contains("folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    public void Empty_file(string content) => Refused(() => Open(Write(content)), TableErrorKind.Empty);

    [Fact]
    public void Header_alone_is_a_table_without_rows() =>
        Assert.Empty(Texts(Export("fines-empty.csv"), KnownColumn.PrimaryId));

    [Fact]
    public void Web_page_in_disguise()
    {
        string path = Write("<html><body><table><tr><td>Primary Identifier</td></tr></table></body></html>", name: "report.xls");

        TableException error = Refused(() => Open(path), TableErrorKind.Unreadable);

        Assert.Contains("web page", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_that_is_no_table_at_all()
    {
        byte[] noise = new byte[5000];
        new Random(7).NextBytes(noise);

        Refused(() => Open(Write(noise)), TableErrorKind.Unreadable);
    }

    [Fact]
    public void Archive_that_is_no_workbook() =>
        Refused(() => Open(Write("PK\x03\x04 and then nothing", name: "patrons.xlsx")), TableErrorKind.Unreadable);

    [Fact]
    public void File_that_another_program_has_open_for_writing_can_be_read()
    {
        string path = Write("Primary Identifier\n0042\n");
        using FileStream other = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        Assert.Equal(["0042"], Texts(path, KnownColumn.PrimaryId));
    }

    [Fact]
    public void File_that_changed_since_it_was_opened()
    {
        string path = Write("Primary Identifier\n0042\n");
        TableSource source = Open(path);
        File.AppendAllText(path, "0043\n");

        Refused(() => source.Read(), TableErrorKind.Changed);
        Refused(source.EnsureUnchanged, TableErrorKind.Changed);
    }

    [Fact]
    public void File_is_closed_when_the_cursor_is()
    {
        string path = Write("Primary Identifier\n0042\n");
        using (TableCursor cursor = Open(path).Read())
        {
            cursor.Read();
        }

        using FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(exclusive.CanWrite);
    }
}
