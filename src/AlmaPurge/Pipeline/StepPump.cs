using System.Management.Automation;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Pipeline;

/// <summary>
/// Lets one step work on the thread pool while the pipeline thread writes what it has to say, in its order. Whatever
/// goes wrong on the pipeline thread (a stop, Select-Object -First, -ErrorAction Stop), the step is cancelled and
/// waited for: it never works on behind the pipeline's back.
/// </summary>
internal sealed class StepPump : IDisposable
{
    // How many objects may wait for a slow pipeline before the step is held back.
    private const int OutputCapacity = 256;

    private readonly Cmdlet _cmdlet;
    private readonly CancellationTokenSource _stop;
    private readonly ProgressDisplay _progress;
    private readonly SemaphoreSlim _room = new(OutputCapacity);
    private Task? _task;

    public StepPump(Cmdlet cmdlet, int activityId, CancellationTokenSource stop)
    {
        _cmdlet = cmdlet;
        _stop = stop;
        _progress = new(cmdlet, activityId);
        Reporter = new QueueReporter(Queue);
    }

    public PipelineQueue Queue { get; } = new();

    public IStepReporter Reporter { get; }

    public CancellationToken Stop => _stop.Token;

    public void Start(Func<CancellationToken, Task> work)
    {
        // Not the token of the run itself: even a cancelled start must come by End.
        _task = Task.Run(() => WorkAsync(work), CancellationToken.None);
    }

    /// <summary>Called by the working side: hands over one object, or waits until the pipeline keeps up.</summary>
    public async ValueTask WriteAsync(object? output)
    {
        await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
        Queue.Post(new(MessageKind.Output, output));
    }

    /// <summary>Sleeps until there is something to do.</summary>
    public void Wait() => Queue.Wait(_progress.DueIn);

    /// <summary>Writes what is there, without waiting for more.</summary>
    public void DrainReady()
    {
        try
        {
            while (Queue.TryTake(out PipelineMessage message))
            {
                Write(message);
            }

            if (_progress.DueIn() <= TimeSpan.Zero && Queue.TakeProgress() is { } progress)
            {
                _progress.Show(progress);
            }
        }
        catch
        {
            CancelAndWait();
            _progress.Complete();
            throw;
        }
    }

    /// <summary>Writes all there is until the step has ended, and throws what it threw.</summary>
    public void DrainToEnd()
    {
        try
        {
            // Ended is asked first: what was posted before the end is then still found.
            for (bool ended = false; !ended;)
            {
                Wait();
                ended = Queue.Ended;
                DrainReady();
            }

            _task?.GetAwaiter().GetResult();
        }
        finally
        {
            _progress.Complete();
        }
    }

    public void CancelAndWait()
    {
        if (_task is null)
        {
            return;
        }

        if (!_task.IsCompleted)
        {
            _stop.Cancel();
        }

        // How it ended is of no interest here: another exception is on its way already, or the pipeline is gone.
        Task.WhenAny(_task).GetAwaiter().GetResult();
        _ = _task.Exception;
    }

    public void Dispose()
    {
        CancelAndWait();
        _room.Dispose();
    }

    private async Task WorkAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            await work(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            Queue.End();
        }
    }

    private void Write(PipelineMessage message)
    {
        switch (message.Kind)
        {
            case MessageKind.Output:
                _room.Release();
                _cmdlet.WriteObject(message.Content, enumerateCollection: false);
                break;
            case MessageKind.Warning:
                _cmdlet.WriteWarning((string)message.Content!);
                break;
            case MessageKind.Verbose:
                _cmdlet.WriteVerbose((string)message.Content!);
                break;
            default:
                _cmdlet.WriteError(ErrorRecords.From((Exception)message.Content!, message.Target));
                break;
        }
    }
}
