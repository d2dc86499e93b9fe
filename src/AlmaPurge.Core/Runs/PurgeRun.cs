namespace AlmaPurge.Core.Runs;

/// <summary>
/// One purge of one patron group, from import to verification: its criteria, patrons, journal and what was done so far.
/// There is one such object for a run in a process, shared by all steps. A preview lives in memory alone.
/// </summary>
public sealed partial class PurgeRun : IRunHandle
{
    private const string HoldName = "";

    private readonly object _gate = new();
    private readonly List<string> _running = [];
    private readonly RunFolder? _folder;
    private readonly RunFolder? _reviewFolder;
    private readonly RunLock? _lock;
    private readonly StoredIds _ids;
    private RunDocument _document;
    private IReadOnlyList<AlmaPurgeResult> _results = [];
    private (int Candidates, int Exclusions) _written = (-1, -1);

    internal PurgeRun(RunDocument document, RunFolder? folder, TimeProvider time)
    {
        _document = document;
        _folder = folder;
        _reviewFolder = folder;
        _ids = folder?.Ids ?? StoredIds.Plain;
        _lock = folder is null ? null : new RunLock(folder, document.RunId);
        Time = time;
        Patrons = new PatronTable(document.RunId);
        Journal = folder is null ? Journal.InMemory(time) : Journal.Open(folder, time);
    }

    private PurgeRun(PurgeRun original, string id)
    {
        _document = original.Document with { RunId = id, CreatedAt = original.Time.GetUtcNow() };
        Time = original.Time;
        Patrons = original.Patrons.Copy(id);
        Journal = original.Journal.ToPreview();
        _results = original.Results;
        StoreRoot = original.StoreRoot;

        // A preview writes no review and has those of its run.
        _reviewFolder = original._reviewFolder;
        _ids = original._ids;
    }

    /// <summary>Whether the patrons of the run can be told. Not where the run has tokens and their map was deleted.</summary>
    public bool HasIds => !_ids.AreLost;

    /// <summary>File with the map from tokens to identifiers, which can be deleted; null where there is none.</summary>
    public string? PseudonymPath =>
        Criteria.Pseudonymize && _folder?.Has(RunFolder.PseudonymsName) == true ? _folder.File(RunFolder.PseudonymsName) : null;

    /// <inheritdoc/>
    public string RunId => Document.RunId;

    /// <inheritdoc/>
    public bool IsPreview => _folder is null;

    /// <summary>Folder of the run; null for a preview.</summary>
    public string? Folder => _folder?.Path;

    /// <summary>Folder of the run, or of the one that this is a preview of; null where nothing was ever written.</summary>
    internal string? HomeFolder => _reviewFolder?.Path;

    /// <summary>Folder that holds this run and its neighbours; also for a preview, which has no folder in it.</summary>
    internal string? StoreRoot { get; init; }

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
    /// <exception cref="AlmaPurgeException">The run has tokens, and the map from them to the patrons was deleted.</exception>
    public IEnumerable<AlmaPurgeCandidate> RemainingCandidates()
    {
        RequireIds();
        return Patrons.RemainingIds().Select(id => new AlmaPurgeCandidate(this, id));
    }

    /// <summary>
    /// The remaining candidates and, until the set is built, those kept only because Alma was not to be reached: what a
    /// live check of the run looks at.
    /// </summary>
    public IEnumerable<AlmaPurgeCandidate> CandidatesToCheck()
    {
        IReadOnlyList<string> unreached = Document.Set is null ? Patrons.UnreachedIds() : [];
        return RemainingCandidates().Concat(unreached.Select(id => new AlmaPurgeCandidate(this, id)));
    }

    /// <summary>
    /// A copy in memory that can be planned on; nothing of it is ever applied or written. It has an id of its own, under
    /// which its exclusions can be looked at.
    /// </summary>
    public PurgeRun ToPreview() => IsPreview ? this : RunStore.KeepPreview(RunId, id => new PurgeRun(this, id));

    /// <summary>Begins a step. Until the scope is completed, the run counts as partial.</summary>
    /// <exception cref="AlmaPurgeException">Another process is at work on the run, or has gone on with it; or nobody
    /// can tell its patrons any more.</exception>
    public StepScope BeginStep(string step)
    {
        lock (_gate)
        {
            RequireIds();
            RequireBeforePurge(step);
            RequireClock();
            Alone(
                () =>
                {
                    _ids.Tidy();

                    // Written even if the step was open before: others see by the new revision that somebody was at work.
                    Save(_document with
                    {
                        OpenSteps = [.. _document.OpenSteps.Where(s => s != step), step],
                        Steps = [.. _document.Steps, new StepEntry(step, Time.GetUtcNow(), Workplace.Current)],
                    });
                },
                keep: true);
            _running.Add(step);
            return new StepScope(this, step, _document.Steps.Count - 1);
        }
    }

    /// <summary>
    /// Keeps others off the run without beginning a step: for settling by looking what an earlier process left open.
    /// </summary>
    /// <param name="needsIds">Whether the patrons must be known; not for what is about none of them.</param>
    /// <exception cref="AlmaPurgeException">Another process is at work on the run, or has gone on with it.</exception>
    internal StepScope Hold(bool needsIds = true)
    {
        lock (_gate)
        {
            if (needsIds)
            {
                RequireIds();
            }

            Alone(() => Save(_document), keep: true);
            _running.Add(HoldName);
            return new StepScope(this, HoldName, null);
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

    /// <summary>Deletes the folder while nobody else is at work on the run.</summary>
    internal void DeleteFolder()
    {
        lock (_gate)
        {
            // The lock file is open until the lock is let go, and Windows deletes no file that is open.
            Alone(() => _folder!.DeleteAllBut(RunFolder.LockName));
            _folder!.Delete();
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

    internal void EndStep(string step, int? entry, DateTimeOffset? completedAt)
    {
        lock (_gate)
        {
            _running.Remove(step);
            try
            {
                WritePatrons();
                if (completedAt is not null && entry is { } index)
                {
                    StepEntry ended = _document.Steps[index] with { EndedAt = completedAt };
                    _document = _document with { Steps = [.. _document.Steps.Take(index), ended, .. _document.Steps.Skip(index + 1)] };
                }

                if (completedAt is not null && !_running.Contains(step))
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
}
