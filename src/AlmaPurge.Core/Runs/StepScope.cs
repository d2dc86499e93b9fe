namespace AlmaPurge.Core.Runs;

/// <summary>A step at work on a run. Disposing it without <see cref="Complete"/> leaves the run partial.</summary>
public sealed class StepScope : IDisposable
{
    private readonly PurgeRun _run;
    private readonly string _step;
    private readonly int? _entry;
    private DateTimeOffset? _completedAt;
    private bool _disposed;

    /// <param name="run">The run.</param>
    /// <param name="step">Name of the step.</param>
    /// <param name="entry">Where it stands among the steps of the run; null for what is none.</param>
    internal StepScope(PurgeRun run, string step, int? entry)
    {
        _run = run;
        _step = step;
        _entry = entry;
    }

    /// <summary>The step came to its end.</summary>
    public void Complete() => _completedAt = _run.Time.GetUtcNow();

    /// <summary>Writes patrons and exclusions and lets the run go.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _run.EndStep(_step, _entry, _completedAt);
        }
    }
}
