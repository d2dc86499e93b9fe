using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Holds the results of a verification against each other: against the counters of Alma's job, against the number for
/// whom the purge was started, and against the promise that nobody who is still there is still marked. Each difference
/// is an error that names the ids.
/// </summary>
internal sealed class Reckoning
{
    private const int MostIdsNamed = 20;

    private readonly PurgeRun _run;
    private readonly IAlmaReader _reader;

    public Reckoning(PurgeRun run, IAlmaReader reader)
    {
        _run = run;
        _reader = reader;
    }

    /// <summary>What does not come out even; empty if all is well.</summary>
    /// <param name="results">One result for each patron.</param>
    /// <param name="stillMarked">Patrons who are still there and still have something of the marking.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<IReadOnlyList<AlmaPurgeException>> CheckAsync(
        IReadOnlyList<AlmaPurgeResult> results,
        IReadOnlyList<string> stillMarked,
        CancellationToken cancellationToken)
    {
        List<AlmaPurgeException> problems = [];
        if (stillMarked.Count > 0)
        {
            problems.Add(Problem(
                "RunUnsettled",
                $"{Count(stillMarked.Count)} still in Alma and still marked, so a later purge would take them: {Names(stillMarked)}.",
                GoOn() + $"Settle them with: Get-AlmaPurgeRun {_run.RunId} | Undo-AlmaPurgeDate"));
        }

        string[] unknown = Ids(results, r => r.Status == AlmaPurgeStatus.Unknown);
        if (unknown.Length > 0)
        {
            problems.Add(Problem(
                "PatronsUnknown",
                $"What became of {Count(unknown.Length)} not told by Alma: {Names(unknown)}.",
                "Run Confirm-AlmaPurge again, and look at them in Alma."));
        }

        string[] lost = Ids(results, r => r.Status == AlmaPurgeStatus.Purged && r.Rule is not null);
        if (lost.Length > 0)
        {
            problems.Add(Problem(
                "KeptPatronsGone",
                $"{Count(lost.Length)} gone although they were to be kept: {Names(lost)}.",
                "Find out what else deletes users in Alma; results.csv has the reasons for which they were to stay."));
        }

        if (await CompareWithJobAsync(results, cancellationToken).ConfigureAwait(false) is { } difference)
        {
            problems.Add(difference);
        }

        return problems;
    }

    /// <summary>The counter that tells how many a job has purged; null if it has none.</summary>
    public static CounterEntry? PurgedBy(IEnumerable<CounterEntry> counters) =>
        counters.FirstOrDefault(c => CountsPurged(c.Name));

    private string GoOn() => _run.Document.Purge is { IsCutShort: true }
        ? $"The purge was cut short: Get-AlmaPurgeRun {_run.RunId} | Start-AlmaPurgeJob -Route UserDelete goes on with those who are left. Or: "
        : "";

    // The labels of Alma's counters are texts for people (seen in no documentation), so a job without such a counter
    // is no difference.
    private async Task<AlmaPurgeException?> CompareWithJobAsync(
        IReadOnlyList<AlmaPurgeResult> results,
        CancellationToken cancellationToken)
    {
        if (_run.Document.Purge is not { JobId: { } jobId, InstanceId: { } instanceId } purge)
        {
            return null;
        }

        AlmaJobInstanceRecord job = await _reader.GetJobInstanceAsync(jobId, instanceId, cancellationToken).ConfigureAwait(false);
        AlmaJobCounter? counter = job.Counters.FirstOrDefault(c => CountsPurged(c.Type) || CountsPurged(c.Description));
        string[] gone = Ids(results, r => r.Status is AlmaPurgeStatus.Purged or AlmaPurgeStatus.Recreated);
        string[] there = Ids(results, r => r.Status is AlmaPurgeStatus.Kept or AlmaPurgeStatus.Unknown && r.Rule is null);
        if (counter is { Number: { } number } && number != gone.Length)
        {
            return Problem(
                "TotalsDiffer",
                FormattableString.Invariant($"Alma's job counts {number} ('{counter.Description}'), but {gone.Length} patrons of the run are gone. ")
                    + (there.Length > 0 ? $"Still there: {Names(there)}." : $"Gone: {Names(gone)}."),
                $"Look at the log of the job {instanceId} under Monitor jobs in Alma.");
        }

        return gone.Length + there.Length == purge.PatronCount ? null : Problem(
            "TotalsDiffer",
            FormattableString.Invariant($"The purge was started for {purge.PatronCount} patrons, but {gone.Length} of the run are gone and {there.Length} of its set are still there. ")
                + $"Still there: {Names(there)}. Gone: {Names(gone)}.",
            "Hold results.csv against the set in Alma (Manage Sets).");
    }

    private static string[] Ids(IEnumerable<AlmaPurgeResult> results, Func<AlmaPurgeResult, bool> which) =>
        [.. results.Where(which).Select(r => r.PrimaryId)];

    private static string Count(int count) =>
        count == 1 ? "1 patron is" : FormattableString.Invariant($"{count} patrons are");

    private static string Names(IReadOnlyList<string> ids) => ids.Count <= MostIdsNamed
        ? string.Join(", ", ids)
        : FormattableString.Invariant($"{string.Join(", ", ids.Take(MostIdsNamed))} and {ids.Count - MostIdsNamed} more in results.csv");

    private static bool CountsPurged(string label) =>
        (label.Contains("purged", StringComparison.OrdinalIgnoreCase)
            || label.Contains("deleted", StringComparison.OrdinalIgnoreCase))
        && !label.Contains("not", StringComparison.OrdinalIgnoreCase);

    private AlmaPurgeException Problem(string id, string message, string nextStep) =>
        new(id, AlmaPurgeErrorKind.SafetyStop, message, nextStep, _run.RunId);
}
