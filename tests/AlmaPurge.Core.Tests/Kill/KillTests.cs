using System.Diagnostics;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.KilledPurge;
using Xunit.Abstractions;

namespace AlmaPurge.Core.Tests.Kill;

/// <summary>
/// The process that purges is killed (SIGKILL) at every point at which the journal and Alma may differ, and the run is
/// taken up in another process: this one. The simulator is in a third, and its own records judge.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int PatronsEach = 3;

    [Theory]
    [InlineData(AlmaPurgeRoute.SetJob)]
    [InlineData(AlmaPurgeRoute.UserDelete)]
    public async Task Purge_that_was_killed_anywhere_ends_as_if_nothing_had_happened(AlmaPurgeRoute route)
    {
        using SimulatorProcess alma = await SimulatorProcess.StartAsync(2500);
        string[] patrons = await alma.PurgeableAsync();
        Queue<string[]> fresh = new(patrons.Chunk(PatronsEach).Where(c => c.Length == PatronsEach));
        (int writes, int lines) = await UndisturbedAsync(alma, route, fresh.Dequeue());
        Assert.Equal(route == AlmaPurgeRoute.SetJob ? 4 : 3 + PatronsEach, writes);

        List<(string When, int Number)> points =
        [
            .. Enumerable.Range(1, writes).Select(n => ("before", n)),
            .. Enumerable.Range(1, writes).Select(n => ("after", n)),
            .. Enumerable.Range(1, lines).Select(n => ("line", n)),
        ];
        int killed = 0;
        foreach ((string when, int number) in points)
        {
            await alma.WaitAnHourAsync();
            await NextSecondAsync();
            killed += await KilledAsync(alma, route, when, number, fresh.Dequeue(), writes) ? 1 : 0;
        }

        output.WriteLine(FormattableString.Invariant($"{route}: {points.Count} kill points, {killed} killed before their end, all resumed to the same end."));

        // Somebody who waits for a line may come too late for the last one; all others must have struck.
        Assert.InRange(killed, points.Count - 2, points.Count);
    }

    // A run, and so its set, is named by the second; in one folder of runs the store sees to it that no two are alike.
    private static async Task NextSecondAsync()
    {
        int second = DateTime.UtcNow.Second;
        while (DateTime.UtcNow.Second == second)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<(int Writes, int Lines)> UndisturbedAsync(SimulatorProcess alma, AlmaPurgeRoute route, string[] ids)
    {
        using TestFolder runs = new();
        int start = await alma.LogLengthAsync();
        using Process process = Start(alma, runs, route, ids, "never", 0);
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
        string journal = Path.Combine(Directory.GetDirectories(runs.Path).Single(), "journal.jsonl");
        return ((await alma.ChangesSinceAsync(start)).Length, File.ReadAllLines(journal).Length);
    }

    private static async Task<bool> KilledAsync(
        SimulatorProcess alma,
        AlmaPurgeRoute route,
        string when,
        int number,
        string[] ids,
        int writes)
    {
        string point = FormattableString.Invariant($"{route}, {when} {number}");
        using TestFolder runs = new();
        int start = await alma.LogLengthAsync();
        using Process process = Start(alma, runs, route, ids, when == "line" ? "never" : when, number);
        if (when == "line")
        {
            KillAtLine(process, runs.Path, number);
        }

        await process.WaitForExitAsync();
        bool wasKilled = process.ExitCode != 0;

        using SocketsHttpHandler handler = new();
        using AlmaSession session = await CanonicalSession.ConnectAsync(alma.Address, alma.Key, handler);
        PurgeRun run = new RunStore(runs.Path).Open(Directory.GetDirectories(runs.Path).Single());
        IReadOnlyList<AlmaPurgeResult> results = await new CanonicalSession(session, new QuietReporter()).RunAsync(run, route);

        Assert.True(results.All(r => r.Status == AlmaPurgeStatus.Purged), point + ": " + string.Join("; ", results));
        Assert.Equal((point, string.Join(',', ids)), (point, string.Join(',', results.Select(r => r.PrimaryId))));
        string[] purged = [.. (await alma.PurgedAsync()).Where(ids.Contains)];
        Assert.Equal((point, string.Join(',', ids.Order())), (point, string.Join(',', purged.Order())));
        string[] changes = await alma.ChangesSinceAsync(start);
        Assert.True(changes.Length == writes && changes.Distinct().Count() == writes, point + ": " + string.Join("; ", changes));
        Assert.Empty(run.Journal.Unsettled());
        Assert.Equal((point, AlmaPurgeRunState.Verified), (point, run.ToModel().State));
        return wasKilled;
    }

    private static void KillAtLine(Process process, string runs, int number)
    {
        while (!process.HasExited && Lines(runs) < number)
        {
            Thread.Sleep(0);
        }

        process.Kill();
    }

    private static int Lines(string runs)
    {
        string? journal = Directory.GetDirectories(runs).Select(d => Path.Combine(d, "journal.jsonl")).FirstOrDefault(File.Exists);
        if (journal is null)
        {
            return 0;
        }

        using FileStream stream = new(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        return bytes.AsSpan(0, stream.Read(bytes)).Count((byte)'\n');
    }

    private static Process Start(
        SimulatorProcess alma,
        TestFolder runs,
        AlmaPurgeRoute route,
        string[] ids,
        string when,
        int number) => OtherProcess.Start(
            "tests",
            "AlmaPurge.KilledPurge",
            alma.Address.ToString(),
            alma.Key,
            runs.Path,
            route.ToString(),
            string.Join(',', ids),
            when,
            number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
