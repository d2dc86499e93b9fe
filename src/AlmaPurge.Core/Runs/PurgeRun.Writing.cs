namespace AlmaPurge.Core.Runs;

/// <content>What keeps the files of a run whole, and other processes off it.</content>
public sealed partial class PurgeRun
{
    /// <summary>Writes what was read of an input file.</summary>
    /// <param name="name">Name below the run folder, in the folder of the inputs.</param>
    /// <param name="write">Writes it.</param>
    internal void WriteInput(string name, Action<Stream> write) => _folder!.Replace(name, write);

    /// <summary>Makes the folder of the inputs, if it is not there yet.</summary>
    internal void MakeInputFolder() => _folder!.MakeFolder(RunFolder.InputsName);

    /// <summary>Deletes what was written of an input file, or half written.</summary>
    internal void DropInput(string name) => _folder!.Drop(name);

    /// <summary>Stops where nobody can tell the patrons any more: a step would ask Alma for tokens.</summary>
    /// <exception cref="AlmaPurgeException">The run has tokens, and the map from them to the patrons was deleted.</exception>
    internal void RequireIds() => _ids.Require(Document);

    /// <summary>How an identifier, or a hash of some, stands in the files of the run.</summary>
    internal string ShowId(string id) => _ids.ToStored(id);

    /// <summary>Whether identifiers stand in the files as tokens. A preview that never had a folder has no files.</summary>
    internal bool HidesIds => !_ids.IsPlain;

    /// <summary>Writes a text for people into the folder; a preview has none.</summary>
    internal void WriteText(string name, string text) => _folder?.Replace(name, stream =>
    {
        using StreamWriter writer = new(stream, leaveOpen: true);
        writer.Write(text);
    });

    /// <summary>A text of the folder; empty where it was never written.</summary>
    internal string ReadText(string name) => _folder?.Has(name) == true ? _folder.ReadText(name) : "";

    /// <summary>Keeps others off the run while something is still written that belongs to a step which has ended.</summary>
    /// <exception cref="AlmaPurgeException">Another process is at work on the run, or has gone on with it.</exception>
    internal IDisposable KeepLocked()
    {
        lock (_gate)
        {
            Alone(() => { }, keep: true);
            _running.Add(HoldName);
            return new Kept(this);
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
        if (_document.Purge is { } purge && step is not (StepNames.Purge or StepNames.Verify or StepNames.Undo))
        {
            throw new AlmaPurgeException(
                "PurgeAlreadyStarted",
                AlmaPurgeErrorKind.InvalidOperation,
                $"A purge of the run {RunId} was started ({purge.Route}, {purge.Status}), so the step {step} comes too late.",
                "Pipe the run to Confirm-AlmaPurge, or start a new run.",
                RunId);
        }
    }

    private void RequireClock()
    {
        if (_folder is not null)
        {
            Journal.RequireClock();
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

    private sealed class Kept(PurgeRun run) : IDisposable
    {
        public void Dispose()
        {
            lock (run._gate)
            {
                run._running.Remove(HoldName);
                run.Release();
            }
        }
    }
}
