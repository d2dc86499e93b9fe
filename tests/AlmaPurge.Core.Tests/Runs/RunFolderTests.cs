using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tests.Steps;

namespace AlmaPurge.Core.Tests.Runs;

/// <summary>The folder of a run, and several who work on it.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ShiftedTime _time = new();

    private RunStore Store => new(_folder.Path, _time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_is_written_when_it_is_made_and_opened_by_id_or_folder()
    {
        PurgeRun run = Make();

        Assert.Same(run, Store.Open(run.RunId));
        Assert.Same(run, Store.Open(run.Folder!));
        Assert.StartsWith("UNDRGRD-", run.RunId, StringComparison.Ordinal);
        Assert.Contains(run.RunId, Store.ListIds());
        Assert.Equal("RunNotFound", Assert.Throws<AlmaPurgeException>(() => Store.Open("nothing")).Id);
    }

    [Fact]
    public void Runs_of_the_same_second_get_ids_of_their_own()
    {
        HashSet<string> ids = [.. Enumerable.Range(0, 5).Select(_ => Make("Visitors/2")).Select(r => r.RunId)];

        Assert.Equal(5, ids.Count);
        Assert.All(ids, id => Assert.StartsWith("Visitors-2-", id, StringComparison.Ordinal));
    }

    [Fact]
    public void Criteria_come_back_as_they_were()
    {
        PurgeCriteria criteria = new()
        {
            UserGroup = "Undergraduate Students",
            ExpiredBefore = new DateOnly(2025, 1, 1),
            InactiveSince = new DateOnly(2024, 6, 30),
            FeeTolerance = 12.34m,
            FeeCheck = AlmaFeeCheck.Balance,
            IgnoredRules = PurgeCriteria.Names(["Blocked", "Proxy"]),
            AllowedRoles = PurgeCriteria.Names(["Instructor"]),
            IgnoredBlockTypes = PurgeCriteria.Names(["GENERAL"]),
            DeleteUserPolicy = AlmaDeleteUserPolicy.FullyRemove,
        };
        PurgeRun run = Store.Create(criteria, preview: false);

        PurgeRun other = Elsewhere(run);

        Assert.NotSame(run, other);
        Assert.Equal(RunCopy.Text(run.Document), RunCopy.Text(other.Document));
        Assert.Contains("proxy", other.Criteria.IgnoredRules);
    }

    [Theory]
    [InlineData("Žižek, \"Ann\"")]
    [InlineData("semi;colon:1")]
    [InlineData("=SUM(A1)")]
    [InlineData("50%1")]
    [InlineData("東京1")]
    [InlineData("smith/00400000")]
    public void Odd_ids_and_evidence_come_back_as_they_were(string id)
    {
        PurgeRun run = Make();
        using (StepScope scope = run.BeginStep(StepNames.Import))
        {
            run.Patrons.AddCandidates([id, "b"]);
            run.Patrons.RecordCheck("b", new LiveCheck(_time.GetUtcNow(), Image() with { UserGroup = id }));
            run.Patrons.Exclude(id, StepNames.Check, [new("Blocked", "a \"quoted\", thing;\nof two lines"), new("Proxy", id)]);
            scope.Complete();
        }

        PurgeRun other = Elsewhere(run);

        Assert.Equal([id, "b"], other.Patrons.CandidateIds());
        Assert.Equal(["b"], other.Patrons.RemainingIds());
        AlmaPurgeExclusion exclusion = Assert.Single(other.Patrons.Exclusions());
        Assert.Equal((id, run.Patrons.Exclusions()[0].Evidence), (exclusion.PrimaryId, exclusion.Evidence));
        Assert.Equal(["Blocked", "Proxy"], exclusion.Rules);
        Assert.True(run.Patrons.TryGetCheck("b", out LiveCheck? mine) && other.Patrons.TryGetCheck("b", out LiveCheck? theirs)
            && mine == theirs);
    }

    [Fact]
    public void Step_that_never_ends_leaves_the_run_partial_until_it_is_repeated()
    {
        PurgeRun run = Make();
        using (run.BeginStep(StepNames.Check))
        {
            Assert.Empty(run.UnfinishedSteps);
        }

        Assert.Equal([StepNames.Check], run.UnfinishedSteps);
        Assert.Equal(AlmaPurgeRunState.Partial, run.ToModel().State);
        Assert.Contains("Check", run.ToModel().NextStep, StringComparison.Ordinal);
        using (StepScope scope = run.BeginStep(StepNames.Check))
        {
            scope.Complete();
        }

        Assert.Empty(run.UnfinishedSteps);
        Assert.Equal(AlmaPurgeRunState.New, run.ToModel().State);
    }

    [Theory]
    [InlineData(StepNames.Check, StepNames.Subtract, true)]
    [InlineData(StepNames.BuildSet, StepNames.Subtract, false)]
    [InlineData(StepNames.Purge, StepNames.Mark, false)]
    [InlineData(StepNames.Verify, StepNames.Purge, false)]
    [InlineData(StepNames.Mark, StepNames.Purge, true)]
    public void Steps_that_look_at_everybody_settle_those_before_them(string ended, string open, bool staysOpen)
    {
        PurgeRun run = Make();
        run.BeginStep(open).Dispose();
        using (StepScope scope = run.BeginStep(ended))
        {
            scope.Complete();
        }

        Assert.Equal(staysOpen ? [open] : [], run.UnfinishedSteps);
    }

    [SkippableFact]
    public async Task Folder_and_files_are_for_the_owner_only()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.MarkedAsync();
        await world.PurgeAsync();
        await world.VerifyAsync();

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
#pragma warning disable CA1416 // Skipped on Windows above.
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(world.Run.Folder!));
        Assert.All(
            Directory.GetFiles(world.Run.Folder!),
            file => Assert.Equal((file, Owner), (file, File.GetUnixFileMode(file))));
#pragma warning restore CA1416
        string[] expected = ["candidates.csv", "exclusions.csv", "journal.jsonl", "results.csv", "run.json", "run.lock"];
        Assert.Equal(expected, Directory.GetFiles(world.Run.Folder!).Select(f => Path.GetFileName(f)).Order());
    }

    [Theory]
    [InlineData("run.json", "{ not json")]
    [InlineData("candidates.csv", "PrimaryId,CheckedAt,UserGroup\np1,yesterday,X\n")]
    public void Damaged_file_is_named(string name, string text)
    {
        PurgeRun run = Make();
        File.WriteAllText(Path.Combine(run.Folder!, name), text);

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Elsewhere(run));

        Assert.Equal("RunFolderDamaged", error.Id);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("candidates.csv")]
    [InlineData("exclusions.csv")]
    public void File_that_lost_its_last_line_is_noticed(string name)
    {
        PurgeRun run = Make();
        run.Patrons.AddCandidates(["p1", "p2", "p3"]);
        run.Patrons.Exclude("p2", StepNames.Check, "OpenLoans", "1 open loan(s)");
        run.Patrons.Exclude("p3", StepNames.Check, "OpenLoans", "2 open loan(s)");
        run.Flush();
        string path = Path.Combine(run.Folder!, name);
        File.WriteAllLines(path, File.ReadAllLines(path).SkipLast(1));

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => Elsewhere(run));

        Assert.Equal("RunFolderDamaged", error.Id);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("journal.jsonl")]
    [InlineData("candidates.csv")]
    public void Damaged_run_is_listed_as_broken_beside_the_others(string name)
    {
        PurgeRun good = Make();
        PurgeRun run = Make();
        run.Journal.Note("Something", new { x = 1 });
        run.Patrons.AddCandidates(["p1"]);
        run.Flush();
        using TestFolder copy = new();
        Directory.Move(run.Folder!, Path.Combine(copy.Path, "bad"));
        Directory.Move(good.Folder!, Path.Combine(copy.Path, "good"));
        File.WriteAllText(Path.Combine(copy.Path, "bad", name), "{ this is nothing\n");

        IReadOnlyList<AlmaPurgeRun> runs = new RunStore(copy.Path).List(includePreviews: false);

        Assert.Equal(2, runs.Count);
        AlmaPurgeRun broken = Assert.Single(runs, r => r.State == AlmaPurgeRunState.Broken);
        Assert.Equal("bad", broken.RunId);
        Assert.Contains(name, broken.NextStep, StringComparison.Ordinal);
        Assert.Equal(name == "run.json" ? "" : "UNDRGRD", broken.UserGroup);
    }

    [Fact]
    public void Run_without_its_document_is_broken_and_not_forgotten()
    {
        PurgeRun run = Make();
        run.Flush();
        File.Delete(Path.Combine(run.Folder!, "run.json"));
        using TestFolder copy = new();
        Directory.Move(run.Folder!, Path.Combine(copy.Path, run.RunId));

        Assert.Equal(AlmaPurgeRunState.Broken, Assert.Single(new RunStore(copy.Path).List(includePreviews: false)).State);
    }

    private static BeforeImage Image() =>
        new("UNDRGRD", new(2020, 1, 1), null, "Active", "200 52", 1, 2, 3.45m, "", new(2019, 1, 1));

    private PurgeRun Make(string group = "UNDRGRD") => Store.Create(
        new PurgeCriteria { UserGroup = group, ExpiredBefore = new DateOnly(2025, 1, 1) }, preview: false);

    private static PurgeRun Elsewhere(PurgeRun run)
    {
        using TestFolder copy = new();
        return RunCopy.Open(run, copy);
    }
}
