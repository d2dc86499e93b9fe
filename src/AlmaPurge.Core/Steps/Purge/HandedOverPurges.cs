using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>What the steps after a handover need to know before they go on.</summary>
internal static class HandedOverPurges
{
    /// <summary>For the verification: staff have run it, and nobody of the run is left in the purge group.</summary>
    /// <returns>What came of it, one of <see cref="PurgeStatus"/>.</returns>
    /// <exception cref="AlmaPurgeException">Nobody is gone yet, or it may still be running.</exception>
    public static async Task<string> RequireRunAsync(
        PurgeRun run,
        AlmaSession session,
        IStepReporter reporter,
        CancellationToken cancellationToken)
    {
        HandoffCount now = await LookAsync(run, session, reporter, cancellationToken).ConfigureAwait(false);
        return now switch
        {
            { InGroup: 0 } => EndOf(now),
            { HasBegun: false } => throw Stop(
                run,
                "HandoffNotRun",
                $"Nobody of the run {run.RunId} is gone: staff have not run the page yet, or with other values.",
                "Wait with Wait-AlmaJob, or give it up with Undo-AlmaPurgeDate -HandoffWithdrawn."),
            _ => throw StillRunning(run, now),
        };
    }

    /// <summary>For the undo: the purge is at its end, or will not be run, on somebody's word.</summary>
    /// <exception cref="AlmaPurgeException">It may be running, or may still be run.</exception>
    public static async Task RequireOverAsync(
        PurgeRun run,
        AlmaSession session,
        UndoOptions options,
        IStepReporter reporter,
        CancellationToken cancellationToken)
    {
        if (run.Document.Purge is not { IsHandedOver: true } purge)
        {
            return;
        }

        HandoffCount now = await LookAsync(run, session, reporter, cancellationToken).ConfigureAwait(false);
        if (now.HasBegun)
        {
            string status = now.InGroup == 0 ? EndOf(now) : throw StillRunning(run, now);
            run.Update(d => d with { Purge = d.Purge! with { Status = status, IsFinished = true } });
            return;
        }

        if (!options.HandoffWithdrawn)
        {
            throw Stop(
                run,
                "HandedOver",
                FormattableString.Invariant($"The purge of the run {run.RunId} was handed over to staff (valid until {purge.ValidUntil?.ToUniversalTime():yyyy-MM-dd HH:mm} UTC), who may run it at any moment, and it would take patrons in the middle of the undo."),
                "Tell them not to run it and see under Monitor Jobs that it is not running. Then give -HandoffWithdrawn.");
        }
    }

    private static string EndOf(HandoffCount now) => now.Gone == now.Total ? PurgeStatus.Done : PurgeStatus.Steady;

    private static Task<HandoffCount> LookAsync(
        PurgeRun run, AlmaSession session, IStepReporter reporter, CancellationToken cancellationToken) =>
        new HandoffWatch(run, session.Reader, reporter).LookAsync(certain: true, cancellationToken);

    private static AlmaPurgeException StillRunning(PurgeRun run, HandoffCount now) => Stop(
        run,
        "PurgeStillRunning",
        FormattableString.Invariant($"{now.Gone} of {now.Total} patrons are gone and {now.InGroup} are still in the purge group: the purge that staff run may not be at its end."),
        "Wait with Wait-AlmaJob, which sees when nothing moves any more.");

    private static AlmaPurgeException Stop(PurgeRun run, string id, string message, string nextStep) =>
        new(id, AlmaPurgeErrorKind.InvalidOperation, message, nextStep, run.RunId);
}
