using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Tables;

public sealed class KnownHeadingsTests
{
    [Theory]
    [InlineData("Primary Identifier", KnownColumn.PrimaryId)]
    [InlineData("primary   identifier", KnownColumn.PrimaryId)]
    [InlineData("PrimaryIdentifier", KnownColumn.PrimaryId)]
    [InlineData("primary_id", KnownColumn.PrimaryId)]
    [InlineData("Primary ID", KnownColumn.PrimaryId)]
    [InlineData("USERNAME", KnownColumn.PrimaryId)]
    [InlineData("Username", KnownColumn.PrimaryId)]
    [InlineData("User Type", KnownColumn.AccountType)]
    [InlineData("User Group", KnownColumn.UserGroup)]
    [InlineData("USER GROUP CODE", KnownColumn.UserGroupCode)]
    [InlineData("User Record Type", KnownColumn.RecordType)]
    [InlineData("Status", KnownColumn.Status)]
    [InlineData("Expiry Date", KnownColumn.ExpiryDate)]
    [InlineData("Purge Date", KnownColumn.PurgeDate)]
    [InlineData("Last Activity Date", KnownColumn.LastActivityDate)]
    [InlineData("Has Role Other Than Patron", KnownColumn.HasOtherRole)]
    [InlineData("Has Role Other Than Patron and Instructor", KnownColumn.HasOtherRoleThanInstructor)]
    [InlineData("Is Blocked", KnownColumn.IsBlocked)]
    [InlineData("User - Linked From Other Institution", KnownColumn.LinkedFromOther)]
    [InlineData("User – Linked From Other Institution", KnownColumn.LinkedFromOther)]
    [InlineData("User — Linked From Other Institution (yes/no)", KnownColumn.LinkedFromOther)]
    [InlineData("User Linked From Other Institution", KnownColumn.LinkedFromOther)]
    [InlineData("User – Linked From Institution Code", KnownColumn.LinkedFromCode)]
    [InlineData("User – Linked From Institution Name", KnownColumn.LinkedFromName)]
    [InlineData("Fine Fee Status", KnownColumn.FeeStatus)]
    [InlineData("Fine Fee Type", KnownColumn.FeeType)]
    [InlineData("Remaining Amount", KnownColumn.RemainingAmount)]
    [InlineData("Original Amount", KnownColumn.OriginalAmount)]
    public void Known_heading_stands_for_its_column(string heading, KnownColumn expected)
    {
        Assert.True(KnownHeadings.TryFind(heading, out KnownColumn actual));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("User ID")]
    [InlineData("User Title")]
    [InlineData("First Name")]
    [InlineData("Full Name")]
    [InlineData("Last Name")]
    [InlineData("Middle Name")]
    [InlineData("Preferred First Name")]
    [InlineData("Birth Date")]
    [InlineData("Gender")]
    [InlineData("Job Description")]
    [InlineData("Status Date")]
    [InlineData("Creation Date")]
    [InlineData("Modification Date")]
    [InlineData("External ID")]
    [InlineData("Identifier 1")]
    [InlineData("Statistical Category 01")]
    [InlineData("Linked To Other Institution")]
    [InlineData("Patron Letters Opt Out")]
    [InlineData("")]
    public void Any_other_heading_is_left_alone(string heading)
    {
        Assert.False(KnownHeadings.TryFind(heading, out _));
    }

    [Fact]
    public void Every_column_can_be_named_in_a_column_map_and_has_a_heading_of_its_own()
    {
        foreach (KnownColumn column in Enum.GetValues<KnownColumn>())
        {
            Assert.True(KnownHeadings.TryFindName(column.ToString().ToLowerInvariant(), out KnownColumn? named));
            Assert.Equal(column, named);
            Assert.All(KnownHeadings.Of(column), h =>
            {
                Assert.True(KnownHeadings.TryFind(h, out KnownColumn found));
                Assert.Equal(column, found);
            });
        }

        Assert.False(KnownHeadings.TryFindName("0", out _));
    }
}
