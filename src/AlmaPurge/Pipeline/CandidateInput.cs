using AlmaPurge.Core.Runs;

namespace AlmaPurge.Pipeline;

/// <summary>Reads candidates from what was piped in: candidates, or runs, which stand for all who remain in
/// them and for those whose check could not be made yet.</summary>
internal static class CandidateInput
{
    /// <summary>The candidates of one record.</summary>
    public static IEnumerable<AlmaPurgeCandidate> Read(object record, RunInputs inputs)
    {
        foreach (object piped in record as object[] ?? [record])
        {
            if (piped is AlmaPurgeCandidate candidate)
            {
                inputs.Take(candidate.Run, candidate);
                yield return candidate;
                continue;
            }

            PurgeRun run = inputs.Take(((AlmaPurgeRun)piped).Run, piped);
            foreach (AlmaPurgeCandidate remaining in run.CandidatesToCheck())
            {
                yield return remaining;
            }
        }
    }

    /// <summary>Reads the input to its end and lets nobody pass: what a declined step does.</summary>
    public static async IAsyncEnumerable<AlmaPurgeCandidate> Nobody(IAsyncEnumerable<AlmaPurgeCandidate> input)
    {
        await foreach (AlmaPurgeCandidate _ in input.ConfigureAwait(false))
        {
        }

        yield break;
    }
}
