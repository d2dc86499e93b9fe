using System.Diagnostics;

namespace AlmaPurge.Core.Tests.Kill;

/// <summary>Where a process is killed: before or after a change, or once the journal has so many lines.</summary>
/// <param name="When">before, after or line.</param>
/// <param name="Number">Number of the change or the line, from 1.</param>
internal sealed record KillPoint(string When, int Number)
{
    /// <summary>All points between these.</summary>
    /// <param name="firstWrite">Changes that come before the first point.</param>
    /// <param name="writes">Changes in all.</param>
    /// <param name="firstLine">Lines of the journal that come before the first point.</param>
    /// <param name="lines">Lines in all.</param>
    public static IEnumerable<KillPoint> All(int firstWrite, int writes, int firstLine, int lines) =>
    [
        .. Enumerable.Range(firstWrite + 1, writes - firstWrite).Select(n => new KillPoint("before", n)),
        .. Enumerable.Range(firstWrite + 1, writes - firstWrite).Select(n => new KillPoint("after", n)),
        .. Enumerable.Range(firstLine + 1, lines - firstLine).Select(n => new KillPoint("line", n)),
    ];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{When} {Number}");
}

/// <summary>The process that works on a run and is killed (SIGKILL) at a point.</summary>
internal static class KilledProcess
{
    /// <summary>Runs it to its end, or until it is killed.</summary>
    /// <returns>Whether it was killed before its end.</returns>
    public static async Task<bool> RunAsync(
        SimulatorProcess alma, TestFolder runs, string task, string[] ids, bool pseudonymize = false, KillPoint? at = null)
    {
        using Process process = OtherProcess.Start(
            "tests",
            "AlmaPurge.KilledPurge",
            alma.Address.ToString(),
            alma.Key,
            runs.Path,
            task,
            string.Join(',', ids),
            at is null or { When: "line" } ? "never" : at.When,
            (at?.Number ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
            pseudonymize.ToString());
        if (at is { When: "line" })
        {
            KillAtLine(process, runs.Path, at.Number);
        }

        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(at is not null || process.ExitCode == 0, errors);
        return process.ExitCode != 0;
    }

    /// <summary>Lines that the journal of the one run in a folder has.</summary>
    public static int Lines(string runs)
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

    /// <summary>
    /// Waits for the next second: a run, and so its set, is named by it; in one folder of runs the store sees to it that no
    /// two are alike.
    /// </summary>
    public static async Task NextSecondAsync()
    {
        int second = DateTime.UtcNow.Second;
        while (DateTime.UtcNow.Second == second)
        {
            await Task.Delay(20);
        }
    }

    private static void KillAtLine(Process process, string runs, int number)
    {
        while (!process.HasExited && Lines(runs) < number)
        {
            Thread.Sleep(0);
        }

        process.Kill();
    }
}
