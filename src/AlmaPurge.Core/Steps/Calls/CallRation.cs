using System.Runtime.CompilerServices;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Lets work on a patron begin only while the calls of the day surely suffice for it, whatever is under way. Where Alma
/// does not tell how many are left, all of it begins.
/// </summary>
internal sealed class CallRation
{
    private readonly object _gate = new();
    private readonly AlmaConnection _connection;
    private readonly int _mostForOne;
    private TaskCompletionSource _ended = New();
    private int _underWay;

    /// <param name="connection">Knows the calls that are left.</param>
    /// <param name="mostForOne">Most calls that one patron takes.</param>
    public CallRation(AlmaConnection connection, int mostForOne)
    {
        _connection = connection;
        _mostForOne = mostForOne;
    }

    /// <summary>Begins with one more patron; false if today's calls might not suffice.</summary>
    public async ValueTask<bool> TryBeginAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task ended;
            lock (_gate)
            {
                if (HasRoom())
                {
                    _underWay++;
                    return true;
                }

                if (_underWay == 0)
                {
                    return false;
                }

                ended = _ended.Task;
            }

            // Those under way may take fewer calls than they could.
            await ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The first of these, while today's calls suffice; each must be ended.</summary>
    public async IAsyncEnumerable<T> TakeAsync<T>(
        IEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (T item in items)
        {
            if (!await TryBeginAsync(cancellationToken).ConfigureAwait(false))
            {
                yield break;
            }

            yield return item;
        }
    }

    /// <summary>A patron who was begun with is done.</summary>
    public void End()
    {
        TaskCompletionSource ended;
        lock (_gate)
        {
            _underWay--;
            ended = _ended;
            _ended = New();
        }

        ended.SetResult();
    }

    private bool HasRoom() =>
        CallForecast.Of(_connection, default).Usable is not { } usable || (_underWay + 1L) * _mostForOne <= usable;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
