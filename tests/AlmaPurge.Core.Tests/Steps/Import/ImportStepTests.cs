using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Steps.Import;

public sealed class ImportStepTests : ImportTestBase
{
    private const string Header = "Primary Identifier,User Group Code,Status,Expiry Date\n";

    [Fact]
    public void Everybody_is_on_disk_before_the_first_candidate_leaves()
    {
        PurgeRun run = NewRun();
        using IEnumerator<AlmaPurgeCandidate> candidates =
            new ImportStep(Said).Run(run, Read(Export("undergraduates.csv")), CancellationToken.None).GetEnumerator();

        Assert.True(candidates.MoveNext());

        PurgeRun again = Reopen(run);
        Assert.Equal(70, again.Patrons.Count);
        Assert.Equal(60, again.Patrons.RemainingCount);
        Assert.Equal(AlmaPurgeRunState.Imported, RunView.StateOf(again));
        Assert.NotNull(again.Document.ImportedAt);
    }

    [Fact]
    public void Run_remembers_its_inputs_by_name_hash_and_rows()
    {
        string path = Export("undergraduates.csv");

        (PurgeRun run, _) = Import(path);

        RunInput input = Assert.Single(run.Document.Inputs);
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        Assert.Equal(new RunInput("Import", "undergraduates.csv", hash.ToLowerInvariant(), 73), input with { Archive = null });
    }

    [Fact]
    public void Fault_of_the_last_file_stops_everything_before_it()
    {
        string good = Write(Header + "1,UNDRGRD,Active,2015-01-31\n", name: "good.csv");
        string bad = Write("Barcode,Status\n1,Active\n", name: "bad.csv");

        Refused(() => Read(good, bad), TableErrorKind.NoIdColumn);
        Assert.False(Directory.Exists(Store.Root));
    }

    [Fact]
    public void Group_that_Alma_has_told_is_not_taken_from_the_files()
    {
        string path = Write("Primary Identifier,User Group,User Group Code,Expiry Date\n1,undergraduates,undrgrd,2015-01-31\n");
        PurgeRun run = Store.Create(
            new PurgeCriteria
            {
                UserGroup = "UNDRGRD", UserGroupCode = "UNDRGRD", UserGroupDescription = "Undergraduates", ExpiredBefore = Cutoff,
            },
            preview: false);

        Import(run, Read(path));

        Assert.Equal(("UNDRGRD", "Undergraduates"), (run.Criteria.UserGroupCode, run.Criteria.UserGroupDescription));
    }

    [Fact]
    public void Shifted_row_keeps_its_patron_even_beside_a_good_one()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"id{i},UNDRGRD,Active,2015-01-31\n"));

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(Write(Header + rows + "id7,UNDRGRD,Active,x,2015-01-31\n"));

        Assert.Equal(39, candidates.Count);
        Assert.DoesNotContain(candidates, c => c.PrimaryId == "id7");
        Assert.Equal("DamagedPrimaryId 1", Kept(run));
    }

    [Theory]
    [InlineData("Primary Identifier,Full Name,User Group Code,Expiry Date,Note", "id7,Zzname, Zzfirst,UNDRGRD,2015-01-31,", "id7")]
    [InlineData("Primary Identifier,Full Name,User Group Code,Expiry Date,Note", "id99,Zzname, Zzfirst,UNDRGRD,2015-01-31,", "id99")]
    [InlineData("Full Name,Primary Identifier,User Group Code,Expiry Date,Note", "Zzname, Zzfirst,id7,UNDRGRD,2015-01-31,", "")]
    [InlineData("Full Name,Primary Identifier,User Group Code,Expiry Date,Note", "Zzname,id7,UNDRGRD,2015-01-31,x,y", "id7")]
    [InlineData("User Group Code,Primary Identifier,Full Name,Expiry Date,Note", "UNDRGRD,id99,Zzname, Zzfirst,2015-01-31,", "id99")]
    public void Name_that_a_separator_moved_to_another_column_is_nowhere_in_the_folder(string header, string row, string id)
    {
        string[] columns = header.Split(',');
        IEnumerable<string> rows = Enumerable.Range(0, 40).Select(i => string.Join(',', columns.Select(c => c switch
        {
            "Primary Identifier" => FormattableString.Invariant($"id{i}"),
            "User Group Code" => "UNDRGRD",
            "Expiry Date" => "2015-01-31",
            _ => "Some",
        })));

        (PurgeRun run, _) = Import(Write(string.Join('\n', [header, .. rows, row])));

        AlmaPurgeExclusion exclusion = Assert.Single(run.Patrons.Exclusions());
        Assert.Equal((id, "DamagedPrimaryId"), (exclusion.PrimaryId, exclusion.Rule));
        Assert.Contains(id == "id7" ? "row 9" : "row 42", exclusion.Evidence, StringComparison.Ordinal);
        Assert.Equal(id == "id7" ? 39 : 40, run.Patrons.RemainingCount);
        string[] naming = [.. Directory.GetFiles(run.Folder!, "*", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("Zz", StringComparison.Ordinal))];
        Assert.Empty(naming);
    }

    [Fact]
    public void Value_that_cannot_be_understood_keeps_the_patron()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"id{i},UNDRGRD,Active,2015-01-31\n"));

        (PurgeRun run, _) = Import(Write(Header + rows + "x,UNDRGRD,Dormant,2015-01-31\ny,UNDRGRD,Active,soon\nz,UNDRGRD,,2015-01-31\n"));

        Assert.Equal("CheckFailed 2", Kept(run));
        Assert.Contains("'Dormant'", run.Patrons.Exclusions()[0].Evidence, StringComparison.Ordinal);
        Assert.Contains("'soon'", run.Patrons.Exclusions()[1].Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_without_a_group_is_in_another_group()
    {
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) =
            Import(Write(Header + "1,UNDRGRD,Active,2015-01-31\n2,,Active,2015-01-31\n"));

        Assert.Single(candidates);
        Assert.Equal("OtherUserGroup 1", Kept(run));
    }

    [Fact]
    public void Group_that_nobody_in_the_files_has_is_refused()
    {
        ImportedPatrons patrons = Read(Export("two-groups.csv"));

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Import(NewRun("UNDERGRAD"), patrons));

        Assert.Equal("UserGroupNotInFiles", error.Id);
        Assert.Contains("UNDRGRD (Undergraduate Students)", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Correct -UserGroup, or import the right files.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public void Groups_that_the_files_have_are_named_up_to_ten(int groups)
    {
        string path = Write("Primary Identifier,User Group Code,Expiry Date\n"
            + string.Concat(Enumerable.Range(1, groups).Select(i => FormattableString.Invariant($"p{i},G{i:00},2015-01-31\n"))));

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Import(NewRun(), Read(path)));

        string named = string.Join(", ", Enumerable.Range(1, 10).Select(i => FormattableString.Invariant($"G{i:00}")));
        Assert.Contains($"They hold: {named}{(groups > 10 ? " ..." : "")}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Description_of_two_groups_is_refused()
    {
        string path = Write(
            "Primary Identifier,User Group,User Group Code,Expiry Date\n1,Students,UG,2015-01-31\n2,Students,GR,2015-01-31\n");

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Import(NewRun("Students"), Read(path)));

        Assert.Equal("UserGroupAmbiguous", error.Id);
        Assert.Equal(
            "'Students' is the description of several user groups: UG, GR. Name the code of one with -UserGroup.", error.Message);
    }

    [Fact]
    public void File_without_group_beside_one_with_needs_a_group()
    {
        string one = Write(Header + "1,UNDRGRD,Active,2015-01-31\n", name: "one.csv");
        string two = Write("USERNAME\n2\n", name: "two.txt");

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Read(one, two).SingleUserGroup());

        Assert.Equal("UserGroupNeeded", error.Id);
        Assert.Equal(
            "No user group is given, and two.txt does not tell it: no run is without one. Name the patrons' own group with -UserGroup.",
            error.Message);
    }

    [Fact]
    public void Ids_given_one_by_one()
    {
        ImportedPatrons patrons = ImportStep.Read(["00042", " 00043\u00A0", "1.02667E+07", "00042", ""]);

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), patrons);

        Assert.Equal(["00042", "00043"], candidates.Select(c => c.PrimaryId));
        Assert.Equal("DamagedPrimaryId 1, MissingPrimaryId 1", Kept(run));
        Assert.StartsWith(
            "No user group is given, and the list of identifiers does not tell it",
            Assert.Throws<AlmaPurgeException>(() => patrons.SingleUserGroup()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_takes_one_import_only()
    {
        (PurgeRun run, _) = Import(Export("usernames.txt"));

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Import(run, Read(Export("total-row.csv"))));

        Assert.Equal("RunHasPatrons", error.Id);
        Assert.Equal(
            $"Patrons were imported into the run {run.RunId} before. One run is one import: give all files at once, or start another run.",
            error.Message);
        Assert.Equal(12, run.Patrons.Count);
    }

    [Fact]
    public void Several_groups_without_a_choice_are_told_with_the_files_that_hold_them()
    {
        string one = Write(Header + "1,UNDRGRD,Active,2015-01-31\n", name: "one.csv");
        string two = Write(Header + "2,GRAD,Active,2015-01-31\n", name: "two.csv");

        Assert.Equal(
            "'one.csv', 'two.csv' hold(s) several user groups: UNDRGRD, GRAD. "
                + "A run purges one group: name it with -UserGroup. The patrons of the others are kept.",
            Assert.Throws<AlmaPurgeException>(() => Read(one, two).SingleUserGroup()).Message);
    }

    [Fact]
    public void File_of_no_rows_is_told_with_what_to_look_at() => Assert.EndsWith(
        "the file has a header but no rows. Check the filters of the report and export it again.",
        Refused(() => Read(Write(Header)), TableErrorKind.Empty).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Group_that_a_file_without_groups_cannot_deny_is_taken_as_given()
    {
        string one = Write(Header + "1,GRAD,Active,2015-01-31\n", name: "one.csv");
        string two = Write("USERNAME\n2\n", name: "two.txt");

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(one, two);

        Assert.Equal("2", Assert.Single(candidates).PrimaryId);
        Assert.Equal("OtherUserGroup 1", Kept(run));
    }

    [Fact]
    public void Same_files_can_be_judged_for_another_run()
    {
        ImportedPatrons patrons = Read(Export("two-groups.csv"));

        Import(NewRun("UNDRGRD", preview: true), patrons);
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun("GRAD"), patrons);

        Assert.Equal(10, candidates.Count);
        Assert.All(candidates, c => Assert.True(run.Patrons.IsRemaining(c.PrimaryId)));
    }

    [Fact]
    public void Stopped_import_has_imported_nobody()
    {
        PurgeRun run = NewRun();
        ImportedPatrons patrons = Read(Export("undergraduates.csv"));

        Assert.Throws<OperationCanceledException>(
            () => new ImportStep(Said).Run(run, patrons, new CancellationToken(canceled: true)).ToList());

        Assert.True(run.Patrons.IsEmpty);
        Assert.Null(run.Document.ImportedAt);
        Assert.Equal(60, Import(run, patrons).Candidates.Count);
    }

    [Fact]
    public void Empty_file_is_refused() => Refused(() => Read(Write(Header)), TableErrorKind.Empty);

    private PurgeRun Reopen(PurgeRun run)
    {
        string copy = Path.Combine(Folder, "copy", run.RunId);
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(run.Folder!).Where(f => Path.GetFileName(f) != "run.lock"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return new RunStore(Path.Combine(Folder, "copy")).Open(run.RunId);
    }
}
