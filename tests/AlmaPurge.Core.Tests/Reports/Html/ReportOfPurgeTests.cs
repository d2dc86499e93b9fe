using System.Globalization;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps;
using AlmaPurge.Core.Tests.Steps.HandBuilt;
using AngleSharp.Dom;

namespace AlmaPurge.Core.Tests.Reports.Html;

/// <summary>The report of a purge that came to its end, held against the simulator's own records.</summary>
public sealed class ReportOfPurgeTests
{
    private static readonly string s_me = $"{Environment.UserName}@{Environment.MachineName}";

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Tells_of_each_patron_what_became_of_them(AlmaPurgeRoute route)
    {
        using PurgeWorld world = await PurgedAsync(route);
        ReportedPage page = ReportedPage.Of(world.Run);

        string[] purged = [.. world.Purged.Order(StringComparer.Ordinal)];
        Assert.Equal(purged, page.Patrons.Where(p => p[1] == "Purged").Select(p => p[0]).Order(StringComparer.Ordinal));
        Assert.Equal(world.Run.Results.Select(r => r.PrimaryId), page.Patrons.Select(p => p[0]));
        Assert.Equal(world.Run.Results.Select(r => r.Detail), page.Patrons.Select(p => p[3]));
        Assert.Equal("OpenRequests", page.Patrons.Single(p => p[0] == "p003")[2]);
        Assert.Contains($"began with 12 patrons. {purged.Length} patrons were purged: looked up in Alma on ", page.Summary, StringComparison.Ordinal);
        Assert.EndsWith("All of it was practice in a simulated library: no real patron was touched. Nothing is left unsettled.", page.Summary, StringComparison.Ordinal);
        Assert.Empty(page.Unsettled);
        Assert.Equal(["OpenRequests", "A patron with open requests, which a purge would cancel.", "1", "1"], Assert.Single(page.Table("By rule")));
    }

    [Fact]
    public async Task Tells_how_it_was_done_and_who_agreed()
    {
        using PurgeWorld world = await PurgedAsync();
        ReportedPage page = ReportedPage.Of(world.Run);
        RunDocument document = world.Run.Document;

        Assert.Equal("01SIM_INST", page.Beside("Institution"));
        Assert.Equal("Simulated", page.Beside("Environment"));
        Assert.Equal("KeepStatistics", page.Beside("Delete User Policy"));
        Assert.Equal($"'{document.Set!.Name}', id {document.Set.SetId}", page.Beside("User set"));
        Assert.Equal("PURGEUG", page.Beside("Purge group"));
        Assert.Equal($"M148, run {document.Mark!.InstanceId}", page.Beside("Marking job"));
        Assert.Equal($"{document.Purge!.JobId}, run {document.Purge.InstanceId}", page.Beside("Purge job"));
        Assert.Equal("SetJob: Alma's job for the whole set", page.Beside("Route"));
        Assert.Equal("11", page.Beside("Looked up and gone"));
        Assert.Equal("11", page.Beside("Alma's job counts ('Number of users purged')"));
        Assert.Contains(page.Table("As Alma reported"), r => r[0].StartsWith("Marking", StringComparison.Ordinal) && r[1] == "Number of users updated" && r[2] == "11");
        Assert.Equal(s_me, page.Table("Agreed to")[0][2]);
        Assert.Equal("Yes, do it.", page.Document.QuerySelector("blockquote")!.TextContent);
        string[][] steps = page.Table("Accounts");
        Assert.Equal(["Run made", "Import", "Check", "BuildSet", "Mark", "Purge", "Verify"], steps.Select(s => s[0]).Distinct());
        Assert.All(steps, s => Assert.Equal(s_me, s[4]));
        Assert.DoesNotContain("did not end", steps.Select(s => s[3]));
        Assert.All(steps, s => Assert.StartsWith("AlmaPurge 0.", s[5], StringComparison.Ordinal));
        string[][] sent = page.Table("Every change");
        Assert.Equal(world.Writes.Count(), sent.Sum(r => int.Parse(r[1], CultureInfo.InvariantCulture)));
        Assert.All(sent, r => Assert.Equal(r[1], r[2]));
        Assert.All(sent, r => Assert.Equal(s_me, r[8]));
    }

    [Fact]
    public async Task Has_the_hashes_by_which_the_folder_can_be_checked()
    {
        using PurgeWorld world = await PurgedAsync();
        ReportedPage page = ReportedPage.Of(world.Run);

        byte[] last = System.Text.Encoding.UTF8.GetBytes(File.ReadAllLines(File_("journal.jsonl", world))[^1]);
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(last));
        Assert.Contains($"chain of hashes is whole: {world.Run.Journal.Lines.Count} lines. SHA-256 of the last: {hash}.", page.Part("record"), StringComparison.Ordinal);
        string[][] files = page.Table("Files of the run folder");
        Assert.Equal(["run.json", "journal.jsonl", "candidates.csv", "exclusions.csv", "results.csv"], files.Select(f => f[0]));
        foreach (string[] file in files)
        {
            byte[] bytes = await File.ReadAllBytesAsync(File_(file[0], world));
            Assert.Equal(bytes.Length.ToString(CultureInfo.InvariantCulture), file[1]);
            Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)).ToLowerInvariant(), file[2]);
        }
    }

    [Fact]
    public async Task Is_one_page_that_needs_nothing_and_can_be_read_by_everybody()
    {
        using PurgeWorld world = await PurgedAsync();
        ReportedPage page = ReportedPage.Of(world.Run);
        IDocument document = page.Document;

        Assert.StartsWith("<!DOCTYPE html", page.Text, StringComparison.Ordinal);
        Assert.Equal("en", document.DocumentElement.GetAttribute("lang"));
        Assert.NotEmpty(document.Title!);
        Assert.Empty(document.QuerySelectorAll("script, link, img, iframe, object, embed, form, base, [src], [style], [onload], [onclick]"));
        Assert.DoesNotContain("url(", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.All(document.QuerySelectorAll("a"), a => Assert.NotNull(document.GetElementById(a.GetAttribute("href")![1..])));
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.Equal(10, document.QuerySelectorAll("h2").Length);
        Assert.Equal(document.QuerySelectorAll("h2").Select(h => h.TextContent), document.QuerySelectorAll("nav a").Select(a => a.TextContent));
        Assert.Empty(document.QuerySelectorAll("h3"));
        Assert.Single(document.QuerySelectorAll("main"));
        Assert.All(document.QuerySelectorAll("table"), t =>
        {
            Assert.NotEmpty(t.QuerySelector("caption")!.TextContent);
            Assert.All(t.QuerySelectorAll("thead th"), th => Assert.Equal("col", th.GetAttribute("scope")));
            Assert.All(t.QuerySelectorAll("tbody tr"), r => Assert.Equal("row", r.FirstElementChild!.GetAttribute("scope")));
        });

        // Well-formed XML as well, so that other tools than browsers can read it.
        System.Xml.Linq.XDocument.Parse(page.Text.Replace("<!DOCTYPE html >", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaves_everybody_out_where_asked()
    {
        using PurgeWorld world = await PurgedAsync();
        ReportedPage page = ReportedPage.Of(world.Run, noPatronList: true);

        Assert.Empty(page.Patrons);
        Assert.Contains("Patrons are left out", page.Part("patrons"), StringComparison.Ordinal);
        Assert.All(world.Run.Patrons.CandidateIds(), id => Assert.DoesNotContain(id, page.Text, StringComparison.Ordinal));
        Assert.Equal(["run.json", "journal.jsonl"], page.Table("Files of the run folder").Select(f => f[0]));
        Assert.Equal("11", page.Beside("Purged"));
    }

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-CH")]
    public async Task Is_the_same_in_every_culture(string culture)
    {
        using PurgeWorld world = await PurgedAsync();
        string expected = Stable(ReportedPage.Of(world.Run).Text);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal(expected, Stable(ReportedPage.Of(world.Run).Text));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Names_what_does_not_come_out_even()
    {
        using PurgeWorld world = await PurgedAsync(afterMark: w => w.Simulator.UpdateUser("p007", s => s with { HiddenBlocker = "is assigned to an order line" }));
        world.Run.Update(d => d with { Purge = d.Purge! with { Counters = [new CounterEntry("Number of users purged", 11)] } });
        ReportedPage page = ReportedPage.Of(world.Run);

        Assert.Equal("Kept", page.Patrons.Single(p => p[0] == "p007")[1]);
        Assert.Contains("Alma's job counts 11 ('Number of users purged'), but 10 patrons of the run are gone.", page.Unsettled);
        Assert.Contains(page.Unsettled, u => u.StartsWith("1 patron was still in Alma and still marked", StringComparison.Ordinal));
        Assert.EndsWith("2 points are not settled: see below.", page.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Answers_that_were_lost_and_found_leave_a_whole_record(int post)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4, FormattableString.Invariant($"dropAcceptedPost@{post}"));
        await world.MarkedAsync();
        await world.PurgeAsync();
        await world.VerifyAsync();
        ReportedPage page = ReportedPage.Of(world.Run);

        Assert.Empty(page.Unsettled);
        Assert.Contains("4 patrons were purged", page.Summary, StringComparison.Ordinal);
        Assert.All(page.Table("Every change"), r => Assert.Equal((r[1], "0"), (r[2], r[5])));
    }

    [Fact]
    public async Task Says_that_people_have_built_the_set()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        await world.CheckAsync();
        await world.StaffBuildsSetAsync("By hand", "p001", "p002", "p003");
        await world.TakeUpAsync("By hand");
        await world.MarkAsync();
        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);
        await world.VerifyAsync();
        ReportedPage page = ReportedPage.Of(world.Run);

        Assert.Empty(page.Unsettled);
        Assert.EndsWith("taken up: staff have built it by hand", page.Beside("Set built"), StringComparison.Ordinal);
        Assert.Contains("Took up a set that staff built by hand", page.Table("Agreed to").Select(r => r[0]));
        Assert.Equal(["Deletions one by one", "answered: done", "3"], page.Table("As Alma reported")[^1]);
    }

    private static string File_(string name, PurgeWorld world) => Path.Combine(world.Run.Folder!, name);

    // All but when it was written.
    private static string Stable(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"Written on \S+ \S+ UTC", "");

    private static async Task<PurgeWorld> PurgedAsync(AlmaPurgeRoute route = AlmaPurgeRoute.SetJob, Action<PurgeWorld>? afterMark = null)
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(12);
        world.Simulator.UpdateUser("p003", s => s with { OpenRequests = 1 });
        await world.MarkedAsync();
        afterMark?.Invoke(world);
        await world.PurgeAsync(route);
        await world.VerifyAsync();
        return world;
    }
}
