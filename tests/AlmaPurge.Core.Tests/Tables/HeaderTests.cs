using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Tables;

public sealed class HeaderTests : TableTestBase
{
    [Fact]
    public void Header_is_found_under_title_rows()
    {
        string path = Write("Expired, undergraduates\nRun on 11/20/2026\n\nPrimary Identifier,Status\n0042,Active\n");

        TableSource source = Open(path);

        Assert.Equal(4, source.Header.RowNumber);
        Assert.Equal(["Primary Identifier", "Status"], source.Header.Headings);
        Assert.Equal(["0042"], Texts(path, KnownColumn.PrimaryId));
    }

    [Fact]
    public void Separator_hint_of_Excel_is_passed_over()
    {
        string path = Write("sep=;\nPrimary Identifier;Status\n0042;Active\n");

        Assert.Equal(["Active"], Texts(path, KnownColumn.Status));
    }

    [Fact]
    public void Row_with_more_known_columns_wins()
    {
        string path = Write("USERNAME\nPrimary Identifier,Status\n0042,Active\n");

        Assert.Equal(2, Open(path).Header.RowNumber);
    }

    [Fact]
    public void No_id_column_lists_what_is_there()
    {
        string path = Write("Barcode,Status,Expiry Date\n0042,Active,2015-01-31\n");

        TableException error = Refused(() => Open(path), TableErrorKind.NoIdColumn);

        Assert.Contains("'Barcode', 'Status', 'Expiry Date'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0042", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Row);
    }

    [Fact]
    public void Internal_user_id_is_not_taken_for_the_primary_identifier()
    {
        string path = Write("User ID,Status\n0042,Active\n");

        TableException error = Refused(() => Open(path), TableErrorKind.NoIdColumn);

        Assert.Contains("internal number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_without_header_shows_none_of_its_data()
    {
        string path = Write("0042,Dana,Example,dana@example.org\n0043,Bo,Example,bo@example.org\n");

        TableException error = Refused(() => Open(path), TableErrorKind.NoIdColumn);

        Assert.DoesNotContain("Dana", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_headings_for_one_column_are_refused_until_one_is_named()
    {
        string path = Write("Primary Identifier,Username,Status\n0042,dana,Active\n");

        TableException error = Refused(() => Open(path), TableErrorKind.DuplicateColumn);
        Assert.Contains("'Primary Identifier' (column 1), 'Username' (column 2)", error.Message, StringComparison.Ordinal);

        Assert.Equal(["dana"], Texts(path, KnownColumn.PrimaryId, Map(("PrimaryId", "Username"))));
    }

    [Fact]
    public void Column_map_names_headings_of_any_language()
    {
        string path = Write("Kennung;Gültig bis\n0042;31.01.2015\n");

        TableOptions options = Map(("primaryid", "kennung"), ("Expiry Date", "Gültig bis"));

        Assert.Equal(["0042"], Texts(path, KnownColumn.PrimaryId, options));
        Assert.Equal(["31.01.2015"], Texts(path, KnownColumn.ExpiryDate, options));
    }

    [Fact]
    public void Column_map_with_an_unknown_name_lists_the_known_ones()
    {
        string path = Write("Primary Identifier\n0042\n");

        TableException error = Refused(
            () => Open(path, Map(("Shoe size", "Primary Identifier"))), TableErrorKind.UnknownColumn);

        Assert.Contains("PrimaryId, UserGroup, UserGroupCode", error.Message, StringComparison.Ordinal);
        Assert.Equal("Shoe size", error.Column);
    }

    [Fact]
    public void Column_map_with_a_missing_heading_lists_what_is_there()
    {
        string path = Write("Primary Identifier,Status\n0042,Active\n");

        TableException error = Refused(() => Open(path, Map(("ExpiryDate", "Valid until"))), TableErrorKind.UnknownHeading);
        Assert.Contains("'Primary Identifier', 'Status'", error.Message, StringComparison.Ordinal);

        error = Refused(() => Open(path, Map(("PrimaryId", "Kennung"))), TableErrorKind.UnknownHeading);
        Assert.Contains("'Kennung'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mapped_column_has_no_other_heading()
    {
        string path = Write("Primary Identifier,Status,Account state\n0042,Active,Deleted\n");

        Assert.Equal(["Deleted"], Texts(path, KnownColumn.Status, Map(("Status", "Account state"))));
    }

    private static TableOptions Map(params (string Name, string Heading)[] entries) =>
        new() { ColumnMap = entries.ToDictionary(e => e.Name, e => e.Heading) };
}
