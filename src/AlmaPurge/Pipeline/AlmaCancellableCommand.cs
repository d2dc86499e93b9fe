using System.ComponentModel;
using System.Management.Automation;
using AlmaPurge.Core.Runs;
using AlmaPurge.Guards;

namespace AlmaPurge.Pipeline;

/// <summary>
/// Base of every cmdlet: the checks that come before anything else, cancellation, and the way from exceptions to
/// error records. Begin blocks all run before the first record, so a refusal there means that nothing has happened:
/// that is why no cmdlet does work in <see cref="OnBegin"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AlmaCancellableCommand : PSCmdlet, IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private PipelineGuard.Place? _place;
    private bool _disposed;

    // Before any run is opened: each step records what it was done with.
    static AlmaCancellableCommand() => Workplace.SetHost("PowerShell", typeof(PSObject).Assembly);

    /// <summary>Cancelled by Ctrl+C, and when the pipeline downstream is done with us.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>Under -WhatIf itself, by parameter or by preference.</summary>
    protected bool IsWhatIf => _place?.IsWhatIf ?? false;

    /// <summary>One of our cmdlets before this one is under -WhatIf: whatever arrives is a preview.</summary>
    protected bool IsUpstreamWhatIf => _place?.IsUpstreamWhatIf ?? false;

    private protected CancellationTokenSource StopSource => _stop;

    /// <summary>The cmdlet's place among those of its pipeline.</summary>
    private protected PipelineGuard.Place Place => _place!;

    /// <summary>Lets every cmdlet of the pipeline refuse a run before this one does anything with it.</summary>
    private protected void RequireWanted(PurgeCriteria criteria)
    {
        foreach (PipelineGuard.Place place in _place?.Pipeline?.Places ?? [])
        {
            place.RunDemand?.Invoke(criteria);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        _place = PipelineGuard.Enter(this);
        Protect(OnBegin);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        _place?.Close();
        Protect(OnRecord);
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        _place?.Close();
        Protect(OnEnd);
        _place?.Leave();
    }

    /// <summary>Only cancels: it runs on another thread, where nothing may be written.</summary>
    protected sealed override void StopProcessing()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _stop.Cancel();
            }
        }
    }

    /// <summary>Checks parameters against each other. Does no work and asks Alma nothing.</summary>
    protected virtual void OnBegin()
    {
    }

    /// <summary>One record of the pipeline, or the only call where there is none.</summary>
    protected virtual void OnRecord()
    {
    }

    /// <summary>After the last record. Not called after a stop.</summary>
    protected virtual void OnEnd()
    {
    }

    /// <summary>Says something to the person at the screen after a stop, when nothing can be written any more.</summary>
    protected void TellAfterStop(string message) => Host?.UI?.WriteWarningLine(message);

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        _place?.Leave();
        lock (_gate)
        {
            _disposed = true;
            _stop.Dispose();
        }
    }

    private void Protect(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is not RuntimeException and not FlowControlException)
        {
            if (Stopping)
            {
                throw new PipelineStoppedException();
            }

            if (ErrorRecords.TryFrom(exception, null) is { } record)
            {
                ThrowTerminatingError(record);
            }

            throw;
        }
    }
}
