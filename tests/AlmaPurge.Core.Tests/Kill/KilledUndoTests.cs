using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.KilledPurge;
using Xunit.Abstractions;

namespace AlmaPurge.Core.Tests.Kill;

/// <summary>
/// The process that takes a marking back is killed (SIGKILL) at every point of it at which the journal and Alma may differ,
/// and the undo is taken up in another process: this one. Patrons get back what they had, by the job and one by one.
/// </summary>
public sealed class KilledUndoTests(ITestOutputHelper output)
{
    private const int ByJob = 20;
    private const int OneByOne = 2;
    private const int MarkingWrites = 3;
    private const string Task = "Undo";

    [Fact]
    public async Task Undo_that_was_killed_anywhere_ends_as_if_nothing_had_happened()
    {
        using SimulatorProcess alma = await SimulatorProcess.StartAsync(1000);
        string[] ids = [.. (await alma.PurgeableAsync()).Take(ByJob + OneByOne)];
        foreach (string id in ids.Take(ByJob))
        {
            await alma.SetPurgeDateAsync(id, "2031-06-30Z");
        }

        string[] before = await RecordsAsync(alma, ids);
        (int writes, int firstLine, int lines) = await UndisturbedAsync(alma, ids);
        Assert.Equal(MarkingWrites + 4 + OneByOne, writes);
        Assert.Equal(before, await RecordsAsync(alma, ids));

        KillPoint[] points = [.. KillPoint.All(MarkingWrites, writes, firstLine, lines)];
        int killed = 0;
        foreach (KillPoint point in points)
        {
            await alma.WaitAnHourAsync();
            await KilledProcess.NextSecondAsync();
            killed += await KilledAsync(alma, point, ids, before) ? 1 : 0;
        }

        output.WriteLine(FormattableString.Invariant($"Undo: {points.Length} kill points, {killed} killed before their end, all resumed to the same end."));

        // Somebody who waits for a line may come too late for the last one; all others must have struck.
        Assert.InRange(killed, points.Length - 2, points.Length);
    }

    private static async Task<(int Writes, int FirstLine, int Lines)> UndisturbedAsync(SimulatorProcess alma, string[] ids)
    {
        using TestFolder runs = new();
        int start = await alma.LogLengthAsync();
        await KilledProcess.RunAsync(alma, runs, Task, ids);
        PurgeRun run = Open(runs);
        int firstLine = run.Journal.Lines.First(l => l.Action == "CreateUndoSet").Number - 1;
        return ((await alma.ChangesSinceAsync(start)).Length, firstLine, run.Journal.Lines.Count);
    }

    private static async Task<bool> KilledAsync(SimulatorProcess alma, KillPoint point, string[] ids, string[] before)
    {
        using TestFolder runs = new();
        int start = await alma.LogLengthAsync();
        bool wasKilled = await KilledProcess.RunAsync(alma, runs, Task, ids, at: point);

        using SocketsHttpHandler handler = new();
        using AlmaSession session = await CanonicalSession.ConnectAsync(alma.Address, alma.Key, handler);
        PurgeRun run = Open(runs);
        IReadOnlyList<AlmaUndoResult> results = await new CanonicalSession(session, new QuietReporter()).UndoAsync(run);

        Assert.True(results.All(r => r.Status is AlmaUndoStatus.Restored or AlmaUndoStatus.Unchanged), point + ": " + string.Join("; ", results));
        Assert.Equal(before, await RecordsAsync(alma, ids));
        RequireNothingTwice(point, await alma.ChangesSinceAsync(start), ids);
        Assert.Empty(run.Journal.Unsettled());
        Assert.Equal((point, AlmaPurgeRunState.Undone), (point, run.ToModel().State));
        return wasKilled;
    }

    // A set that was half made for the undo is left for a new one, and all of them are deleted at the end.
    private static void RequireNothingTwice(KillPoint point, string[] changes, string[] ids)
    {
        string all = point + ": " + string.Join("; ", changes);
        changes = [.. changes.Select(c => c.Split('?')[0])];
        string[] puts = [.. changes.Where(c => c.StartsWith("PUT ", StringComparison.Ordinal))];
        Assert.True(puts.Length == OneByOne && puts.Distinct().Count() == OneByOne, all);
        Assert.True(puts.All(p => ids.Skip(ByJob).Any(id => p.EndsWith("/" + Uri.EscapeDataString(id), StringComparison.Ordinal))), all);
        Assert.True(changes.Count(c => c.Contains("/conf/jobs/", StringComparison.Ordinal)) == 2, all);
        int made = changes.Count(c => c.EndsWith("/conf/sets", StringComparison.Ordinal));
        string[] deleted = [.. changes.Where(c => c.StartsWith("DELETE ", StringComparison.Ordinal))];
        Assert.True(made is 2 or 3 && deleted.Length == made - 1 && deleted.Distinct().Count() == deleted.Length, all);
    }

    private static PurgeRun Open(TestFolder runs) =>
        new RunStore(runs.Path).Open(Directory.GetDirectories(runs.Path).Single());

    private static async Task<string[]> RecordsAsync(SimulatorProcess alma, string[] ids)
    {
        List<string> records = [];
        foreach (string id in ids)
        {
            records.Add(await alma.RecordAsync(id));
        }

        return [.. records];
    }
}
