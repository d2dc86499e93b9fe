using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Reports.Html;

/// <summary>Values are text in a report whatever they hold; old runs have one; the page goes where it may.</summary>
public sealed class ReportTextTests
{
    private const string Nasty = "<script>alert('x')</script>&amp;\"'</td></table>";

    [Fact]
    public async Task Nothing_in_a_value_becomes_markup()
    {
        string[] ids = [Nasty, "a&b", "]]>", "<!--", "\u202Eright", "tab\there", "null\0", "half\uD83D", "whole\U0001F4DA", "ünïcödé"];
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        world.Propose(ids, world.Criteria() with
        {
            UserGroupDescription = Nasty,
            IgnoredRules = PurgeCriteria.Names([Nasty]),
            KeepList = KeepList.Of([new KeepListSource(Nasty, null, 0)], []),
        });
        world.Run.Update(d => d with { Inputs = [new RunInput("Import", Nasty, null, 1) { Report = Nasty, Filter = Nasty }] });
        world.Run.Patrons.Exclude(ids[1], "Check", "OpenLoans", Nasty);
        ReportedPage page = ReportedPage.Of(world.Run);

        string[] expected = [.. ids.Select(i => i.Replace('\0', '\uFFFD').Replace('\uD83D', i[0] == 'h' ? '\uFFFD' : '\uD83D'))];
        Assert.Equal(expected, page.Patrons.Select(p => p[0]));
        Assert.Equal(Nasty, page.Patrons[1][3]);
        Assert.Empty(page.Document.QuerySelectorAll("script"));
        Assert.Equal(Nasty, page.Table("Sources")[0][0]);
        Assert.Equal($"Analytics report {Nasty}; filter {Nasty}", page.Table("Sources")[0][4]);
        Assert.Equal($"UNDRGRD ({Nasty})", page.Beside("User group"));
    }

    [Fact]
    public async Task A_run_of_a_version_that_did_not_record_people_has_its_report()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.MarkedAsync();
        await world.PurgeAsync();
        await world.VerifyAsync();
        using TestFolder elsewhere = new();
        string folder = RunCopy.Open(world.Run, elsewhere).Folder! + "-old";
        Directory.Move(folder[..^4], folder);
        MakeOld(folder);
        AlmaPurgeRun old = new RunStore(elsewhere.Path).Find(folder);
        ReportedPage page = ReportedPage.Of(old);

        Assert.Equal(AlmaPurgeRunState.Verified, old.State);
        Assert.Contains("4 patrons were purged", page.Summary, StringComparison.Ordinal);
        Assert.EndsWith("Nothing is left unsettled.", page.Summary, StringComparison.Ordinal);
        Assert.Equal("not recorded", Assert.Single(page.Table("Accounts"))[4]);
        Assert.Equal("not recorded", Assert.Single(page.Table("Agreed to"))[2]);
        Assert.Contains("did not record who", page.Part("who"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_and_run_have_who_did_it()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        await world.MarkedAsync();
        JObject[] lines = [.. File.ReadAllLines(Path.Combine(world.Run.Folder!, "journal.jsonl")).Select(JObject.Parse)];
        JObject run = JObject.Parse(File.ReadAllText(Path.Combine(world.Run.Folder!, "run.json")));
        string me = $"{Environment.UserName}@{Environment.MachineName}";

        Assert.All(lines, l => Assert.Equal((string?)l["kind"] == "outcome" ? null : me, (string?)l["operator"]));
        Assert.Equal(me, (string?)run["madeBy"]!["operator"]);
        Assert.All(run["steps"]!, s => Assert.Equal(me, (string?)s["by"]!["operator"]));
        Assert.All(run["steps"]!, s => Assert.NotNull(s["endedAt"]));
    }

    [Fact]
    public async Task The_page_goes_into_the_run_folder_or_where_it_is_told()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        using TestFolder target = new();
        ExportReportStep inside = new(world.Run.ToModel(), new ExportReportOptions());
        inside.Write(default);
        ExportReportStep inFolder = new(world.Run.ToModel(), new ExportReportOptions { Path = target.Path });
        inFolder.Write(default);

        Assert.Equal(Path.Combine(world.Run.Folder!, "report.html"), inside.Path);
        Assert.Equal(Path.Combine(target.Path, world.Run.RunId + ".html"), inFolder.Path);
        Assert.Equal(["report.html"], Directory.GetFiles(world.Run.Folder!, "*.html*").Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(inside.Path));
        }

        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => inside.Write(default));
        Assert.Equal(("FileExists", (object)inside.Path), (error.Id, error.Target));
        new ExportReportStep(world.Run.ToModel(), new ExportReportOptions { Force = true }).Write(default);
        Assert.True(world.Run.HasIds);
    }

    [Theory]
    [InlineData("other.html", "ReportInRunFolder")]
    [InlineData("run.json", "NotAPage")]
    [InlineData("inputs/x.html", "ReportInRunFolder")]
    public async Task No_file_of_the_run_is_written_over(string name, string errorId)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        ExportReportOptions options = new() { Path = Path.Combine(world.Run.Folder!, name), Force = true };

        Assert.Equal(errorId, Assert.Throws<AlmaPurgeException>(() => new ExportReportStep(world.Run.ToModel(), options)).Id);
    }

    [Fact]
    public async Task A_stop_leaves_no_page()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        using TestFolder target = new();
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        foreach (string? path in (string?[])[null, Path.Combine(target.Path, "x.html")])
        {
            ExportReportStep step = new(world.Run.ToModel(), new ExportReportOptions { Path = path });
            Assert.Throws<OperationCanceledException>(() => step.Write(stop.Token));
            Assert.False(File.Exists(step.Path));
        }

        Assert.Empty(Directory.GetFiles(target.Path));
    }

    // Takes out what older versions did not write, with a chain that is whole.
    private static void MakeOld(string folder)
    {
        string path = Path.Combine(folder, "run.json");
        JObject run = JObject.Parse(File.ReadAllText(path));
        run.Remove("madeBy");
        run.Remove("steps");
        ((JObject)run["mark"]!).Remove("counters");
        ((JObject)run["purge"]!).Remove("counters");
        File.WriteAllText(path, run.ToString());
        path = Path.Combine(folder, "journal.jsonl");
        string previous = "";
        using StringWriter text = new();
        foreach (string line in File.ReadAllLines(path))
        {
            using Newtonsoft.Json.JsonTextReader reader = new(new StringReader(line)) { DateParseHandling = Newtonsoft.Json.DateParseHandling.None };
            JObject fields = JObject.Load(reader);
            fields.Remove("operator");
            fields["previous"] = previous;
            string old = fields.ToString(Newtonsoft.Json.Formatting.None);
            previous = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(old)));
            text.Write(old + "\n");
        }

        File.WriteAllText(path, text.ToString());
    }
}
