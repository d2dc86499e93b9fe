using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Tables;

/// <summary>
/// Whatever the columns of a file and their order, a row that a separator within a value has moved is told, also where its
/// last columns are blank, so that it has no value more than there are headings.
/// </summary>
public sealed class RowPlacementTests : TableTestBase
{
    private const int Cases = 1000;

    // What a column may hold; the last ones are not read.
    private static readonly (string Heading, string[] Values)[] s_columns =
    [
        ("Primary Identifier", ["00266607", "a.b", "2020"]),
        ("User Group", ["Staff", "Undergraduates", "Active", "N"]),
        ("User Group Code", ["STAFF", "UNDRGRD", "1"]),
        ("User Record Type", ["Public", "Staff"]),
        ("Account Type", ["External", "Internal"]),
        ("Status", ["Active", "Inactive"]),
        ("Expiry Date", ["2020-01-31", "31.01.2020"]),
        ("Purge Date", ["2027-01-31"]),
        ("Is Blocked", ["N", "Y", "0"]),
        ("Fine Fee Status", ["Active", "Closed"]),
        ("Remaining Amount", ["5.00", "0"]),
        ("Full Name", ["Smith"]),
        ("Birth Date", ["1990-01-31"]),
        ("Card Status", ["Active"]),
        ("Consent", ["Y"]),
        ("Note", ["20"]),
    ];

    // What may stand behind a separator: in columns that are not read anything, in names of groups any word, and
    // elsewhere what may stand before it.
    private static readonly string[] s_words = ["John", "Active", "Staff", "Y", "5.00", "Public"];
    private static readonly string[] s_any = [.. s_words, "1990-01-31"];

    [Fact]
    public void Row_that_a_separator_has_moved_is_told_whatever_the_columns_are()
    {
        Random random = new(20261126);
        int told = 0;
        for (int i = 0; i < Cases; i++)
        {
            (string text, string[] moved) = MovedRow(random);
            TableSource source = Open(Write(text));
            using TableCursor cursor = source.Read();
            Assert.True(cursor.Read());

            // Where nothing that is read stands right of it, nothing that is read has moved.
            bool hasMoved = source.Header.Columns.Any(c => moved.Contains(source.Header.Headings[source.Header.IndexOf(c)]));
            Assert.True(cursor.IsShifted || !hasMoved, text);
            told += hasMoved ? 1 : 0;
        }

        Assert.InRange(told, Cases / 2, Cases);
    }

    private static string[] PiecesOf((string Heading, string[] Values) column) => column.Heading switch
    {
        "User Group" or "User Group Code" or "Primary Identifier" => s_words,
        _ when KnownHeadings.TryFind(column.Heading, out _) => column.Values,
        _ => s_any,
    };

    private static (string Text, string[] Moved) MovedRow(Random random)
    {
        (string Heading, string[] Values)[] columns = [s_columns[0], .. random.GetItems(s_columns, 7).DistinctBy(c => c.Heading).Where(c => c.Heading != s_columns[0].Heading)];
        random.Shuffle(columns);
        columns = [.. columns, ("Remark", [""]), ("Remark 2", [""])];
        string[] values = [.. columns.Select(c => random.GetItems(c.Values, 1)[0])];
        int at = random.Next(columns.Length - 2);
        int pieces = random.Next(1, 3);
        values[at] += "," + string.Join(',', random.GetItems(PiecesOf(columns[at]), pieces));
        string row = string.Join(',', values);
        return (string.Join(',', columns.Select(c => c.Heading)) + "\n" + row + "\n", [.. columns.Skip(at + 1).Select(c => c.Heading)]);
    }
}
