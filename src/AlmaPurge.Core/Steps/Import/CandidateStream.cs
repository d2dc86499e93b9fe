using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>Makes candidates of rows, one by one as they are taken, so that none lives longer than its taker wants.</summary>
internal sealed class CandidateStream(PurgeRun run, RowStore rows)
{
    /// <summary>The candidates, in the order of the rows.</summary>
    public IEnumerable<AlmaPurgeCandidate> Candidates()
    {
        for (int i = 0; i < rows.Count; i++)
        {
            PatronRow row = rows[i];
            if (row.State == RowState.Candidate)
            {
                yield return new AlmaPurgeCandidate(
                    run, rows.TextOf(row), row.Expiry.Day, row.Activity.Day, row.Purge.Day);
            }
        }
    }
}
