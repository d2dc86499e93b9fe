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
    /// <param name="run">The run.</param>
    /// <param name="drifted">How many changed.</param>
    /// <param name="what">What they did, after the count.</param>
    /// <param name="consequence">What that means for the purge.</param>
    public static void Require(PurgeRun run, int drifted, string what, string consequence = "Nobody was purged.")
    {
        if (IsExceeded(run, drifted, out int all))
        {
            throw new AlmaPurgeException(
                "TooManyDrifted",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"{drifted} of {all} patrons {what}, which is more than {MaximumShare * 100:0} %. {consequence}"),
                "Get-AlmaPurgeExclusion shows what changed. Find out why (a student-system load, say) before you repeat the step; those who changed are kept.",
                run.RunId);
        }
    }

    /// <summary>Most patrons of a run who may change without stopping it.</summary>
    public static int MostOf(PurgeRun run) =>
        (int)(MaximumShare * (run.Document.Set?.Count ?? run.Patrons.RemainingCount));

    /// <summary>Whether that is too many.</summary>
    /// <param name="run">The run.</param>
    /// <param name="drifted">How many changed.</param>
    /// <param name="all">Of how many.</param>
    public static bool IsExceeded(PurgeRun run, int drifted, out int all)
    {
        all = run.Document.Set?.Count ?? run.Patrons.RemainingCount + drifted;
        return drifted > MaximumShare * all;
    }
}
