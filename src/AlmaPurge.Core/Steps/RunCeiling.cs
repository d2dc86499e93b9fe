using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Holds a run to the ceiling that was agreed to where its set was built.</summary>
internal static class RunCeiling
{
    /// <summary>Stops if more patrons remain than the ceiling allows, or nobody.</summary>
    public static void Require(PurgeRun run)
    {
        int remaining = run.Patrons.RemainingCount;
        int maximum = run.Document.MaximumCount ?? BuildSetOptions.DefaultMaximumCount;
        if (remaining > maximum)
        {
            throw new AlmaPurgeException(
                "MoreThanMaximumCount",
                AlmaPurgeErrorKind.LimitExceeded,
                FormattableString.Invariant($"The run {run.RunId} has {remaining} patrons left, but its ceiling is {maximum}."),
                "Start a new run with the -MaximumCount that you mean.",
                run.RunId);
        }

        if (remaining == 0)
        {
            throw new AlmaPurgeException(
                "NobodyLeft",
                AlmaPurgeErrorKind.InvalidOperation,
                $"Nobody of the run {run.RunId} may be purged any more.",
                "Get-AlmaPurgeExclusion tells why each of them stays. If they were marked, take that back with Undo-AlmaPurgeDate.",
                run.RunId);
        }
    }
}
