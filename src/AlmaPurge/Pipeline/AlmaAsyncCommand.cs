using System.ComponentModel;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Pipeline;

/// <summary>
/// Base of the cmdlets that ask Alma something: runs asynchronous work while the pipeline thread writes what the
/// work reports. Anything of the session (paths, variables, prompts) is to be read before, on the pipeline thread.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AlmaAsyncCommand : AlmaCancellableCommand
{
    private StepPump? _pump;

    /// <summary>Runs the work to its end and gives back its result.</summary>
    protected T Await<T>(Func<IStepReporter, CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        T result = default!;
        StepPump pump = NewPump();
        pump.Start(async stop => result = await work(pump.Reporter, stop).ConfigureAwait(false));
        pump.DrainToEnd();
        return result;
    }

    /// <summary>Runs the work to its end.</summary>
    protected void Await(Func<IStepReporter, CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        StepPump pump = NewPump();
        pump.Start(stop => work(pump.Reporter, stop));
        pump.DrainToEnd();
    }

    /// <summary>Runs the work to its end and writes each object as it comes.</summary>
    protected void AwaitEach<T>(Func<IStepReporter, CancellationToken, IAsyncEnumerable<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        StepPump pump = NewPump();
        pump.Start(async stop =>
        {
            await foreach (T item in work(pump.Reporter, stop).WithCancellation(stop).ConfigureAwait(false))
            {
                await pump.WriteAsync(item).ConfigureAwait(false);
            }
        });
        pump.DrainToEnd();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The end of a pipeline that broke off comes here only: nothing may work on after it.
            _pump?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected StepPump NewPump()
    {
        _pump?.Dispose();
        _pump = new(this, ProgressDisplay.ActivityIdOf(MyInvocation.MyCommand.Name), StopSource);
        return _pump;
    }
}
