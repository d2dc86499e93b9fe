using System.Text;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Steps.Pseudonyms;

/// <summary>After everything that can happen to a run, only the map in its folder names anybody.</summary>
public sealed class PseudonymFolderTests : PseudonymWorld
{
    // A look that stays too old is never made where Alma answers.
    private static readonly string[] s_never = ["CheckTooOld"];

    [Fact]
    public async Task Nothing_but_the_map_names_anybody_after_a_whole_purge()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        await WholeAsync(world, run);

        IEnumerable<string> fired = run.Patrons.Exclusions().SelectMany(e => e.Rules).Distinct();
        Assert.Equal(s_never, RuleBook.All.Select(r => r.Name).Except(fired).Order());
        Assert.Equal(54, world.Purged.Count());
        Assert.Empty(Naming(run.Folder!));
        Assert.DoesNotContain("inputs", Directory.GetFileSystemEntries(run.Folder!).Select(Path.GetFileName));
        string map = await File.ReadAllTextAsync(run.PseudonymPath!);
        Assert.Contains(Id(3), map, StringComparison.OrdinalIgnoreCase);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(run.PseudonymPath!));
        }
    }

    [Fact]
    public async Task The_same_purge_without_pseudonyms_names_them_in_each_file()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world, pseudonymize: false);
        await WholeAsync(world, run);

        string[] expected =
        [
            "candidates.csv", "exclusions.csv", "inputs/Import-1.csv", "inputs/Subtract-1.csv", "journal.jsonl", "keeplist.csv",
            "results.csv", "review-1.csv",
        ];
        Assert.Equal(expected, Naming(run.Folder!));
    }

    [Fact]
    public async Task Hashes_by_which_identifiers_could_be_tried_are_not_there()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        using PurgeWorld open = await LibraryAsync();
        PurgeRun plain = ImportAll(open, pseudonymize: false);
        string[] hashes =
        [
            .. plain.Document.Inputs.Select(i => i.Sha256!), plain.Criteria.KeepList.Sha256!, plain.Criteria.KeepList.Sources[0].Sha256!,
        ];

        Assert.Equal(run.Document.Inputs.Select(i => i.Sha256), plain.Document.Inputs.Select(i => i.Sha256));
        string text = Everything(run.Folder!);
        Assert.All(hashes, h => Assert.DoesNotContain(h, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(hashes, h => Assert.Contains(h, Everything(plain.Folder!), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Another_process_has_the_identifiers_while_the_map_is_there()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        await WholeAsync(world, run);
        using TestFolder elsewhere = new();

        PurgeRun copy = RunCopy.Open(run, elsewhere);

        Assert.True(copy.HasIds);
        Assert.Equal(run.Patrons.CandidateIds(), copy.Patrons.CandidateIds(), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(Lower(run.Patrons.Exclusions()), Lower(copy.Patrons.Exclusions()));
        Assert.Equal(Lower(run.Results), Lower(copy.Results));
        Assert.Equal(run.Criteria.KeepList.Ids, copy.Criteria.KeepList.Ids);
        Assert.Equal(run.Patrons.Checks().Values, copy.Patrons.Checks().Values);
        Assert.Equal(RunCopy.Text(run.Document), RunCopy.Text(copy.Document));
        Assert.Equal(run.Journal.Lines.Count, copy.Journal.Lines.Count);
        Assert.All(
            run.Journal.Lines.Zip(copy.Journal.Lines),
            pair => Assert.True(JToken.DeepEquals(pair.First.Data, pair.Second.Data), pair.First + " " + pair.Second));
    }

    [Fact]
    public async Task One_patron_has_one_token_in_all_files_and_another_in_another_run()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        await WholeAsync(world, run);
        string token = TokenOf(run, Id(31));

        string journal = await File.ReadAllTextAsync(Path.Combine(run.Folder!, "journal.jsonl"));
        foreach (string name in (string[])["candidates.csv", "results.csv", "review-1.csv", "journal.jsonl"])
        {
            Assert.Contains(token, await File.ReadAllTextAsync(Path.Combine(run.Folder!, name)), StringComparison.Ordinal);
        }

        Assert.Contains($"\"id\":\"{token}\"", journal, StringComparison.Ordinal);
        using PurgeWorld other = await LibraryAsync();
        Assert.NotEqual(token, TokenOf(ImportAll(other), Id(31)));
    }

    [Fact]
    public async Task Workbook_of_a_review_is_not_written_into_the_folder()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        ExportReviewOptions options = new() { Path = Path.Combine(run.Folder!, "review.xlsx") };

        await RefusedAsync(
            "ReviewInRunFolder", () => new ExportReviewStep(run, world.Reporter).ExportAsync(null, options, default));
    }

    private static IEnumerable<string> Lower(IEnumerable<object> things) => things.Select(t => RunCopy.Text(t).ToLowerInvariant());

    private static string TokenOf(PurgeRun run, string id) => File.ReadAllLines(run.PseudonymPath!)
        .Select(l => l.Split(','))
        .Single(l => l[1].Equals(id, StringComparison.OrdinalIgnoreCase))[0];

    /// <summary>The files that name somebody, the map aside.</summary>
    private static IEnumerable<string> Naming(string folder) => Files(folder)
        .Where(f => Bytes(f).Contains(Mark, StringComparison.OrdinalIgnoreCase))
        .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static string Everything(string folder) => string.Concat(Files(folder).Select(Bytes));

    private static IEnumerable<string> Files(string folder) => Directory
        .GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) != "pseudonyms.csv");

    // Every byte, also of what is no text, and as text of two bytes a letter too.
    private static string Bytes(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return Encoding.Latin1.GetString(bytes) + Encoding.Unicode.GetString(bytes);
    }
}
