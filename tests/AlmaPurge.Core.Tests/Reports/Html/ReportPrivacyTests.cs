using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps;
using AlmaPurge.Core.Tests.Steps.Pseudonyms;

namespace AlmaPurge.Core.Tests.Reports.Html;

/// <summary>A report of a run with pseudonyms names no patron.</summary>
public sealed class ReportPrivacyTests : PseudonymWorld
{
    [Fact]
    public async Task Tokens_stand_where_identifiers_would()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        await WholeAsync(world, run);
        ReportedPage page = ReportedPage.Of(run);

        Assert.DoesNotContain(Mark, page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(world.Purged.Count(), page.Patrons.Count(p => p[1] == "Purged"));
        string[] tokens = [.. File.ReadAllLines(Path.Combine(run.Folder!, "results.csv")).Skip(1).Select(l => l.Split(',')[0])];
        Assert.Equal(tokens, page.Patrons.Select(p => p[0]));
        Assert.All(run.Document.Inputs, i => Assert.DoesNotContain(i.Sha256!, page.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("Tokens stand in place", page.Part("patrons"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_may_be_gone_or_damaged()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        await WholeAsync(world, run);
        string before = Body(ReportedPage.Of(run));
        File.WriteAllText(run.PseudonymPath!, "Token,PrimaryId\n");
        ReportedPage damaged = ReportedPage.Of(Copy(run, out TestFolder first));
        File.Delete(run.PseudonymPath!);
        ReportedPage gone = ReportedPage.Of(run);

        using (first)
        {
            Assert.Equal(before, Body(gone));
            Assert.Equal(before, Body(damaged));
            Assert.Contains("map of its tokens", damaged.Summary + string.Concat(damaged.Unsettled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_preview_without_tokens_lists_nobody()
    {
        using PurgeWorld world = await LibraryAsync();
        world.Propose([Id(1), Id(2)], world.Criteria() with { Pseudonymize = true }, preview: true);
        ReportedPage page = ReportedPage.Of(world.Run);

        Assert.Empty(page.Patrons);
        Assert.DoesNotContain(Mark, page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("2 patrons would be purged", page.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_of_a_run_with_tokens_has_them()
    {
        using PurgeWorld world = await LibraryAsync();
        PurgeRun run = ImportAll(world);
        ReportedPage page = ReportedPage.Of(run.ToPreview());

        Assert.NotEmpty(page.Patrons);
        Assert.DoesNotContain(Mark, page.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static AlmaPurgeRun Copy(PurgeRun run, out TestFolder folder)
    {
        folder = new TestFolder();
        string target = Path.Combine(folder.Path, run.RunId);
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(run.Folder!))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return new RunStore(folder.Path).Find(target);
    }

    private static string Body(ReportedPage page) => RunCopy.Text(page.Patrons);
}
