using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AlmaPurge.Core.Steps;

/// <summary>Works on many items at a time and gives the results in the order of the items.</summary>
internal static class OrderedParallel
{
    /// <summary>Runs <paramref name="work"/> on each item, at most <paramref name="concurrency"/> at a time.</summary>
    /// <remarks>Whoever stops reading early cancels what is under way, and it is awaited before this returns.</remarks>
    public static async IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        this IAsyncEnumerable<TIn> source,
        int concurrency,
        Func<TIn, CancellationToken, Task<TOut>> work,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<TOut>> underWay = Channel.CreateBounded<Task<TOut>>(
            new BoundedChannelOptions(concurrency) { SingleReader = true, SingleWriter = true });
        Task feeding = FeedAsync(source, underWay.Writer, work, stop.Token);
        try
        {
            await foreach (Task<TOut> item in underWay.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return await item.ConfigureAwait(false);
            }

            await feeding.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await AwaitRestAsync(feeding, underWay.Reader).ConfigureAwait(false);
        }
    }

    private static async Task FeedAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> source,
        ChannelWriter<Task<TOut>> writer,
        Func<TIn, CancellationToken, Task<TOut>> work,
        CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (TIn item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);

                // There is room, and nobody else writes; what has begun must reach the reader, who awaits it.
                writer.TryWrite(work(item, cancellationToken));
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            writer.TryComplete(failure);
        }
    }

    // The first failure has already been told; what the others say on being stopped is not news.
    private static async Task AwaitRestAsync<TOut>(Task feeding, ChannelReader<Task<TOut>> reader)
    {
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (reader.TryRead(out Task<TOut>? item))
        {
            await ((Task)item).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
