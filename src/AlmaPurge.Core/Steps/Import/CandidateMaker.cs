using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// Makes the candidates of a judged import, a block at a time and a few blocks ahead of whoever takes them: making a
/// million objects takes as long as reading their file, and the taker has work of its own.
/// </summary>
internal sealed class CandidateMaker(PurgeRun run, RowStore rows)
{
    // Small enough to stay in the processor's cache until it is taken.
    private const int BlockSize = 2048;
    private const int BlocksAhead = 3;

    /// <summary>All candidates in the order of the rows; no block is empty.</summary>
    public IEnumerable<AlmaPurgeCandidate[]> Blocks()
    {
        Queue<Task<AlmaPurgeCandidate[]>> ahead = new();
        for (int next = 0; next < rows.Count || ahead.Count > 0;)
        {
            while (next < rows.Count && ahead.Count < BlocksAhead)
            {
                int begin = next;
                next = Math.Min(begin + BlockSize, rows.Count);
                int end = next;
                ahead.Enqueue(Task.Run(() => Make(begin, end)));
            }

            AlmaPurgeCandidate[] block = ahead.Dequeue().GetAwaiter().GetResult();
            if (block.Length > 0)
            {
                yield return block;
            }
        }
    }

    private AlmaPurgeCandidate[] Make(int begin, int end)
    {
        AlmaPurgeCandidate[] block = new AlmaPurgeCandidate[end - begin];
        int count = 0;
        for (int i = begin; i < end; i++)
        {
            ref PatronRow row = ref rows[i];
            if (row.State == RowState.Candidate)
            {
                block[count++] = new AlmaPurgeCandidate(
                    run, rows.Ids, row.IdAt, row.Expiry.Day, row.Activity.Day, row.Purge.Day);
            }
        }

        return count == block.Length ? block : block[..count];
    }
}
