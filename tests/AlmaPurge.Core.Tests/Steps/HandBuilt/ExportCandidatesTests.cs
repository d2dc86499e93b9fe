using System.Security.Cryptography;
using System.Text;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Tests.Steps.HandBuilt;

/// <summary>The one-column file of which staff build a set by hand.</summary>
public sealed class ExportCandidatesTests : IDisposable
{
    private static readonly string[] s_oddIds =
    [
        "007", "00000000000000000042", "=1+1", "+1", "-1", "@x", "1.02667E+07", "2024-05-01", "a b", "a,b", "a;b", "a\"b", "'quoted'",
        "a/b#c?d%e", "Ünïcödé", "学生123", "a\U0001F600b", "_x0041_", "TRUE",
    ];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("set.xlsx")]
    [InlineData("set.csv")]
    [InlineData("SET.TXT")]
    public async Task Has_each_identifier_exactly_in_one_column_under_Almas_heading(string name)
    {
        using PurgeWorld world = await OddWorldAsync();
        string path = PathOf(name);

        await world.ExportAsync(path);

        Assert.Equal(["USERNAME", .. s_oddIds], Read(path));
    }

    [Fact]
    public async Task Has_nothing_but_text_cells_in_a_workbook()
    {
        using PurgeWorld world = await OddWorldAsync();
        string path = PathOf("set.xlsx");

        await world.ExportAsync(path);

        using SpreadsheetDocument document = SpreadsheetDocument.Open(path, isEditable: false);
        Cell[] cells = [.. document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>()];
        Assert.All(cells, c => Assert.Equal(CellValues.InlineString, c.DataType!.Value));
        Assert.All(cells, c => Assert.Null(c.CellFormula));
        Assert.All(cells, c => Assert.StartsWith("A", c.CellReference!.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("set.csv")]
    [InlineData("set.txt")]
    public async Task Has_no_byte_order_mark_before_the_heading(string name)
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        string path = PathOf(name);

        await world.ExportAsync(path);

        Assert.Equal("USERNAME\r\np001\r\np002\r\n"u8.ToArray(), await File.ReadAllBytesAsync(path));
        Assert.Empty(world.Reporter.Warnings);
    }

    [Fact]
    public async Task Warns_where_nobody_knows_how_Alma_reads_an_identifier_in_a_text_file()
    {
        using PurgeWorld world = await OddWorldAsync();

        await world.ExportAsync(PathOf("set.xlsx"));
        Assert.Empty(world.Reporter.Warnings);
        await world.ExportAsync(PathOf("set.csv"));
        Assert.Contains(".xlsx leaves no such doubt", Assert.Single(world.Reporter.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_nobody_out_without_a_fresh_check()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        await world.CheckAsync();
        world.Simulator.UpdateUser("p002", s => s with { OpenLoans = 1 });
        world.Time.Advance(TimeSpan.FromHours(25));
        string path = PathOf("set.csv");

        await world.ExportAsync(path);

        Assert.Equal(["USERNAME", "p001", "p003", "p004"], Read(path));
        Assert.Contains(world.Run.Patrons.Exclusions(), e => e.PrimaryId == "p002" && e.Rule == OpenLoansRule.RuleName);
        Assert.Empty(world.Writes);
    }

    [Fact]
    public async Task Keeps_whoever_did_not_arrive_and_records_what_was_handed_out()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(3);
        string path = PathOf("set.csv");

        await world.ExportAsync(path, ["p001", "P003"], o => o with { MaximumCount = 7 });

        AlmaPurgeExclusion kept = Assert.Single(world.Run.Patrons.Exclusions());
        Assert.Equal(("p002", NotPassedOnRule.RuleName, StepNames.Export), (kept.PrimaryId, kept.Rule, kept.Step));
        PurgeRun again = new RunStore(world.Store.Root).Open(world.Run.Folder!);
        ExportEntry entry = Assert.Single(again.Document.Exports);
        string hash = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path))).ToLowerInvariant();
        Assert.Equal(("set.csv", hash, 2, 7), (entry.Name, entry.Sha256, entry.Count, again.Document.MaximumCount));
        JournalLine note = Assert.Single(again.Journal.Lines, l => l.Action == "CandidatesExported");
        Assert.Equal(hash, (string?)note.Data!["sha256"]);
        Assert.Equal(["p001", "p003"], note.Data["ids"]!.Select(i => (string)i!));
        Assert.Contains("-Existing", again.ToModel().NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_the_run_to_its_ceiling_from_then_on()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(4);
        string path = PathOf("set.csv");

        await PurgeWorldSteps.StopsAsync("MoreThanMaximumCount", () => world.ExportAsync(path, with: o => o with { MaximumCount = 3 }));
        Assert.False(File.Exists(path));
        await world.ExportAsync(path, with: o => o with { MaximumCount = 4 });
        world.Run.Update(d => d with { MaximumCount = 3 });
        await PurgeWorldSteps.StopsAsync(
            "MoreThanMaximumCount", () => world.BuildSetStep().PlanAsync(null, new BuildSetOptions(), default));
    }

    [Fact]
    public async Task Replaces_no_file_unless_told_so()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        string path = PathOf("set.csv");
        await File.WriteAllTextAsync(path, "mine");

        await PurgeWorldSteps.StopsAsync("FileExists", () => world.ExportAsync(path));
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
        await world.ExportAsync(path, with: o => o with { Force = true });

        Assert.Equal(["USERNAME", "p001"], Read(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Leaves_the_old_file_and_no_half_one_where_it_cannot_be_written()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(1);
        string path = PathOf("set.csv");
        Directory.CreateDirectory(path);

        await PurgeWorldSteps.StopsAsync("FileNotWritten", () => world.ExportAsync(path, with: o => o with { Force = true }));

        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Equal(AlmaPurgeRunState.Partial, new RunStore(world.Store.Root).Open(world.Run.Folder!).ToModel().State);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\u0000b")]
    [InlineData("a\uFFFEb")]
    public void Refuses_an_identifier_that_no_file_can_hold(string id)
    {
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(
            () => Core.Reports.UsernameFile.RequireWritable(["fine", id]));

        Assert.Equal(("IdNotWritable", id), (error.Id, error.Target));
    }

    [Fact]
    public void Refuses_half_a_character()
    {
        Assert.Throws<AlmaPurgeException>(() => Core.Reports.UsernameFile.RequireWritable(["fine", "a" + (char)0xD800]));
        Core.Reports.UsernameFile.RequireWritable(["a\U0001F600"]);
    }

    [Fact]
    public async Task Refuses_what_it_cannot_be_used_for()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(2);
        Task Refused(string id, string name) =>
            PurgeWorldSteps.StopsAsync(id, () => world.ExportAsync(Path.IsPathRooted(name) ? name : PathOf(name)));

        await Refused("ExportKindUnknown", "set.xls");
        await Refused("ExportInRunFolder", Path.Combine(world.Run.Folder!, "candidates.csv.csv"));
        await PurgeWorldSteps.StopsAsync("CandidateOfOtherRun", () => world.ExportAsync(PathOf("a.csv"), ["canary"]));
        world.Run.BeginStep(StepNames.Subtract).Dispose();
        await Refused("RunPartial", "set.csv");
        await world.BuildSetAsync("p001", "p002");
        await Refused("SetAlreadyBuilt", "set.csv");
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static async Task<PurgeWorld> OddWorldAsync()
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(0);
        foreach (string id in s_oddIds)
        {
            world.AddPatron(id, s => s);
        }

        world.Propose(s_oddIds);
        return world;
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    // Read by other means than those that write it.
    private static string[] Read(string path)
    {
        if (path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            using FileStream stream = File.OpenRead(path);
            using ExcelDataReader.IExcelDataReader reader = ExcelDataReader.ExcelReaderFactory.CreateReader(stream);
            List<string> cells = [];
            while (reader.Read())
            {
                cells.Add(Assert.IsType<string>(reader.GetValue(0)));
                Assert.Equal(1, reader.FieldCount);
            }

            return [.. cells];
        }

        string[] lines = File.ReadAllText(path, Encoding.UTF8).TrimEnd('\n').Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        return path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)
            ? lines
            : [.. lines.Select(l => l.StartsWith('"') ? l[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : l)];
    }
}
