using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Why a purge is not handed over to staff.</summary>
public static class HandoffRefusals
{
    /// <summary>The error where patrons have kept their own group.</summary>
    public static AlmaPurgeException NeedsPurgeGroup(string? runId) => new(
        "HandoffNeedsPurgeGroup",
        AlmaPurgeErrorKind.InvalidArgument,
        "The classic page takes everybody of a user group whose purge date has passed. Patrons who keep their own user group share it with others, so the page would take those too.",
        "Mark with -PurgeGroup, or use -Route UserDelete or SetJob for patrons who keep their group.",
        runId);

    /// <summary>
    /// Stops a handover, or an undo, of patrons of whom some are gone: the page was run, or is running, and those who are
    /// gone would be taken for patrons who stay.
    /// </summary>
    internal static AlmaPurgeException UnderWay(PurgeRun run, int gone) => new(
        "HandoffUnderWay",
        AlmaPurgeErrorKind.InvalidOperation,
        FormattableString.Invariant($"{gone} patron(s) of the run {run.RunId} are gone from Alma already: staff have run the page, or it is running."),
        "Wait for its end with Wait-AlmaJob, then pipe the run to Confirm-AlmaPurge.",
        run.RunId);
}
