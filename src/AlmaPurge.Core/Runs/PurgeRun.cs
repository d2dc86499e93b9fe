namespace AlmaPurge.Core.Runs;

/// <summary>
/// One purge of one patron group, from import to verification: its criteria, patrons, journal and what was done so far.
/// There is one such object for a run in a process, shared by all steps. A preview lives in memory alone.
/// </summary>
public sealed class PurgeRun : IRunHandle
{
    private readonly object _gate = new();
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly RunFolder? _folder;
    private RunDocument _document;
    private IReadOnlyList<AlmaPurgeResult> _results = [];
    private FileStream? _lock;

    internal PurgeRun(RunDocument document, RunFolder? folder, TimeProvider time)
    {
        _document = document;
        _folder = folder;
        Time = time;
        Patrons = new PatronTable(document.RunId);
        Journal = folder is null ? Journal.None : Journal.Open(folder, time);
    }

    private PurgeRun(PurgeRun original)
    {
        _document = original.Document;
        Time = original.Time;
        Patrons = original.Patrons.Copy(original.RunId);
        Journal = Journal.None;
        _results = original.Results;
    }

    /// <inheritdoc/>
    public string RunId => Document.RunId;

    /// <inheritdoc/>
    public bool IsPreview => _folder is null;

    /// <summary>Folder of the run; null for a preview.</summary>
    public string? Folder => _folder?.Path;

    /// <summary>Everything but patrons and journal, as of now.</summary>
    public RunDocument Document
    {
        get
        {
            lock (_gate)
            {
                return _document;
            }
        }
    }

    /// <summary>What the run was started with.</summary>
    public PurgeCriteria Criteria => Document.Criteria;

    /// <summary>The patrons.</summary>
    public PatronTable Patrons { get; }

    /// <summary>The record of every change to Alma.</summary>
    public Journal Journal { get; }

    /// <summary>What became of each patron; empty before the verification.</summary>
    public IReadOnlyList<AlmaPurgeResult> Results
    {
        get
        {
            lock (_gate)
            {
                return _results;
            }
        }
    }

    internal TimeProvider Time { get; }

    /// <summary>Steps that began in an earlier process and never ended.</summary>
    public IReadOnlyList<string> UnfinishedSteps
    {
        get
        {
            lock (_gate)
            {
                return [.. _document.OpenSteps.Where(s => !_running.Contains(s))];
            }
        }
    }

    /// <summary>A copy in memory that can be planned on; nothing of it is ever applied or written.</summary>
    public PurgeRun ToPreview() => IsPreview ? this : new PurgeRun(this);

    /// <summary>Begins a step. Until the scope is completed, the run counts as partial.</summary>
    /// <exception cref="AlmaPurgeException">Another process is at work on the run, or has gone on with it.</exception>
    public StepScope BeginStep(string step)
    {
        lock (_gate)
        {
            if (_running.Count == 0)
            {
                TakeLock();
            }

            _running.Add(step);
            if (!_document.OpenSteps.Contains(step))
            {
                Save(_document with { OpenSteps = [.. _document.OpenSteps, step] });
            }

            return new StepScope(this, step);
        }
    }

    /// <summary>Changes the document and writes it.</summary>
    public void Update(Func<RunDocument, RunDocument> change)
    {
        lock (_gate)
        {
            bool isLocked = _running.Count > 0;
            if (!isLocked)
            {
                TakeLock();
            }

            try
            {
                Save(change(_document));
            }
            finally
            {
                if (!isLocked)
                {
                    ReleaseLock();
                }
            }
        }
    }

    /// <summary>Writes patrons and exclusions. A preview has nowhere to write.</summary>
    public void Flush()
    {
        if (_folder is null)
        {
            return;
        }

        lock (_gate)
        {
            PatronFiles.WriteCandidates(_folder, Patrons);
            PatronFiles.WriteExclusions(_folder, Patrons);
        }
    }

    /// <summary>Takes over and writes what became of each patron.</summary>
    public void SetResults(IReadOnlyList<AlmaPurgeResult> results)
    {
        lock (_gate)
        {
            _results = results;
            if (_folder is not null)
            {
                PatronFiles.WriteResults(_folder, results);
            }
        }
    }

    internal void LoadPatrons()
    {
        PatronFiles.ReadInto(_folder!, Patrons, RunId);
        _results = PatronFiles.ReadResults(_folder!, RunId);
    }

    internal void SaveNew()
    {
        lock (_gate)
        {
            Save(_document);
        }
    }

    internal void EndStep(string step, bool completed)
    {
        lock (_gate)
        {
            _running.Remove(step);
            try
            {
                Flush();
                if (completed)
                {
                    Save(_document with { OpenSteps = [.. _document.OpenSteps.Where(s => s != step)] });
                }
            }
            finally
            {
                if (_running.Count == 0)
                {
                    ReleaseLock();
                }
            }
        }
    }

    private void Save(RunDocument document)
    {
        _document = document with { Revision = document.Revision + 1 };
        if (_folder is not null)
        {
            RunStore.Write(_folder, _document);
        }
    }

    private void ReleaseLock()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private void TakeLock()
    {
        if (_folder is null)
        {
            return;
        }

        try
        {
            _lock = _folder.Lock(RunFolder.LockName);
        }
        catch (IOException e)
        {
            throw Conflict("RunInUse", "is being worked on by another process", "Wait until that one has ended.", e);
        }

        if (RunStore.ReadDocument(_folder).Revision != _document.Revision)
        {
            ReleaseLock();
            throw Conflict("RunChangedElsewhere", "has gone on in another process", "Open it anew with Get-AlmaPurgeRun.");
        }
    }

    private AlmaPurgeException Conflict(string id, string what, string nextStep, Exception? cause = null) =>
        new(id, AlmaPurgeErrorKind.Conflict, $"The run {RunId} {what}.", nextStep, RunId, cause);
}
