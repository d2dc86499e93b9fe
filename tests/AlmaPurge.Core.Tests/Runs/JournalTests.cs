using System.Text;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tests.Steps;

namespace AlmaPurge.Core.Tests.Runs;

/// <summary>The record of every change to Alma.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _copy = new();
    private readonly PurgeRun _run;

    public JournalTests()
    {
        _run = new RunStore(_folder.Path).Create(
            new PurgeCriteria { UserGroup = "UNDRGRD", ExpiredBefore = new DateOnly(2025, 1, 1) }, preview: false);
        for (int i = 1; i <= 3; i++)
        {
            int intent = _run.Journal.Intend("DeleteUser", new { id = $"Žižek/{i}" });
            _run.Journal.Conclude(intent, "DeleteUser", "done");
        }
    }

    private string JournalPath => Path.Combine(_run.Folder!, "journal.jsonl");

    public void Dispose()
    {
        _folder.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public void Lines_are_read_back_as_they_were_written()
    {
        PurgeRun opened = RunCopy.Open(_run, _copy);

        Assert.Equal(RunCopy.Text(_run.Journal.Lines), RunCopy.Text(opened.Journal.Lines));
        Assert.Equal("Žižek/3", (string?)opened.Journal.Lines[4].Data!["id"]);
        Assert.Equal((5, "done"), (opened.Journal.Lines[5].Of, opened.Journal.Lines[5].Result));
    }

    [Theory]
    [InlineData("2020-01-02")]
    [InlineData("2020-01-02T03:04:05Z")]
    [InlineData("00123")]
    public void Ids_that_look_like_something_else_stay_as_they_are(string id)
    {
        _run.Journal.Intend("DeleteUser", new { id, purgeDate = new DateOnly(2020, 3, 4) });

        string last = File.ReadAllLines(JournalPath)[^1];
        Assert.Contains($"\"id\":\"{id}\"", last, StringComparison.Ordinal);
        Assert.Contains("\"purgeDate\":\"2020-03-04\"", last, StringComparison.Ordinal);
        Assert.Equal(id, (string?)RunCopy.Open(_run, _copy).Journal.Lines[^1].Data!["id"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void Edited_line_is_noticed(int line)
    {
        string[] lines = File.ReadAllLines(JournalPath);
        lines[line] = lines[line].Replace("DeleteUser", "DeleteNobody", StringComparison.Ordinal);
        File.WriteAllText(JournalPath, string.Join('\n', lines) + "\n");

        Assert.Equal("JournalDamaged", Assert.Throws<AlmaPurgeException>(() => RunCopy.Open(_run, _copy)).Id);
    }

    [Fact]
    public void Removed_and_swapped_lines_are_noticed()
    {
        string[] lines = File.ReadAllLines(JournalPath);
        foreach (string[] damaged in (string[][])[lines[1..], [lines[1], lines[0], .. lines[2..]], [.. lines[..3], .. lines[4..]]])
        {
            File.WriteAllText(JournalPath, string.Join('\n', damaged) + "\n");
            using TestFolder copy = new();
            Assert.Equal("JournalDamaged", Assert.Throws<AlmaPurgeException>(() => RunCopy.Open(_run, copy)).Id);
        }
    }

    [Fact]
    public void Last_line_may_be_cut_anywhere_and_the_journal_goes_on_after_the_one_before()
    {
        byte[] whole = File.ReadAllBytes(JournalPath);
        int lastStart = Encoding.UTF8.GetByteCount(string.Join('\n', File.ReadAllLines(JournalPath)[..5]) + "\n");
        for (int length = lastStart; length < whole.Length; length++)
        {
            File.WriteAllBytes(JournalPath, whole[..length]);
            using TestFolder copy = new();
            PurgeRun opened = RunCopy.Open(_run, copy);
            Assert.Equal(5, opened.Journal.Lines.Count);
            Assert.Equal(length, new FileInfo(Path.Combine(opened.Folder!, "journal.jsonl")).Length);

            opened.Journal.Conclude(5, "DeleteUser", "done");

            using TestFolder again = new();
            Assert.Equal(6, RunCopy.Open(opened, again).Journal.Lines.Count);
        }
    }

    [Fact]
    public void Any_byte_changed_before_the_last_line_is_noticed()
    {
        byte[] whole = File.ReadAllBytes(JournalPath);
        int lastStart = Encoding.UTF8.GetByteCount(string.Join('\n', File.ReadAllLines(JournalPath)[..5]) + "\n");
        string folder = Path.Combine(_copy.Path, "run");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(_run.Folder!, "run.json"), Path.Combine(folder, "run.json"));
        for (int i = 0; i < lastStart; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0x01;
            File.WriteAllBytes(Path.Combine(folder, "journal.jsonl"), changed);

            AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => new RunStore(_copy.Path).Open("run"));
            Assert.Equal((i, "JournalDamaged"), (i, error.Id));
        }
    }

    [SkippableFact]
    public void Disk_that_is_full_is_told_and_the_change_stays_one_to_be_looked_up()
    {
        Skip.IfNot(File.Exists("/dev/full"), "No device that is always full.");
        PurgeRun run = new RunStore(_folder.Path).Create(
            new PurgeCriteria { UserGroup = "GRAD", ExpiredBefore = new DateOnly(2025, 1, 1) }, preview: false);
        string path = Path.Combine(run.Folder!, "journal.jsonl");
        run.Journal.Intend("DeleteUser", new { id = "a" });
        string before = File.ReadAllText(path);
        File.Move(path, path + ".kept");
        File.CreateSymbolicLink(path, "/dev/full");

        AlmaPurgeException error =
            Assert.Throws<AlmaPurgeException>(() => run.Journal.Conclude(1, "DeleteUser", "done"));
        Assert.Equal("RunFolderUnavailable", error.Id);
        Assert.Single(run.Journal.Unsettled());

        File.Delete(path);
        File.Move(path + ".kept", path);
        Assert.Equal(before, File.ReadAllText(path));
        using TestFolder copy = new();
        Assert.Equal("a", (string?)RunCopy.Open(run, copy).Journal.Unsettled().Single().Data!["id"]);
    }

    [Fact]
    public void Intent_without_a_known_outcome_is_found()
    {
        Assert.Null(_run.Journal.FindUnsettled("DeleteUser"));
        int lost = _run.Journal.Intend("DeleteUser", new { id = "a" });
        Assert.Equal(lost, _run.Journal.FindUnsettled("DeleteUser")!.Number);
        _run.Journal.Conclude(lost, "DeleteUser", "unknown");
        Assert.Equal(lost, _run.Journal.FindUnsettled("DeleteUser")!.Number);
        Assert.Null(_run.Journal.FindUnsettled("CreateSet"));
        _run.Journal.Conclude(lost, "DeleteUser", "refused");
        Assert.Null(_run.Journal.FindUnsettled("DeleteUser"));
    }

    [Fact]
    public async Task Every_write_has_its_intent_on_disk_before_it_and_its_outcome_after_it()
    {
        using PurgeWorld world = await PurgeWorld.SafeAsync(60);
        await world.CheckAsync();
        List<(string Request, int Intents, int Outcomes)> seen = [];
        world.Line.Before = request =>
        {
            if (request.Method != HttpMethod.Get)
            {
                string[] lines = File.ReadAllLines(Path.Combine(world.Run.Folder!, "journal.jsonl"));
                seen.Add((
                    request.Method.Method,
                    lines.Count(l => l.Contains("\"kind\":\"intent\"", StringComparison.Ordinal)),
                    lines.Count(l => l.Contains("\"kind\":\"outcome\"", StringComparison.Ordinal))));
            }
        };

        await world.BuildSetAsync();
        await world.MarkAsync();
        world.Simulator.UpdateUser("p030", s => s with { OpenRequests = 1 });
        await world.PurgeAsync(AlmaPurgeRoute.UserDelete);

        Assert.Equal(["POST", "DELETE", "PUT"], seen.Select(s => s.Request).Distinct());
        Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(s => s.Intents));
        Assert.Equal(Enumerable.Range(0, seen.Count), seen.Select(s => s.Outcomes));
        Assert.Null(world.Run.Journal.FindUnsettled("DeleteUser"));
    }
}
