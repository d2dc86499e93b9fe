using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Tests.Runs;

/// <summary>Tokens and the file with their map.</summary>
public sealed class PseudonymsTests : IDisposable
{
    private readonly TestFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Identifiers_that_Alma_takes_for_the_same_have_one_token()
    {
        Pseudonyms pseudonyms = new(new RunFolder(_root.Path));

        string token = pseudonyms.ToStored("Straße 1");

        Assert.Equal(token, pseudonyms.ToStored("  sTRAßE 1 "));
        Assert.NotEqual(token, pseudonyms.ToStored("Strasse 1"));
        Assert.Equal("Straße 1", pseudonyms.FromStored(token));
        Assert.Equal(("", ""), (pseudonyms.ToStored("  "), pseudonyms.FromStored("")));
        Assert.Matches("^P-[0-9A-F]{16}$", token);
    }

    [Fact]
    public void Tokens_are_keyed_and_the_key_is_of_the_run()
    {
        RunFolder folder = new(_root.Path);
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        Assert.Equal(new Pseudonyms(folder, key).ToStored("a"), new Pseudonyms(folder, key).ToStored("A"));
        Assert.NotEqual(new Pseudonyms(folder).ToStored("a"), new Pseudonyms(folder).ToStored("a"));
    }

    [Fact]
    public void Identifiers_whose_tokens_would_be_the_same_get_longer_ones()
    {
        Pseudonyms pseudonyms = new(new RunFolder(_root.Path), digits: 1);
        string[] ids = [.. Enumerable.Range(0, 3000).Select(i => FormattableString.Invariant($"p{i}"))];

        string[] tokens = [.. ids.Select(pseudonyms.ToStored)];

        Assert.Equal(ids.Length, tokens.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(ids, tokens.Select(pseudonyms.FromStored));
        Assert.Equal(tokens, ids.Select(pseudonyms.ToStored));
    }

    [Fact]
    public void Map_holds_any_identifier()
    {
        RunFolder folder = new(_root.Path);
        Pseudonyms pseudonyms = new(folder);
        string[] ids = ["a,b", "\"q\"", "x\ny", "ÿ\u2028ÿ", "=1+1", "key", "Token", "007", "P-0123456789ABCDEF"];
        string[] tokens = [.. ids.Select(pseudonyms.ToStored)];
        pseudonyms.Keep();

        Pseudonyms read = PseudonymFile.Read(folder);

        Assert.Equal(ids, tokens.Select(read.FromStored));
        Assert.Equal(tokens, ids.Select(read.ToStored));
        Assert.Equal(pseudonyms.ToStored("later"), read.ToStored("later"));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Token,PrimaryId\n", "empty")]
    [InlineData("Token,PrimaryId\nP-1,a\n", "no key")]
    [InlineData("Token,PrimaryId\nkey,zz\n", "hex")]
    [InlineData("Token,PrimaryId\nkey,00\nP-1,a\nP-1,b\n", "twice")]
    [InlineData("Token,PrimaryId\nkey,00\nP-1,a\nP-2,A\n", "twice")]
    [InlineData("Token,PrimaryId\nkey,00\nP-1\n", "no entry")]
    public void Damaged_map_is_refused(string text, string problem)
    {
        RunFolder folder = new(_root.Path);
        File.WriteAllText(folder.File("pseudonyms.csv"), text);

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => PseudonymFile.Read(folder));

        Assert.Equal("RunFolderDamaged", error.Id);
        Assert.Contains(problem, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("pseudonyms.csv", (string)error.Target!, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_that_has_lost_somebody_makes_the_run_broken()
    {
        PurgeRun run = NewRun();
        string map = run.PseudonymPath!;
        string[] lines = File.ReadAllLines(map);
        using TestFolder elsewhere = new();
        File.WriteAllLines(map, lines[..^1]);

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => RunCopy.Open(run, elsewhere));

        Assert.Equal("RunFolderDamaged", error.Id);
        Assert.Equal(AlmaPurgeRunState.Broken, new RunStore(elsewhere.Path).List(false).Single().State);
    }

    [Fact]
    public void Half_of_a_map_that_a_crash_has_left_is_deleted_by_the_next_step()
    {
        PurgeRun run = NewRun();
        string half = run.PseudonymPath + ".tmp";
        File.WriteAllText(half, "Token,PrimaryId\nP-1,somebody");

        run.BeginStep(StepNames.Check).Dispose();

        Assert.False(File.Exists(half));
    }

    [Fact]
    public void Map_is_in_its_place_before_a_file_speaks_of_it()
    {
        PurgeRun run = NewRun();
        RunFolder folder = new(run.Folder!);
        string seen = "";
        Pseudonyms pseudonyms = PseudonymFile.Read(folder);

        new RunFolder(run.Folder!) { Ids = pseudonyms }.Replace("other.csv", stream =>
            stream.Write(System.Text.Encoding.UTF8.GetBytes(seen = pseudonyms.ToStored("late"))));

        Assert.Contains(seen + ",late", File.ReadAllText(run.PseudonymPath!), StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_of_a_file_of_identifiers_is_a_token_too()
    {
        PurgeRun run = NewRun();
        string hash = new('b', 64);
        run.Journal.Note("CandidatesExported", new { name = "x.txt", sha256 = hash, ids = new[] { "anna" } });
        run.Update(d => d with { Exports = [new ExportEntry("x.txt", hash, 1, DateTimeOffset.UtcNow)] });
        using TestFolder elsewhere = new();

        PurgeRun copy = RunCopy.Open(run, elsewhere);

        Assert.Equal(hash, Assert.Single(copy.Document.Exports).Sha256);
        Assert.Equal(hash, (string?)copy.Journal.Lines[^1].Data!["sha256"]);
        string[] naming = [.. Directory.GetFiles(run.Folder!).Where(f => File.ReadAllText(f).Contains(hash, StringComparison.Ordinal))];
        Assert.Equal(run.PseudonymPath, Assert.Single(naming));
    }

    private PurgeRun NewRun()
    {
        PurgeRun run = new RunStore(_root.Path).Create(
            new PurgeCriteria { UserGroup = "UNDRGRD", ExpiredBefore = new DateOnly(2025, 1, 1), Pseudonymize = true },
            preview: false);
        using StepScope scope = run.BeginStep(StepNames.Import);
        run.Patrons.AddCandidates(["anna", "bert"]);
        run.Update(d => d with { ImportedAt = DateTimeOffset.UtcNow });
        scope.Complete();
        return run;
    }
}
