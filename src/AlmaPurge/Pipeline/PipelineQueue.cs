using AlmaPurge.Core.Steps;

namespace AlmaPurge.Pipeline;

/// <summary>
/// The way from the working side to the pipeline thread: any thread posts and is never held up, the pipeline thread
/// takes, or sleeps until something happened. One lock, so a wake-up cannot be lost.
/// </summary>
internal sealed class PipelineQueue
{
    private readonly object _gate = new();
    private readonly Queue<PipelineMessage> _messages = new();
    private StepProgress? _progress;
    private bool _roomMade;
    private bool _ended;

    /// <summary>The working side is done; nothing more will be posted. Messages may still lie here.</summary>
    public bool Ended
    {
        get
        {
            lock (_gate)
            {
                return _ended;
            }
        }
    }

    public void Post(PipelineMessage message)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _messages.Enqueue(message);
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Keeps only the newest; what is between two showings nobody would see.</summary>
    public void PostProgress(StepProgress progress)
    {
        lock (_gate)
        {
            bool first = _progress is null;
            _progress = progress;
            if (first)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>The step has taken a record, so that there is room for another.</summary>
    public void NotifyRoom()
    {
        lock (_gate)
        {
            _roomMade = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Forgets earlier notices of room. To be called before looking for room and then sleeping.</summary>
    public void ForgetRoom()
    {
        lock (_gate)
        {
            _roomMade = false;
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.Pulse(_gate);
        }
    }

    public bool TryTake(out PipelineMessage message)
    {
        lock (_gate)
        {
            return _messages.TryDequeue(out message);
        }
    }

    public StepProgress? TakeProgress()
    {
        lock (_gate)
        {
            StepProgress? progress = _progress;
            _progress = null;
            return progress;
        }
    }

    /// <summary>Sleeps until there is a message, room, the end, or progress whose time to be shown has come.</summary>
    public void Wait(Func<TimeSpan> untilProgressIsDue)
    {
        lock (_gate)
        {
            while (_messages.Count == 0 && !_roomMade && !_ended)
            {
                if (_progress is null)
                {
                    Monitor.Wait(_gate);
                }
                else if (untilProgressIsDue() is { Ticks: <= 0 } || !Monitor.Wait(_gate, untilProgressIsDue()))
                {
                    return;
                }
            }
        }
    }
}
