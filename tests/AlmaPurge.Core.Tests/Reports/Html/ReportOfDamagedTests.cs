using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tests.Steps;

namespace AlmaPurge.Core.Tests.Reports.Html;

/// <summary>A report of a run whose record is damaged says so first, and claims nothing that is not there.</summary>
public sealed class ReportOfDamagedTests
{
    [Theory]
    [InlineData("journal.jsonl")]
    [InlineData("run.json")]
    [InlineData("candidates.csv")]
    [InlineData("exclusions.csv")]
    [InlineData("results.csv")]
    public async Task A_file_that_is_gone_is_noticed(string name)
    {
        ReportedPage page = await DamagedAsync(folder => File.Delete(Path.Combine(folder, name)));

        RequireDamage(page, name);
        string[] claims = ["patrons were purged"];
        if (name != "journal.jsonl")
        {
            Assert.All(claims, c => Assert.DoesNotContain(c, page.Summary, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("run.json", "{ \"format\": 1, ")]
    [InlineData("candidates.csv", "PrimaryId\n\"p001\n")]
    [InlineData("exclusions.csv", "PrimaryId,Step\np001,Check\n")]
    [InlineData("results.csv", "PrimaryId,Status,Rule,Detail\np001,Blown,,x\n")]
    [InlineData("results.csv", "PrimaryId,Status,Rule,Detail\np001,Purged,,Alma no longer knows the user\n")]
    [InlineData("candidates.csv", "PrimaryId,CheckedAt,UserGroup,PurgeDate,ExpiryDate,Status,Roles,Loans,Requests,FeeBalance,Blocks,CreationDate,AccountType\np001,,,,,,,,,,,,\n")]
    public async Task A_file_that_was_changed_or_cut_is_noticed(string name, string text)
    {
        ReportedPage page = await DamagedAsync(folder => File.WriteAllText(Path.Combine(folder, name), text));

        RequireDamage(page, name);
        Assert.DoesNotContain("patrons were purged", page.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_journal_is_used_up_to_the_edited_line()
    {
        ReportedPage page = await DamagedAsync(folder =>
        {
            string path = Path.Combine(folder, "journal.jsonl");
            string[] lines = File.ReadAllLines(path);
            int approved = Array.FindIndex(lines, l => l.Contains("PurgeApproved", StringComparison.Ordinal));
            lines[approved] = lines[approved].Replace("Yes, do it.", "No.", StringComparison.Ordinal);
            File.WriteAllText(path, string.Join('\n', lines) + "\n");
        });

        RequireDamage(page, "journal.jsonl");
        Assert.Contains("chain of hashes is broken at line ", page.Part("record"), StringComparison.Ordinal);
        Assert.DoesNotContain("RunPurgeJob", page.Table("Every change").Select(r => r[0].Split(':')[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Lines_cut_off_the_journal_leave_gaps_that_are_named(int lines)
    {
        ReportedPage page = await DamagedAsync(folder =>
        {
            string path = Path.Combine(folder, "journal.jsonl");
            string[] all = File.ReadAllLines(path);
            File.WriteAllText(path, string.Join('\n', all[..^lines]) + "\n");
        });

        Assert.Contains("chain of hashes is whole", page.Part("record"), StringComparison.Ordinal);
        Assert.Contains(page.Unsettled, u => u.Contains("The journal does not have the start of the purge job ", StringComparison.Ordinal));
        Assert.StartsWith("Caution: the record of this run is damaged", page.Summary, StringComparison.Ordinal);
        Assert.Equal(lines == 3, page.Unsettled.Any(u => u.Contains("nobody who agreed to the purge", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Damage_done_after_the_run_was_opened_is_noticed_too()
    {
        using PurgeWorld world = await PurgedAsync();
        string path = Path.Combine(world.Run.Folder!, "journal.jsonl");
        File.WriteAllText(path, File.ReadAllText(path).Replace("PurgeApproved", "PurgeRefused", StringComparison.Ordinal));

        RequireDamage(ReportedPage.Of(world.Run), "journal.jsonl");
    }

    [Fact]
    public async Task A_line_that_was_being_written_is_no_damage()
    {
        ReportedPage page = await DamagedAsync(folder => File.AppendAllText(Path.Combine(folder, "journal.jsonl"), "{\"number\":"));

        Assert.Contains("Nothing is left unsettled.", page.Summary, StringComparison.Ordinal);
        Assert.Contains("A line behind it was cut off while it was written; nothing was sent on it.", page.Part("record"), StringComparison.Ordinal);
    }

    private static void RequireDamage(ReportedPage page, string name)
    {
        Assert.Contains("record of this run is damaged", page.Summary, StringComparison.Ordinal);
        Assert.Contains("State of the run: Broken", page.Document.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.Unsettled, u => u.Contains(name, StringComparison.Ordinal));
        Assert.DoesNotContain("Nothing is left unsettled", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), page.Text, StringComparison.Ordinal);
    }

    private static async Task<PurgeWorld> PurgedAsync()
    {
        PurgeWorld world = await PurgeWorld.SafeAsync(4);
        world.Simulator.UpdateUser("p003", s => s with { OpenLoans = 1 });
        await world.MarkedAsync();
        await world.PurgeAsync();
        await world.VerifyAsync();
        return world;
    }

    // A copy of the folder, as another process finds it.
    private static async Task<ReportedPage> DamagedAsync(Action<string> damage)
    {
        using PurgeWorld world = await PurgedAsync();
        using TestFolder elsewhere = new();
        string folder = RunCopy.Open(world.Run, elsewhere).Folder!;
        string copy = folder + "-damaged";
        Directory.Move(folder, copy);
        damage(copy);
        return ReportedPage.Of(new RunStore(elsewhere.Path).Find(copy));
    }
}
