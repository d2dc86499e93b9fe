using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Stops a run in which more patrons changed than chance explains: then something else is at work on them, and those
/// who still look right cannot be trusted either.
/// </summary>
internal static class DriftLimit
{
    private const double MaximumShare = 0.02;

    /// <summary>Stops if too many changed. They are excluded by then, so a repeated step goes on with the others.</summary>
    public static void Require(PurgeRun run, int drifted, string what)
    {
        int all = run.Document.Set?.Count ?? run.Patrons.RemainingCount + drifted;
        if (drifted > MaximumShare * all)
        {
            throw new AlmaPurgeException(
                "TooManyDrifted",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"{drifted} of {all} patrons {what}, which is more than {MaximumShare:P0}. Nobody was purged."),
                "Get-AlmaPurgeExclusion shows what changed. Find out why (a student-system load, say) before you repeat the step; those who changed are kept.",
                run.RunId);
        }
    }
}
