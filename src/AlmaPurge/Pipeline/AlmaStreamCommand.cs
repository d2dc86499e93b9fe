using System.ComponentModel;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Pipeline;

/// <summary>
/// Base of the cmdlets that turn a stream into a stream, many records at a time and in their order. The first record
/// starts the step; without a record nothing is started.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AlmaStreamCommand<TIn, TOut> : AlmaConnectedCommand
{
    private StreamPump<TIn, TOut>? _stream;

    /// <summary>
    /// The step. Called on the pipeline thread; what it gives back is enumerated on the thread pool.
    /// </summary>
    protected abstract IAsyncEnumerable<TOut> Transform(
        IAsyncEnumerable<TIn> input, IStepReporter reporter, CancellationToken stop);

    /// <summary>What the bound parameters of this record amount to.</summary>
    protected abstract IEnumerable<TIn> ReadRecord();

    /// <inheritdoc/>
    protected sealed override void OnRecord()
    {
        foreach (TIn record in ReadRecord())
        {
            (_stream ??= Start()).Feed(record);
        }
    }

    /// <inheritdoc/>
    protected sealed override void OnEnd()
    {
        _stream?.Finish();
        OnFinished();
    }

    /// <summary>After the last object was written.</summary>
    protected virtual void OnFinished()
    {
    }

    private StreamPump<TIn, TOut> Start()
    {
        StepPump pump = NewPump();
        return new(pump, input => Transform(input, pump.Reporter, StopToken));
    }
}
