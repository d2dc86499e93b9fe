namespace AlmaPurge.Core.Runs;

/// <summary>Whether the record of a run may be deleted: not while somebody may still hang on it, nor while it is to be kept.</summary>
internal static class RunRemoval
{
    /// <summary>Stops while the run is unfinished or, unless forced, to be kept.</summary>
    public static void Require(PurgeRun run, bool force)
    {
        if (run.IsPreview)
        {
            return;
        }

        RequireFinished(run);
        if (!force && run.Document.RetainUntil is { } day && DateOnly.FromDateTime(run.Time.GetLocalNow().Date) <= day)
        {
            throw new AlmaPurgeException(
                "RunRetained",
                AlmaPurgeErrorKind.InvalidOperation,
                FormattableString.Invariant($"The run {run.RunId} is to be kept until {day:yyyy-MM-dd}, that day included."),
                "Delete it after that day, or with -Force.",
                run.RunId);
        }
    }

    private static void RequireFinished(PurgeRun run)
    {
        if (IsFinished(run))
        {
            return;
        }

        throw new AlmaPurgeException(
            "RunUnfinished",
            AlmaPurgeErrorKind.InvalidOperation,
            $"The run {run.RunId} is {RunView.StateOf(run)}: it is the only record of what was changed in Alma.",
            $"Bring it to its end first. Next: {run.ToModel().NextStep}.",
            run.RunId);
    }

    /// <summary>Whether nobody hangs on the run any more: nobody was marked, or everybody is gone or settled.</summary>
    public static bool IsFinished(PurgeRun run)
    {
        // Up to the set nobody was changed in Alma. From the marking on, the before-images are needed until each patron is
        // either gone or settled.
        if (run.Journal.Unsettled().Count > 0)
        {
            return false;
        }

        bool wasMarked = run.Document.Mark is not null
            || run.Journal.Settled(JournalActions.RunMarkingJob).Any(p => p.Outcome.Result == JournalResults.Done);

        // By the facts and not by the state, which is another one for a preview of the run.
        RunDocument document = run.Document;
        bool isAtEnd = document.VerifiedAt is not null
            ? document.StillMarkedCount == 0
            : document is { UndoneAt: not null, Purge: null or { IsWithdrawn: true } };
        return !wasMarked || (isAtEnd && run.UnfinishedSteps.Count == 0);
    }
}
