namespace AlmaPurge.Core.Runs;

/// <summary>A step at work on a run. Disposing it without <see cref="Complete"/> leaves the run partial.</summary>
public sealed class StepScope : IDisposable
{
    private readonly PurgeRun _run;
    private readonly string _step;
    private bool _completed;
    private bool _disposed;

    internal StepScope(PurgeRun run, string step)
    {
        _run = run;
        _step = step;
    }

    /// <summary>The step came to its end.</summary>
    public void Complete() => _completed = true;

    /// <summary>Writes patrons and exclusions and lets the run go.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _run.EndStep(_step, _completed);
        }
    }
}
