using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Steps.Import;

/// <summary>Each sample export, with the outcome that its README lists.</summary>
public sealed class ImportExportsTests : ImportTestBase
{
    [Fact]
    public void Undergraduates()
    {
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(Export("undergraduates.csv"));

        Assert.Equal(60, candidates.Count);
        Assert.Equal(
            "AlreadyDeleted 1, Blocked 1, ConflictingRows 1, ExpiryMissing 1, LinkedCopy 1, MissingPrimaryId 1, "
                + "NotExpired 1, OtherRole 1, RecentlyActive 1, StaffRecord 1",
            Kept(run));
        Assert.Equal(["StaffRecord", "OtherRole"], run.Patrons.Exclusions().Single(e => e.Rule == "StaffRecord").Rules);
        Assert.Equal("a.Öztürk@uni/42", run.Patrons.Exclusions().Single(e => e.Rule == "ConflictingRows").PrimaryId);
        Assert.Equal(70, run.Patrons.Count);
        Assert.Single(candidates, c => c.PrimaryId == "00266635");
        Assert.Equal(new DateTime(2019, 5, 23), candidates[0].ExpiryDate);
        Assert.Null(candidates[0].LastActivityDate);
    }

    [Fact]
    public void Undergraduates_with_American_dates()
    {
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(Export("undergraduates-us-dates.csv"));

        Assert.Equal(40, candidates.Count);
        Assert.Equal("", Kept(run));
        Assert.Equal(new DateTime(2018, 1, 2), candidates[0].ExpiryDate);
    }

    [Fact]
    public void Undergraduates_with_ambiguous_dates()
    {
        string path = Export("undergraduates-ambiguous-dates.csv");

        TableException error = Refused(() => Read(path), TableErrorKind.AmbiguousDates);
        Assert.Contains("-DateFormat", error.Message, StringComparison.Ordinal);

        (_, List<AlmaPurgeCandidate> candidates) =
            Import(NewRun(), Read(new TableOptions { DateFormat = "dd/MM/yyyy" }, path));
        Assert.Equal(20, candidates.Count);
    }

    [Theory]
    [InlineData("undergraduates-utf16.txt", 25)]
    [InlineData("undergraduates.xlsx", 50)]
    public void Other_forms(string name, int expected)
    {
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(Export(name));

        Assert.Equal(expected, candidates.Count);
        Assert.Equal("", Kept(run));
    }

    [Fact]
    public void Ids_damaged_by_Excel()
    {
        TableException error = Refused(() => Read(Export("excel-damaged-ids.xlsx")), TableErrorKind.DamagedIds);

        Assert.Equal("Primary Identifier", error.Column);
        Assert.Contains("row 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GRAD")]
    [InlineData("Graduate Students")]
    [InlineData("graduate students ")]
    public void Two_groups(string userGroup)
    {
        ImportedPatrons patrons = Read(Export("two-groups.csv"));

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => patrons.SingleUserGroup());
        Assert.Equal("SeveralUserGroups", error.Id);
        Assert.Contains("UNDRGRD (Undergraduate Students), GRAD (Graduate Students)", error.Message, StringComparison.Ordinal);

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(userGroup), patrons);
        Assert.Equal(10, candidates.Count);
        Assert.Equal("OtherUserGroup 10", Kept(run));
        Assert.Equal("GRAD", run.Criteria.UserGroupCode);
        Assert.Equal("Graduate Students", run.Criteria.UserGroupDescription);
    }

    [Fact]
    public void Total_row()
    {
        ImportedPatrons patrons = Read(Export("total-row.csv"));
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(patrons.SingleUserGroup()), patrons);

        Assert.Equal(10, candidates.Count);
        Assert.Equal("DamagedPrimaryId 1", Kept(run));
        Assert.Contains("row 12 of total-row.csv", run.Patrons.Exclusions()[0].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Usernames_alone()
    {
        ImportedPatrons patrons = Read(Export("usernames.txt"));

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => patrons.SingleUserGroup());
        Assert.Equal("UserGroupNeeded", error.Id);
        Assert.Contains("usernames.txt", error.Message, StringComparison.Ordinal);

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), patrons);
        Assert.Equal(12, candidates.Count);
        Assert.Equal("", Kept(run));
        Assert.All(candidates, c => Assert.Null(c.ExpiryDate));
    }

    [Fact]
    public void Header_alone_is_nobody() => Refused(() => Read(Export("fines-empty.csv")), TableErrorKind.Empty);

    [Fact]
    public void Same_outcome_in_a_preview_that_writes_nothing()
    {
        PurgeRun run = NewRun(preview: true);

        (_, List<AlmaPurgeCandidate> candidates) = Import(run, Read(Export("undergraduates.csv")));

        Assert.Equal(60, candidates.Count);
        Assert.All(candidates, c => Assert.True(c.IsPreview));
        Assert.False(Directory.Exists(Store.Root));
    }
}
