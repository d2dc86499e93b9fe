using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps.Import;

namespace AlmaPurge.Core.Tests.Steps.Import;

/// <summary>Several rows of one patron: what they say together, and where they disagree.</summary>
public sealed class RowsOfOnePatronTests : ImportTestBase
{
    private const string Header = "Primary Identifier,User Group Code,Status,Expiry Date\n";

    [Fact]
    public void Rows_that_agree_collapse_across_files()
    {
        string one = Write(Header + "Ann,UNDRGRD,Active,2015-01-31\n", name: "one.csv");
        string two = Write(Header + " ANN ,undrgrd,ACTIVE,31.01.2015\nBo,UNDRGRD,Active,31.01.2015\n", name: "two.csv");

        ImportedPatrons patrons = Read(one, two);
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), patrons);

        Assert.Equal(["Ann", "Bo"], candidates.Select(c => c.PrimaryId));
        Assert.Equal("", Kept(run));
        Assert.Equal((3, 1), (patrons.RowCount, patrons.CollapsedCount));
    }

    [Theory]
    [InlineData("ann,UNDRGRD,Inactive,2015-01-31", "Status")]
    [InlineData("ann,UNDRGRD,Active,2015-01-30", "Expiry Date")]
    [InlineData("ann,GRAD,Active,2015-01-31", "User Group Code")]
    [InlineData("ann,UNDRGRD,Active,", "Expiry Date")]
    public void Rows_that_disagree_keep_the_patron_once(string other, string column)
    {
        string one = Write(Header + "Ann,UNDRGRD,Active,2015-01-31\nBo,UNDRGRD,Active,2015-01-31\n", name: "one.csv");
        string two = Write(Header + other + "\n" + other + "\n", name: "two.csv");

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(one, two);

        Assert.Equal(["Bo"], candidates.Select(c => c.PrimaryId));
        AlmaPurgeExclusion kept = Assert.Single(run.Patrons.Exclusions());
        Assert.Equal("ConflictingRows", kept.Rule);
        Assert.Contains($"row 2 of one.csv and row 2 of two.csv disagree in '{column}'", kept.Evidence, StringComparison.Ordinal);
    }

    /// <summary>The dates of two rows of one patron in one file, and the first column in which they disagree.</summary>
    [Theory]
    [InlineData("2015-01-31,2016-01-31,2014-01-31", "2015-01-31,2016-02-28,2014-03-31", "Purge Date", "2016-01-31", "2016-02-28")]
    [InlineData("2015-01-31,2016-01-31,2014-01-31", "2015-01-31,2016-01-31,2014-03-31", "Last Activity Date", "2014-01-31", "2014-03-31")]
    [InlineData("2015-01-31,2016-01-31,2014-01-31", "2015-01-30,2016-02-28,2014-03-31", "Expiry Date", "2015-01-31", "2015-01-30")]
    [InlineData("2015-01-31,2016-01-31,2014-01-31", "2015-01-31,2016-01-31,", "Last Activity Date", "2014-01-31", "")]
    public void Rows_of_one_file_that_disagree_in_a_date_are_told_with_both(
        string first, string second, string column, string one, string other)
    {
        string path = Write(
            $"Primary Identifier,Expiry Date,Purge Date,Last Activity Date\nann,{first}\nbo,{first}\nann,{second}\n", name: "dates.csv");

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(path);

        Assert.Equal(["bo"], candidates.Select(c => c.PrimaryId));
        AlmaPurgeExclusion kept = Assert.Single(run.Patrons.Exclusions());
        Assert.Equal(
            ("ConflictingRows", $"rows 2 and 4 of dates.csv disagree in '{column}': '{one}' and '{other}'"), (kept.Rule, kept.Evidence));
    }

    [Fact]
    public void What_only_one_file_tells_counts_for_the_patron() => AssertBothCount(isFirst: false);

    [Fact]
    public void What_only_the_first_file_tells_counts_as_well() => AssertBothCount(isFirst: true);

    private void AssertBothCount(bool isFirst)
    {
        string one = Write("USERNAME\nann\nbo\n", name: "one.txt");
        string two = Write("Primary Identifier,Is Blocked,Expiry Date,Purge Date,Last Activity Date\nANN,Yes,2015-01-31,,\nBO,No,2015-01-31,2016-02-28,2014-03-31\n", name: "two.csv");

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = isFirst ? Import(two, one) : Import(one, two);

        Assert.Equal("Blocked 1", Kept(run));
        Assert.Equal("bo", Assert.Single(candidates).PrimaryId, ignoreCase: true);
        Assert.Equal(
            (new DateTime(2015, 1, 31), new DateTime(2016, 2, 28), new DateTime(2014, 3, 31)),
            (candidates[0].ExpiryDate, candidates[0].PurgeDate, candidates[0].LastActivityDate));
    }
}
