using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// Makes candidates of rows, a few batches ahead of whoever takes them, so that making a million of them costs the
/// taker next to nothing.
/// </summary>
internal sealed class CandidateStream(PurgeRun run, RowStore rows)
{
    private const int BatchesAhead = 4;

    /// <summary>The candidates, in the order of the rows.</summary>
    public IEnumerable<AlmaPurgeCandidate> Candidates()
    {
        Queue<Task<List<AlmaPurgeCandidate>>> ahead = new();
        int offered = 0;
        while (offered < rows.Count || ahead.Count > 0)
        {
            while (offered < rows.Count && ahead.Count < BatchesAhead)
            {
                int begin = offered;
                int end = Math.Min(begin + RowStore.BlockSize / 4, rows.Count);
                ahead.Enqueue(Task.Run(() => Make(begin, end)));
                offered = end;
            }

            foreach (AlmaPurgeCandidate candidate in ahead.Dequeue().GetAwaiter().GetResult())
            {
                yield return candidate;
            }
        }
    }

    private List<AlmaPurgeCandidate> Make(int begin, int end)
    {
        List<AlmaPurgeCandidate> candidates = new(end - begin);
        for (int i = begin; i < end; i++)
        {
            ref PatronRow row = ref rows[i];
            if (row.State == RowState.Candidate)
            {
                candidates.Add(new AlmaPurgeCandidate(
                    run, rows.TextOf(row), row.Expiry.Day, row.Activity.Day, row.Purge.Day));
            }
        }

        return candidates;
    }
}
