using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Steps.Import;

namespace AlmaPurge.Core.Tests.Runs;

/// <summary>The run folder keeps of each input file what was read of it, and nothing else.</summary>
public sealed class InputArchiveTests : ImportTestBase
{
    private const string Patrons =
        "Full Name,Primary Identifier,User Group Code,E-mail,Expiration Date,User Record Type,Birth Date\n"
        + "Doe Ann,0001,UNDRGRD,ann@example.org,2020-05-01,Public,1999-01-01\n"
        + "\"Roe, Bo\",\"a,\"\"2\",UNDRGRD,bo@example.org,,Staff,1999-01-01\n"
        + "Poe, Cy,0003,UNDRGRD,cy@example.org,2020-05-01,Public,1999-01-01\n";

    private const string Fines = "Primary Identifier,Full Name,Fine Fee Status,Remaining Amount\n0001,Doe Ann,Active,3.00\n";

    [Fact]
    public void Columns_that_are_read_are_kept_under_their_usual_headings_and_nothing_else()
    {
        (PurgeRun run, _) = Import(NewRun(), Read(Write(Patrons)));

        RunInput input = Assert.Single(run.Document.Inputs);
        Assert.Equal("inputs/Import-1.csv", input.Archive);
        Assert.Equal(
            [
                "Row,Primary Identifier,User Group Code,Expiry Date,User Record Type",
                "2,0001,UNDRGRD,2020-05-01,Public",
                "3,\"a,\"\"2\",UNDRGRD,,Staff",
                "4,,,,",
            ],
            File.ReadAllLines(PathOf(run, input)));
        Assert.NotNull(input.Sha256);
    }

    [Theory]
    [InlineData("undergraduates.csv")]
    [InlineData("undergraduates.xlsx")]
    [InlineData("undergraduates-utf16.txt")]
    [InlineData("undergraduates-us-dates.csv")]
    [InlineData("usernames.txt")]
    public void Copy_is_imported_like_the_original(string name)
    {
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), Read(Export(name)));

        (PurgeRun again, List<AlmaPurgeCandidate> same) = Import(NewRun(), Read(PathOf(run, run.Document.Inputs[0])));

        Assert.Equal(candidates.Select(c => (c.PrimaryId, c.ExpiryDate)), same.Select(c => (c.PrimaryId, c.ExpiryDate)));
        Assert.Equal(Kept(run), Kept(again));
        Assert.NotEqual(0, run.Patrons.Count);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    public void Values_stay_in_their_columns_whatever_the_row_looks_like(char separator)
    {
        string text = "Primary Identifier,Full Name,User Group Code,User Record Type,Purge Date,E-mail,Status\n"
            + "0001,A,\"U,\"\"1\",Public,2030-01-01,x,Active\n"
            + "0002,B,UNDRGRD,Public\n"
            + "0003\n"
            + "0004,D,,\" Staff \",,x,Inactive\n";
        string other = text.Replace(',', separator).Replace("U" + separator, "U,", StringComparison.Ordinal);
        (PurgeRun run, _) = Import(NewRun(), Read(Write(other)));
        string copy = PathOf(run, run.Document.Inputs[0]);

        Assert.Equal(["0001", "0002", "0003", "0004"], Texts(copy, KnownColumn.PrimaryId));
        Assert.Equal(["U,\"1", "UNDRGRD", "", ""], Texts(copy, KnownColumn.UserGroupCode));
        Assert.Equal(["Public", "Public", "", "Staff"], Texts(copy, KnownColumn.RecordType));
        Assert.Equal(["2030-01-01", "", "", ""], Texts(copy, KnownColumn.PurgeDate));
        Assert.Equal(["Active", "", "", "Inactive"], Texts(copy, KnownColumn.Status));
    }

    [Fact]
    public void Each_file_has_a_copy_of_its_own_also_of_fines_and_when_the_step_is_repeated()
    {
        (PurgeRun run, _) = Import(NewRun(), Read(Write(Patrons), Export("undergraduates.csv")));
        Subtract(run, Write(Fines, name: "fines.csv"));
        Subtract(run, Export("fines.csv"), Export("fines-empty.csv"), Write("", name: "none.csv"));

        Assert.Equal(
            [
                "inputs/Import-1.csv", "inputs/Import-2.csv", "inputs/Subtract-1.csv", "inputs/Subtract-2.csv",
                "inputs/Subtract-3.csv", null,
            ],
            run.Document.Inputs.Select(i => i.Archive));
        Assert.Equal(
            ["Row,Primary Identifier,Fine Fee Status,Remaining Amount", "2,0001,Active,3.00"],
            File.ReadAllLines(PathOf(run, run.Document.Inputs[2])));
        Assert.Equal(5, Directory.GetFiles(Path.Combine(run.Folder!, "inputs")).Length);
        Assert.Equal(run.Document.Inputs, new RunStore(run.Folder).Open(Copy(run)).Document.Inputs);
    }

    [Fact]
    public void Subtraction_that_ends_early_leaves_a_copy_that_the_next_one_replaces()
    {
        (PurgeRun run, _) = Import(NewRun(), Read(Write(Patrons)));
        new SubtractStep(run, Load(Export("fines.csv")), Said).Dispose();
        Subtract(run, Write(Fines, name: "fines.csv"));

        Assert.Equal("inputs/Subtract-1.csv", run.Document.Inputs[^1].Archive);
        Assert.Equal(2, File.ReadAllLines(PathOf(run, run.Document.Inputs[^1])).Length);
        Assert.Empty(Directory.GetFiles(Path.Combine(run.Folder!, "inputs"), "*.tmp"));
    }

    [Fact]
    public void Nothing_is_kept_where_the_run_says_so_and_the_hash_still_is()
    {
        PurgeRun run = Store.Create(
            new PurgeCriteria { UserGroup = "UNDRGRD", ExpiredBefore = Cutoff }, preview: false, new RunKeeping(NoArchive: true));
        Import(run, Read(Write(Patrons)));
        Subtract(run, Write(Fines, name: "fines.csv"));

        Assert.All(run.Document.Inputs, i => Assert.Null(i.Archive));
        Assert.All(run.Document.Inputs, i => Assert.NotNull(i.Sha256));
        Assert.False(Directory.Exists(Path.Combine(run.Folder!, "inputs")));
    }

    [Fact]
    public void Preview_and_single_ids_have_no_copy()
    {
        (PurgeRun preview, _) = Import(NewRun(preview: true), Read(Write(Patrons)));
        (PurgeRun ids, _) = Import(NewRun(), ImportStep.Read(["0001"]));

        Assert.Null(Assert.Single(preview.Document.Inputs).Archive);
        Assert.Null(Assert.Single(ids.Document.Inputs).Archive);
        Assert.False(Directory.Exists(Path.Combine(ids.Folder!, "inputs")));
    }

    [Fact]
    public void File_that_has_changed_since_it_was_read_is_not_copied()
    {
        ImportedPatrons patrons = Read(Write(Patrons));
        Write(Patrons + "Noe Ed,0005,UNDRGRD,,2020-05-01,Public,\n");

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), patrons);

        RunInput input = Assert.Single(run.Document.Inputs);
        Assert.Equal((null, null), (input.Archive, input.Sha256));
        Assert.Equal("0001", Assert.Single(candidates).PrimaryId);
        Assert.Empty(Directory.GetFiles(Path.Combine(run.Folder!, "inputs")));
    }

    [Fact]
    public void Folder_that_cannot_be_written_stops_the_import()
    {
        PurgeRun run = NewRun();
        File.WriteAllText(Path.Combine(run.Folder!, "inputs"), "");

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Import(run, Read(Write(Patrons))));

        Assert.Equal("RunFolderUnavailable", error.Id);
        Assert.Null(run.Document.ImportedAt);
    }

    [Fact]
    public void Copy_is_there_also_where_nobody_takes_the_rest()
    {
        PurgeRun run = NewRun();
        using (IEnumerator<AlmaPurgeCandidate> candidates = Start(run, Read(Write(Patrons))))
        {
            Assert.True(candidates.MoveNext());
        }

        Assert.Equal(4, File.ReadAllLines(PathOf(run, Assert.Single(run.Document.Inputs))).Length);
    }

    [Fact]
    public void Copy_that_cannot_be_written_is_told_behind_the_last_candidate_and_the_hash_stays()
    {
        PurgeRun run = NewRun();
        Directory.CreateDirectory(Path.Combine(run.Folder!, "inputs", "Import-1.csv"));
        using IEnumerator<AlmaPurgeCandidate> candidates = Start(run, Read(Write(Patrons)));

        Assert.True(candidates.MoveNext());
        Assert.Equal("RunFolderUnavailable", Assert.Throws<AlmaPurgeException>(() => candidates.MoveNext()).Id);

        RunInput input = Assert.Single(run.Document.Inputs);
        Assert.Null(input.Archive);
        Assert.NotNull(input.Sha256);
        Assert.Equal(AlmaPurgeRunState.Imported, RunView.StateOf(run));
    }

    [SkippableFact]
    public void Others_are_kept_off_the_run_until_its_copy_is_there()
    {
        Skip.If(OperatingSystem.IsWindows(), "A symbolic link needs rights there.");
        PurgeRun run = NewRun();
        using IEnumerator<AlmaPurgeCandidate> candidates = Start(run, Read(Write(Patrons)));
        Assert.True(candidates.MoveNext());

        PurgeRun meanwhile = ByAnotherPath("meanwhile");
        Assert.Equal("RunInUse", Assert.Throws<AlmaPurgeException>(() => meanwhile.Update(d => d)).Id);

        Assert.False(candidates.MoveNext());
        PurgeRun after = ByAnotherPath("after");
        after.Update(d => d);
        Assert.Equal(run.Document.Inputs, after.Document.Inputs);

        // An object of its own, as another process has.
        PurgeRun ByAnotherPath(string name)
        {
            string link = Path.Combine(Folder, name);
            Directory.CreateSymbolicLink(link, Path.GetDirectoryName(run.Folder)!);
            return new RunStore(link).Open(run.RunId);
        }
    }

    [SkippableFact]
    public void Copies_are_for_their_owner_only()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows knows no such permissions.");
#pragma warning disable CA1416 // Skipped on Windows above.
        (PurgeRun run, _) = Import(NewRun(), Read(Write(Patrons)));
        string path = PathOf(run, run.Document.Inputs[0]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(path)!));
#pragma warning restore CA1416
    }

    private IEnumerator<AlmaPurgeCandidate> Start(PurgeRun run, ImportedPatrons patrons) =>
        new ImportStep(Said).Run(run, patrons, CancellationToken.None).GetEnumerator();

    private static string PathOf(PurgeRun run, RunInput input) => Path.Combine(run.Folder!, input.Archive!);

    private string Copy(PurgeRun run)
    {
        string folder = Path.Combine(Folder, "copy");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(run.Folder!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    private FinesTable Load(params string[] paths) =>
        FinesTable.Load(paths, TableOptions.Default, allowEmpty: true, Said, CancellationToken.None);

    private void Subtract(PurgeRun run, params string[] paths)
    {
        using SubtractStep step = new(run, Load(paths), Said);
        _ = step.Run(run.RemainingCandidates(), CancellationToken.None).Count();
    }
}
