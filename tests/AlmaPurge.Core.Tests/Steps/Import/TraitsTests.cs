using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Steps.Import;

public sealed class TraitsTests : ImportTestBase
{
    [Theory]
    [InlineData("Public", PatronRecordType.Public)]
    [InlineData("STAFF", PatronRecordType.Staff)]
    [InlineData("contact", PatronRecordType.Contact)]
    public void Record_type(string text, PatronRecordType expected) =>
        Assert.Equal(expected, Of((KnownColumn.RecordType, text)).RecordType.Value);

    [Theory]
    [InlineData("Y", true)]
    [InlineData("yes", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("N", false)]
    [InlineData("No", false)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    public void Yes_and_no(string text, bool expected) =>
        Assert.Equal(expected, Of((KnownColumn.IsBlocked, text)).IsBlocked.Value);

    [Fact]
    public void What_is_not_understood_is_unreadable_and_blank_is_absent()
    {
        Traits traits = Of(
            (KnownColumn.IsBlocked, "maybe"),
            (KnownColumn.RecordType, "1"),
            (KnownColumn.AccountType, "Sideways"),
            (KnownColumn.Status, ""));

        Assert.Equal("maybe", traits.IsBlocked.Text);
        Assert.True(traits.RecordType.IsUnreadable);
        Assert.True(traits.AccountType.IsUnreadable);
        Assert.Equal(FactState.Absent, traits.Status.State);
        Assert.Equal(FactState.NotAsked, traits.HasOtherRole.State);
    }

    [Theory]
    [InlineData("Y", null, true)]
    [InlineData("N", "N", false)]
    [InlineData("N", "Y", true)]
    [InlineData(null, "Y", true)]
    [InlineData(null, "N", null)]
    [InlineData(null, null, null)]
    public void Other_roles(string? wide, string? narrow, bool? expected)
    {
        Fact<bool> actual = Of(
            (KnownColumn.HasOtherRole, wide), (KnownColumn.HasOtherRoleThanInstructor, narrow)).HasOtherRole;

        Assert.Equal(expected, actual.IsKnown ? actual.Value : null);
    }

    [Theory]
    [InlineData("Yes", null, null, "yes")]
    [InlineData("Yes", "01INST", "Elsewhere", "01INST")]
    [InlineData("Yes", "", "Elsewhere", "Elsewhere")]
    [InlineData("No", "01INST", null, null)]
    [InlineData(null, "01INST", null, "01INST")]
    [InlineData(null, null, "Elsewhere", "Elsewhere")]
    [InlineData(null, "None", "", null)]
    [InlineData(null, "N/A", "-", null)]
    [InlineData(null, "Unknown", "not applicable", null)]
    [InlineData("", "01INST", null, "01INST")]
    public void Link_to_another_institution(string? flag, string? code, string? name, string? expected)
    {
        Fact<string> actual = Of(
            (KnownColumn.LinkedFromOther, flag),
            (KnownColumn.LinkedFromCode, code),
            (KnownColumn.LinkedFromName, name)).LinkedFrom;

        Assert.Equal(expected, actual.IsKnown ? actual.Value : null);
        Assert.False(actual.IsUnreadable);
    }

    [Fact]
    public void Column_of_very_many_values_is_read_right()
    {
        string rows = string.Concat(Enumerable.Range(0, 3000).Select(i => $"id{i},G{i},Institution {i},{(i % 2 == 0 ? "Yes" : "No")},Active,Public\n"));
        string path = Write(
            "Primary Identifier,User Group Code,Linked From Institution Name,Is Blocked,Status,User Record Type\n" + rows);

        ImportedPatrons patrons = Read(path);

        Assert.Equal(3000, patrons.UserGroups.Count);
        for (int i = 0; i < 3000; i++)
        {
            Traits traits = patrons.Traits[patrons.Rows[i].Traits];
            Assert.Equal($"G{i}", traits.UserGroup.Value);
            Assert.Equal($"Institution {i}", traits.LinkedFrom.Value);
            Assert.Equal(i % 2 == 0, traits.IsBlocked.Value);
        }
    }

    private static Traits Of(params (KnownColumn Column, string? Value)[] values) =>
        new([.. Traits.Columns.Select(c => values.FirstOrDefault(v => v.Column == c).Value)]);
}
