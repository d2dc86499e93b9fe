using AlmaPurge.Core;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Pipeline;

/// <summary>
/// The run behind what was piped in. Under -WhatIf a real run is planned on in a copy, so that nothing of the real one
/// is touched; it is the same copy for all objects of one cmdlet.
/// </summary>
internal sealed class RunInputs
{
    private readonly bool _isWhatIf;
    private readonly Action<PurgeCriteria>? _require;
    private PurgeRun? _given;
    private PurgeRun? _working;

    /// <param name="isWhatIf">Whether the cmdlet only previews.</param>
    /// <param name="require">What is wanted of the run by the cmdlets of the pipeline; throws where it does not fit.</param>
    public RunInputs(bool isWhatIf, Action<PurgeCriteria>? require = null)
    {
        _isWhatIf = isWhatIf;
        _require = require;
    }

    /// <summary>The run to work on; null before the first object.</summary>
    public PurgeRun? Run => _working;

    /// <summary>Takes the run of one piped object.</summary>
    /// <exception cref="AlmaPurgeException">Another object came from another run, or from none.</exception>
    public PurgeRun Take(IRunHandle? handle, object piped)
    {
        if (handle is BrokenRun broken)
        {
            throw broken.Problem;
        }

        if (handle is not PurgeRun run)
        {
            throw new AlmaPurgeException(
                "NotOfARun",
                AlmaPurgeErrorKind.InvalidArgument,
                $"'{piped}' belongs to no run, so nothing says who in it may be purged.",
                "Build the set with New-AlmaUserSet from a run.",
                piped);
        }

        if (_given is not null && !ReferenceEquals(_given, run))
        {
            throw new AlmaPurgeException(
                "SeveralRuns",
                AlmaPurgeErrorKind.InvalidArgument,
                $"Objects of the runs {_given.RunId} and {run.RunId} came down one pipeline.",
                "Pipe one run at a time.",
                run.RunId);
        }

        if (_given is null && !run.IsPreview)
        {
            _require?.Invoke(run.Criteria);
        }

        _given = run;
        return _working ??= _isWhatIf ? run.ToPreview() : run;
    }
}
