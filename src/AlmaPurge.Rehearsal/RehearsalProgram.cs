using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Rehearsal;

/// <summary>One rehearsal from the first line to the exit code; turns what stops it into words.</summary>
internal static class RehearsalProgram
{
    public static async Task<int> RunAsync(RehearsalOptions options, CancellationToken stop)
    {
        using ConsoleReporter console = new();
        DirectoryInfo reports = Directory.CreateTempSubdirectory("almapurge-rehearsal-");
        using RehearsalJob job = new(options, console, reports.FullName);
        try
        {
            // On another thread, so that the reading of large files does not keep Ctrl+C waiting.
            Judgement judgement = await Task.Run(() => job.RunAsync(stop), stop).ConfigureAwait(false);
            Summary.Print(console, judgement);
            return judgement.IsGood ? CommandLine.Good : CommandLine.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await TellAsync(console, "Stopped.", job).ConfigureAwait(false);
            return CommandLine.Stopped;
        }
        catch (Exception e) when (e is AlmaPurgeException or AlmaApiException or TableException
            or IOException or UnauthorizedAccessException)
        {
            await TellAsync(console, Failure.Describe(e, console.Step), job).ConfigureAwait(false);
            return CommandLine.Failed;
        }
        finally
        {
            reports.Delete(recursive: true);
        }
    }

    private static async Task TellAsync(ConsoleReporter console, string what, RehearsalJob job)
    {
        console.Fail(what);
        console.Fail(await CountAsync(job).ConfigureAwait(false));
        if (job.Run?.Folder is { } folder)
        {
            console.Fail($"Run folder: {folder}");
        }
    }

    private static async Task<string> CountAsync(RehearsalJob job)
    {
        try
        {
            int gone = await job.CountPurgedAsync().ConfigureAwait(false);
            return gone == 0 ? "Nobody was purged." : FormattableString.Invariant($"{gone} patrons were purged before.");
        }
        catch (AlmaPurgeException e)
        {
            return $"Whether anybody was purged cannot be told: {e.Message}";
        }
    }
}
