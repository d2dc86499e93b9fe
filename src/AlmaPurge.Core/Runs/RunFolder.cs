namespace AlmaPurge.Core.Runs;

/// <summary>The folder of a run: for its owner only, each file replaced whole or not at all.</summary>
internal sealed class RunFolder
{
    public const string DocumentName = "run.json";
    public const string JournalName = "journal.jsonl";
    public const string CandidatesName = "candidates.csv";
    public const string ExclusionsName = "exclusions.csv";
    public const string ResultsName = "results.csv";
    public const string KeepListName = "keeplist.csv";
    public const string PseudonymsName = "pseudonyms.csv";
    public const string InputsName = "inputs";
    public const string HandoffName = "handoff.txt";
    public const string ReportName = "report.html";
    public const string LockName = "run.lock";

    /// <summary>Files by which a folder is known as one of a run.</summary>
    public static readonly string[] MarkNames = [DocumentName, JournalName, CandidatesName];

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    public RunFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>How identifiers stand in its files.</summary>
    public StoredIds Ids { get; init; } = StoredIds.Plain;

    public static RunFolder Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // The user's own profile, where runs live by default, is private there by inheritance.
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnerFolder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Trouble("create the run folder", path, e);
        }

        return new RunFolder(path);
    }

    /// <summary>Makes a folder in the folder, if it is not there yet; for the owner only, too.</summary>
    public void MakeFolder(string name) => Create(File(name));

    /// <summary>Deletes a file, and what an attempt to write it has left; neither need be there.</summary>
    public void Drop(string name) => Guard("delete", name, () =>
    {
        System.IO.File.Delete(File(name));
        System.IO.File.Delete(File(name + ".tmp"));
        return true;
    });

    /// <summary>Deletes what an attempt to write a file has left.</summary>
    public void DropHalf(string name) => Guard("delete", name, () =>
    {
        System.IO.File.Delete(File(name + ".tmp"));
        return true;
    });

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public bool Has(string name) => System.IO.File.Exists(File(name));

    public FileStream Append(string name) => Guard("write", name, () => Open(name, FileMode.Append, FileShare.Read));

    /// <summary>Locks a file against other processes; null if one of them has it.</summary>
    public FileStream? TryLock(string name) => Guard("lock", name, () =>
    {
        try
        {
            return Open(name, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException) && Has(name))
        {
            return null;
        }
    });

    public string ReadText(string name) => Guard("read", name, () =>
    {
        // Others may be writing: readers work meanwhile.
        using StreamReader reader = new(Read(name));
        return reader.ReadToEnd();
    });

    public void Cut(string name, long length) => Guard("write", name, () =>
    {
        using FileStream stream = new(File(name), FileMode.Open, FileAccess.Write, FileShare.Read);
        stream.SetLength(length);
        stream.Flush(flushToDisk: true);
        return true;
    });

    public Stream Read(string name) => Guard(
        "read",
        name,
        () => new FileStream(File(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>Replaces a file so that a crash leaves the old or the new one, never a half.</summary>
    public void Replace(string name, Action<Stream> write) => Guard("write", name, () =>
    {
        string temporary = name + ".tmp";
        using (FileStream stream = Open(temporary, FileMode.Create, FileShare.None))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        Ids.Keep();
        System.IO.File.Move(File(temporary), File(name), overwrite: true);
        return true;
    });

    /// <summary>Deletes what is in the folder, one file aside.</summary>
    public void DeleteAllBut(string name) => Guard("delete", DocumentName, () =>
    {
        foreach (string folder in Directory.GetDirectories(Path))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (string file in Directory.GetFiles(Path).Where(f => System.IO.Path.GetFileName(f) != name))
        {
            System.IO.File.Delete(file);
        }

        return true;
    });

    /// <summary>Deletes the folder with all that is in it.</summary>
    public void Delete() => Guard("delete", DocumentName, () =>
    {
        Directory.Delete(Path, recursive: true);
        return true;
    });

    /// <summary>Does something with a file that is open, so that trouble with the disk is told as ours.</summary>
    public void Guarded(string name, Action work) => Guard("write", name, () =>
    {
        work();
        return true;
    });

    private FileStream Open(string name, FileMode mode, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.Write, Share = share, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new FileStream(File(name), options);
    }

    private T Guard<T>(string verb, string name, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Trouble($"{verb} {name} of the run folder", File(name), e);
        }
    }

    private static AlmaPurgeException Trouble(string what, string path, Exception cause) => new(
        "RunFolderUnavailable",
        AlmaPurgeErrorKind.Unavailable,
        $"Could not {what} at '{path}': {cause.Message}",
        "Check that the disk has room and that the folder exists and is yours, then run the step again.",
        path,
        cause);
}
