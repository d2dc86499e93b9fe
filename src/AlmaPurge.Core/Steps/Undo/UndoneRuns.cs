using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Keeps steps from going on with a run whose marking was given back.</summary>
internal static class UndoneRuns
{
    /// <summary>Stops if the marking of the run was given back, or is being given back.</summary>
    public static void Refuse(PurgeRun run)
    {
        if (run.Document.UndoneAt is not null || run.Document.OpenSteps.Contains(StepNames.Undo))
        {
            throw new AlmaPurgeException(
                "RunUndone",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The marking of the run {run.RunId} was taken back with Undo-AlmaPurgeDate.",
                "Start a new run with Import-AlmaPurgeCandidate.",
                run.RunId);
        }
    }
}
