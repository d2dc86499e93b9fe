using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps.Import;

namespace AlmaPurge.Core.Tests.Steps.KeepLists;

/// <summary>What a keep list does to an import, and to the run folder.</summary>
public sealed class KeepListImportTests : ImportTestBase
{
    [Fact]
    public async Task Sample_list_keeps_the_two_it_names()
    {
        (PurgeRun run, List<AlmaPurgeCandidate> candidates) =
            Import(await NewRunAsync([Export("keep.txt")]), Read(Export("undergraduates.csv")));

        Assert.Equal(58, candidates.Count);
        AlmaPurgeExclusion[] kept = [.. run.Patrons.Exclusions().Where(e => e.Rule == "KeepList")];
        Assert.Equal(["00266740", "00266754"], kept.Select(e => e.PrimaryId).Order(StringComparer.Ordinal));
        Assert.All(kept, e => Assert.Equal("is on the keep list (keep.txt)", e.Evidence));
        Assert.DoesNotContain(candidates, c => c.PrimaryId is "00266740" or "00266754");
        Assert.Empty(Said.Warnings);
    }

    [Fact]
    public async Task Case_and_spaces_do_not_matter_and_all_rules_are_recorded()
    {
        PurgeRun run = await NewRunAsync([], " P2 ", "p3");
        string path = Write(
            "Primary Identifier,User Record Type,Expiry Date\np1,Public,2020-01-01\np2,Public,2020-01-01\nP3 ,Staff,2020-01-01\n");

        (_, List<AlmaPurgeCandidate> candidates) = Import(run, Read(path));

        Assert.Equal("p1", Assert.Single(candidates).PrimaryId);
        Assert.Equal(["StaffRecord", "KeepList"], run.Patrons.Exclusions().Single(e => e.PrimaryId == "P3").Rules);
    }

    [Fact]
    public async Task Entries_that_match_nobody_are_reported()
    {
        PurgeRun run = await NewRunAsync([], "p1", "266740", "x2");

        Import(run, Read(Write("Primary Identifier,Expiry Date\np1,2020-01-01\n00266740,2020-01-01\n")));

        string warning = Assert.Single(Said.Warnings);
        Assert.Contains("2 of 3 identifiers on the keep list match nobody who was imported: 266740, x2.", warning, StringComparison.Ordinal);
        Assert.EndsWith("differ from an entry by leading zeros alone and are not kept by it: 00266740.", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(51)]
    public async Task Of_many_entries_that_match_nobody_fifty_are_named_and_all_to_whoever_asks(int entries)
    {
        string[] ids = [.. Enumerable.Range(1, entries).Select(i => FormattableString.Invariant($"x{i:00}"))];
        PurgeRun run = await NewRunAsync([], ids);

        Import(run, Read(Write("Primary Identifier,Expiry Date\np1,2020-01-01\n")));

        Assert.EndsWith(
            $"match nobody who was imported: {string.Join(", ", ids[..50])}{(entries > 50 ? " ..." : ".")}",
            Assert.Single(Said.Warnings),
            StringComparison.Ordinal);
        string all = $"On the keep list, but nobody of this run: {string.Join(", ", ids)}";
        Assert.Equal(entries > 50 ? [all] : [], Said.Lines.Where(l => l.StartsWith("On the keep list", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Entry_that_would_protect_nobody_is_refused_with_the_reason()
    {
        AlmaPurgeException error = await Assert.ThrowsAsync<AlmaPurgeException>(() => NewRunAsync([], "1.02667E+07"));

        Assert.Equal("KeepIdDamaged", error.Id);
        Assert.StartsWith("-KeepPrimaryId '1.02667E+07': ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(", so it would protect nobody. Give the primary identifier as Alma has it, in quotes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_is_opened_again_still_has_its_list()
    {
        PurgeRun run = await NewRunAsync([Export("keep.txt")], "p1");
        string json = await File.ReadAllTextAsync(Path.Combine(run.Folder!, "run.json"));

        using TestFolder elsewhere = new();
        KeepList again = RunCopy.Open(run, elsewhere).Criteria.KeepList;

        Assert.Equal(["00266740", "00266754", "p1"], again.Ids);
        Assert.Equal("keep.txt", again.OriginOf("00266754"));
        Assert.Equal(run.Criteria.KeepList.Sources, again.Sources);
        Assert.DoesNotContain("00266740", json, StringComparison.Ordinal);
        Assert.Contains(run.Criteria.KeepList.Sources[0].Sha256!, json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("gone")]
    [InlineData("broken")]
    public async Task Run_whose_list_was_tampered_with_is_refused(string how)
    {
        PurgeRun run = await NewRunAsync([], "p1", "p2");
        string path = Path.Combine(run.Folder!, "keeplist.csv");
        string text = await File.ReadAllTextAsync(path);
        switch (how)
        {
            case "gone":
                File.Delete(path);
                break;
            default:
                await File.WriteAllTextAsync(path, how switch
                {
                    "cut" => text[..text.IndexOf("p2", StringComparison.Ordinal)],
                    "changed" => text.Replace("p2", "p3", StringComparison.Ordinal),
                    _ => text.Replace("p2", "\"p2", StringComparison.Ordinal),
                });
                break;
        }

        using TestFolder elsewhere = new();
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => RunCopy.Open(run, elsewhere));

        Assert.Equal("RunFolderDamaged", error.Id);
        Assert.Contains("keeplist.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_has_the_list_and_writes_nothing()
    {
        PurgeRun run = Store.Create(await CriteriaAsync([Export("keep.txt")]), preview: true);

        (_, List<AlmaPurgeCandidate> candidates) = Import(run, Read(Export("undergraduates.csv")));

        Assert.Equal(58, candidates.Count);
        Assert.Equal(2, run.ToPreview().Criteria.KeepList.Count);
        Assert.False(Directory.Exists(Store.Root));
    }

    private async Task<PurgeRun> NewRunAsync(string[] paths, params string[] ids) =>
        Store.Create(await CriteriaAsync(paths, ids), preview: false);

    private static async Task<PurgeCriteria> CriteriaAsync(string[] paths, params string[] ids) => new()
    {
        UserGroup = "UNDRGRD",
        ExpiredBefore = Cutoff,
        KeepList = await KeepListReader.ReadAsync(paths, ids, default),
    };
}
