using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AlmaPurge.Pipeline;

/// <summary>
/// Feeds the records of a pipeline to a step and writes what comes out, both bounded. While there is no room for a
/// record, the pipeline thread writes output instead, so neither side can wait for the other for ever.
/// </summary>
internal sealed class StreamPump<TIn, TOut>
{
    // Several times what a step has in flight; more would only let the first patron wait for the last.
    private const int InputCapacity = 256;

    private readonly StepPump _pump;
    private readonly Channel<TIn> _input = Channel.CreateBounded<TIn>(
        new BoundedChannelOptions(InputCapacity) { SingleReader = true, SingleWriter = true });

    public StreamPump(StepPump pump, Func<IAsyncEnumerable<TIn>, IAsyncEnumerable<TOut>> step)
    {
        _pump = pump;
        IAsyncEnumerable<TOut> output = step(ReadInputAsync(pump.Stop));
        pump.Start(stop => PumpAsync(output, stop));
    }

    /// <summary>Hands over one record. Writes output meanwhile.</summary>
    public void Feed(TIn record)
    {
        while (true)
        {
            _pump.DrainReady();
            _pump.Queue.ForgetRoom();
            if (_pump.Queue.Ended)
            {
                // What went wrong shows at the first record after it, not at the end of a long pipeline.
                _pump.DrainToEnd();
                throw EndedEarly();
            }

            if (_input.Writer.TryWrite(record))
            {
                return;
            }

            _pump.Wait();
        }
    }

    /// <summary>There are no more records: writes the rest.</summary>
    public void Finish()
    {
        _input.Writer.Complete();
        _pump.DrainToEnd();
        if (_input.Reader.TryPeek(out _))
        {
            throw EndedEarly();
        }
    }

    // Without this the records that nobody read would vanish without a word.
    private static InvalidOperationException EndedEarly() =>
        new("The step ended before it had read all its records.");

    private async Task PumpAsync(IAsyncEnumerable<TOut> output, CancellationToken stop)
    {
        await foreach (TOut item in output.WithCancellation(stop).ConfigureAwait(false))
        {
            await _pump.WriteAsync(item).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<TIn> ReadInputAsync([EnumeratorCancellation] CancellationToken stop)
    {
        while (await _input.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
        {
            while (_input.Reader.TryRead(out TIn? record))
            {
                _pump.Queue.NotifyRoom();
                yield return record;
            }
        }
    }
}
