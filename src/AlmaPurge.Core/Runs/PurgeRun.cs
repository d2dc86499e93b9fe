namespace AlmaPurge.Core.Runs;

/// <summary>
/// One purge of one patron group, from import to verification: its criteria, patrons, journal and what was done so far.
/// There is one such object for a run in a process, shared by all steps. A preview lives in memory alone.
/// </summary>
public sealed class PurgeRun : IRunHandle
{
    private readonly object _gate = new();
    private readonly List<string> _running = [];
    private readonly RunFolder? _folder;
    private readonly RunLock? _lock;
    private RunDocument _document;
    private IReadOnlyList<AlmaPurgeResult> _results = [];
    private (int Candidates, int Exclusions) _written = (-1, -1);

    internal PurgeRun(RunDocument document, RunFolder? folder, TimeProvider time)
    {
        _document = document;
        _folder = folder;
        _lock = folder is null ? null : new RunLock(folder, document.RunId);
        Time = time;
        Patrons = new PatronTable(document.RunId);
        Journal = folder is null ? Journal.None : Journal.Open(folder, time);
    }

    private PurgeRun(PurgeRun original, string id)
    {
        _document = original.Document with { RunId = id, CreatedAt = original.Time.GetUtcNow() };
        Time = original.Time;
        Patrons = original.Patrons.Copy(id);
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

    /// <summary>Candidates who are not excluded, in the order of the import, each known by the identifier alone.</summary>
    public IEnumerable<AlmaPurgeCandidate> RemainingCandidates() =>
        Patrons.RemainingIds().Select(id => new AlmaPurgeCandidate(this, id));

    /// <summary>
    /// A copy in memory that can be planned on; nothing of it is ever applied or written. It has an id of its own, under
    /// which its exclusions can be looked at.
    /// </summary>
    public PurgeRun ToPreview() => IsPreview ? this : RunStore.KeepPreview(RunId, id => new PurgeRun(this, id));

    /// <summary>Begins a step. Until the scope is completed, the run counts as partial.</summary>
    /// <exception cref="AlmaPurgeException">Another process is at work on the run, or has gone on with it.</exception>
    public StepScope BeginStep(string step)
    {
        lock (_gate)
        {
            RequireBeforePurge(step);

            // Written even if the step was open before: others see by the new revision that somebody was at work.
            Alone(() => Save(_document with { OpenSteps = [.. _document.OpenSteps.Where(s => s != step), step] }), keep: true);
            _running.Add(step);
            return new StepScope(this, step);
        }
    }

    /// <summary>Changes the document and writes it.</summary>
    /// <exception cref="AlmaPurgeException">Another process is at work on the run, or has gone on with it.</exception>
    public void Update(Func<RunDocument, RunDocument> change)
    {
        lock (_gate)
        {
            Alone(() => Save(change(_document)));
        }
    }

    /// <summary>Writes patrons and exclusions. A preview has nowhere to write.</summary>
    /// <exception cref="AlmaPurgeException">Another process is at work on the run, or has gone on with it.</exception>
    public void Flush()
    {
        lock (_gate)
        {
            Alone(() =>
            {
                WritePatrons();
                Save(_document);
            });
        }
    }

    /// <summary>Takes over and writes what became of each patron.</summary>
    public void SetResults(IReadOnlyList<AlmaPurgeResult> results)
    {
        lock (_gate)
        {
            _results = results;
            if (_folder is { } folder)
            {
                Alone(() => PatronFiles.WriteResults(folder, results));
            }
        }
    }

    internal void LoadPatrons()
    {
        // An import that broke off before its end has left nothing that could be read.
        if (_folder!.Has(RunFolder.CandidatesName)
            || (Document.ImportedAt is not null && !Document.OpenSteps.Contains(StepNames.Import)))
        {
            PatronFiles.ReadInto(_folder, Patrons, RunId);
            RequireWhole(RunFolder.CandidatesName, Patrons.CandidateCount, Document.CandidateCount);
            RequireWhole(RunFolder.ExclusionsName, Patrons.ExclusionCount, Document.ExclusionCount);
        }

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
                WritePatrons();
                if (completed && !_running.Contains(step))
                {
                    Save(_document with { OpenSteps = [.. _document.OpenSteps.Where(s => !StepNames.Settles(step, s))] });
                }
            }
            finally
            {
                Release();
            }
        }
    }

    // A file cut off at the end of a line reads well and has lost somebody, maybe one who is to stay.
    private void RequireWhole(string name, int count, int expected)
    {
        if (count < expected)
        {
            throw new AlmaPurgeException(
                "RunFolderDamaged",
                AlmaPurgeErrorKind.InvalidData,
                FormattableString.Invariant($"The file '{_folder!.File(name)}' has {count} patrons where {expected} were written."),
                "Restore it from a backup; a run must not go on without all of its patrons.",
                _folder.File(name));
        }
    }

    // After the purge those who are gone would be taken for patrons who stay, and the account would be wrong.
    private void RequireBeforePurge(string step)
    {
        if (_document.Purge is { } purge && step is not (StepNames.Purge or StepNames.Verify))
        {
            throw new AlmaPurgeException(
                "PurgeAlreadyStarted",
                AlmaPurgeErrorKind.InvalidOperation,
                $"A purge of the run {RunId} was started ({purge.Route}, {purge.Status}), so the step {step} comes too late.",
                "Pipe the run to Confirm-AlmaPurge, or start a new run.",
                RunId);
        }
    }

    private void WritePatrons()
    {
        if (_folder is null)
        {
            return;
        }

        // Each step ends with writing, and most steps change one of the two, or neither.
        (int Candidates, int Exclusions) now = (Patrons.CandidateRevision, Patrons.ExclusionRevision);
        if (now.Candidates != _written.Candidates)
        {
            PatronFiles.WriteCandidates(_folder, Patrons);
        }

        if (now.Exclusions != _written.Exclusions)
        {
            PatronFiles.WriteExclusions(_folder, Patrons);
        }

        _written = now;
        _document = _document with
        {
            CandidateCount = Patrons.CandidateCount,
            ExclusionCount = Patrons.ExclusionCount,
        };
    }

    private void Save(RunDocument document)
    {
        RunDocument next = document with { Revision = document.Revision + 1 };
        if (_folder is not null)
        {
            RunStore.Write(_folder, next);
        }

        _document = next;
    }

    // Outside of a step nobody holds the lock yet, and another process may have gone on with the run.
    private void Alone(Action work, bool keep = false)
    {
        if (_running.Count == 0)
        {
            _lock?.Take(_document.Revision);
        }

        bool isDone = false;
        try
        {
            work();
            isDone = true;
        }
        finally
        {
            if (!keep || !isDone)
            {
                Release();
            }
        }
    }

    private void Release()
    {
        if (_running.Count == 0)
        {
            _lock?.Release();
        }
    }
}
