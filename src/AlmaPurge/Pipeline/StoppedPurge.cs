using AlmaPurge.Core.Runs;

namespace AlmaPurge.Pipeline;

/// <summary>What a person at the screen must know of a purge that was stopped with Ctrl+C.</summary>
internal static class StoppedPurge
{
    /// <summary>Whether it was started, and what goes on.</summary>
    public static string Describe(PurgeRun run) => run.Document.Purge switch
    {
        null => $"No purge of {run.RunId} was started.",
        { Route: AlmaPurgeRoute.UserDelete } =>
            $"The deletions of {run.RunId} were stopped: some patrons are gone, the others are still there. Get-AlmaPurgeRun {run.RunId} | Confirm-AlmaPurge tells which.",
        { Route: AlmaPurgeRoute.Handoff } =>
            $"The purge of {run.RunId} was handed over to staff; only the waiting has ended. Get-AlmaPurgeRun {run.RunId} | Wait-AlmaJob waits on.",
        _ => $"The purge job of {run.RunId} was started and cannot be stopped; only the waiting has ended. Get-AlmaPurgeRun {run.RunId} | Confirm-AlmaPurge tells the outcome later.",
    };
}
