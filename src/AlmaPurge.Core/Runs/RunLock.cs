namespace AlmaPurge.Core.Runs;

/// <summary>Keeps other processes off a run while one is at work on it.</summary>
internal sealed class RunLock
{
    private readonly RunFolder _folder;
    private readonly string _runId;
    private FileStream? _held;

    public RunLock(RunFolder folder, string runId)
    {
        _folder = folder;
        _runId = runId;
    }

    /// <summary>Takes the lock and makes sure that the run on disk is still the one in memory.</summary>
    /// <param name="revision">Revision in memory.</param>
    /// <exception cref="AlmaPurgeException">Another process is at work on the run, or has gone on with it.</exception>
    public void Take(int revision)
    {
        _held = _folder.TryLock(RunFolder.LockName)
            ?? throw Conflict("RunInUse", "is being worked on by another process", "Wait until that one has ended.");
        bool isSame = false;
        try
        {
            isSame = RunStore.ReadDocument(_folder).Revision == revision;
        }
        finally
        {
            if (!isSame)
            {
                Release();
            }
        }

        if (!isSame)
        {
            throw Conflict("RunChangedElsewhere", "has gone on in another process", "Open it anew with Get-AlmaPurgeRun.");
        }
    }

    /// <summary>Lets the others at it.</summary>
    public void Release()
    {
        _held?.Dispose();
        _held = null;
    }

    private AlmaPurgeException Conflict(string id, string what, string nextStep) =>
        new(id, AlmaPurgeErrorKind.Conflict, $"The run {_runId} {what}.", nextStep, _runId);
}
