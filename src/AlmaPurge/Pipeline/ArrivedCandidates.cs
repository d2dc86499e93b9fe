using AlmaPurge.Core.Runs;

namespace AlmaPurge.Pipeline;

/// <summary>Collects the candidates that came down a pipeline, or the run that stands for all of its own.</summary>
internal sealed class ArrivedCandidates(bool isWhatIf, Action<PurgeCriteria>? require = null)
{
    private readonly RunInputs _inputs = new(isWhatIf, require);
    private readonly List<string> _ids = [];
    private bool _isWholeRun;

    /// <summary>The run to work on; null if nothing came.</summary>
    public PurgeRun? Run => _inputs.Run;

    /// <summary>Primary ids in the order in which they came; null for everybody of the run.</summary>
    public IReadOnlyList<string>? PrimaryIds => _isWholeRun ? null : _ids;

    /// <summary>Takes what was piped in: candidates, or a run.</summary>
    public void Take(object[] input)
    {
        foreach (object piped in input)
        {
            if (piped is AlmaPurgeCandidate candidate)
            {
                _inputs.Take(candidate.Run, candidate);
                _ids.Add(candidate.PrimaryId);
            }
            else
            {
                _inputs.Take(((AlmaPurgeRun)piped).Run, piped);
                _isWholeRun = true;
            }
        }
    }
}
