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
    [InlineData(AlmaPurgeRoute.SetJob, false, 1)]
    [InlineData(AlmaPurgeRoute.UserDelete, false, 1)]
    [InlineData(AlmaPurgeRoute.SetJob, true, 3)]
    [InlineData(AlmaPurgeRoute.UserDelete, true, 3)]
    public async Task Purge_that_was_killed_anywhere_ends_as_if_nothing_had_happened(
        AlmaPurgeRoute route, bool pseudonymize, int everyNth)
    {
        using SimulatorProcess alma = await SimulatorProcess.StartAsync(2500);
        string[] patrons = await alma.PurgeableAsync();
        Queue<string[]> fresh = new(patrons.Chunk(PatronsEach).Where(c => c.Length == PatronsEach));
        (int writes, int lines) = await UndisturbedAsync(alma, route, pseudonymize, fresh.Dequeue());
        Assert.Equal(route == AlmaPurgeRoute.SetJob ? 4 : 3 + PatronsEach, writes);

        KillPoint[] points = [.. KillPoint.All(0, writes, 0, lines).Where((_, i) => i % everyNth == 0)];
        int killed = 0;
        foreach (KillPoint point in points)
        {
            await alma.WaitAnHourAsync();
            await KilledProcess.NextSecondAsync();
            killed += await KilledAsync(alma, route, pseudonymize, point, fresh.Dequeue(), writes) ? 1 : 0;
        }

        output.WriteLine(FormattableString.Invariant($"{route}: {points.Length} kill points, {killed} killed before their end, all resumed to the same end."));

        // Somebody who waits for a line may come too late for the last one; all others must have struck.
        Assert.InRange(killed, points.Length - 2, points.Length);
    }

    private static async Task<(int Writes, int Lines)> UndisturbedAsync(
        SimulatorProcess alma, AlmaPurgeRoute route, bool pseudonymize, string[] ids)
    {
        using TestFolder runs = new();
        int start = await alma.LogLengthAsync();
        await KilledProcess.RunAsync(alma, runs, route.ToString(), ids, pseudonymize);
        return ((await alma.ChangesSinceAsync(start)).Length, KilledProcess.Lines(runs.Path));
    }

    private static async Task<bool> KilledAsync(
        SimulatorProcess alma, AlmaPurgeRoute route, bool pseudonymize, KillPoint at, string[] ids, int writes)
    {
        string point = $"{route}, {at}";
        using TestFolder runs = new();
        int start = await alma.LogLengthAsync();
        bool wasKilled = await KilledProcess.RunAsync(alma, runs, route.ToString(), ids, pseudonymize, at);

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
        string[] naming = [.. Directory.GetFiles(run.Folder!).Where(f => File.ReadAllText(f).Contains(ids[0], StringComparison.Ordinal))];
        Assert.True(!pseudonymize || naming.SequenceEqual([run.PseudonymPath]), point + ": " + string.Join("; ", naming));
        return wasKilled;
    }
}
