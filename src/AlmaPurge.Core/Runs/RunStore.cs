using System.Globalization;
using System.Text;
using Newtonsoft.Json;

namespace AlmaPurge.Core.Runs;

/// <summary>Makes, opens and lists runs. In one process there is one object for a run.</summary>
public sealed class RunStore
{
    private const string RunsVariable = "ALMAPURGE_RUNS";
    private const string PreviewPrefix = "preview-";

    private static readonly Dictionary<string, WeakReference<PurgeRun>> s_open = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, PurgeRun> s_previews = new(StringComparer.OrdinalIgnoreCase);
    private static readonly object s_gate = new();

    private readonly TimeProvider _time;

    /// <summary>Makes a store.</summary>
    /// <param name="root">Folder that holds the run folders; null for the default.</param>
    /// <param name="time">Clock.</param>
    public RunStore(string? root = null, TimeProvider? time = null)
    {
        Root = Path.GetFullPath(root ?? DefaultRoot());
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Folder that holds the run folders.</summary>
    public string Root { get; }

    /// <summary>Default: <c>ALMAPURGE_RUNS</c>, else the user's local application data.</summary>
    public static string DefaultRoot()
    {
        string? configured = Environment.GetEnvironmentVariable(RunsVariable);
        return string.IsNullOrWhiteSpace(configured)
            ? Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData,
                    Environment.SpecialFolderOption.DoNotVerify),
                "AlmaPurge",
                "Runs")
            : configured;
    }

    /// <summary>Makes a run with its folder, or, for a preview, in memory.</summary>
    /// <param name="criteria">What the run is started with.</param>
    /// <param name="preview">Whether it is one.</param>
    /// <param name="keeping">How its record is kept; null for all of it, and for as long as nobody deletes it.</param>
    public PurgeRun Create(PurgeCriteria criteria, bool preview, RunKeeping? keeping = null)
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (s_gate)
        {
            string id = FreeId(criteria, now, preview);
            RunDocument document = new()
            {
                RunId = id,
                CreatedAt = now,
                MadeBy = Workplace.Current,
                Criteria = criteria,
                NoArchive = criteria.Pseudonymize || keeping?.NoArchive is true ? true : null,
                RetainUntil = keeping?.RetainUntil,
            };
            if (preview)
            {
                return s_previews[id] = new PurgeRun(document, null, _time) { StoreRoot = Root };
            }

            string path = Path.Combine(Root, id);
            RunFolder folder = RunFolder.Create(path);
            folder = criteria.Pseudonymize ? new RunFolder(path) { Ids = new Pseudonyms(folder) } : folder;
            KeepListFile.Write(folder, criteria.KeepList);
            KeepList keepList = criteria.KeepList.AsStored(folder.Ids);
            folder.Ids.Keep();
            PurgeRun run = new(document with { Criteria = criteria with { KeepList = keepList } }, folder, _time)
            {
                StoreRoot = Root,
            };
            run.SaveNew();
            s_open[path] = new WeakReference<PurgeRun>(run);
            return run;
        }
    }

    /// <summary>Opens a run by its id, or by its folder.</summary>
    /// <exception cref="AlmaPurgeException">There is none, or it is damaged.</exception>
    public PurgeRun Open(string idOrFolder)
    {
        lock (s_gate)
        {
            if (s_previews.TryGetValue(idOrFolder, out PurgeRun? preview))
            {
                return preview;
            }

            string path = FindFolder(idOrFolder);
            if (s_open.TryGetValue(path, out WeakReference<PurgeRun>? known)
                && known.TryGetTarget(out PurgeRun? open)
                && open.HasIds == HasIds(path, open.Criteria)
                && open.Document.Revision == ReadDocument(new RunFolder(path)).Revision)
            {
                return open;
            }

            PurgeRun run = Load(path);
            s_open[path] = new WeakReference<PurgeRun>(run);
            return run;
        }
    }

    /// <summary>Finds a run as <see cref="Open"/> does; one that is damaged as Broken, with the reason.</summary>
    /// <exception cref="AlmaPurgeException">There is none.</exception>
    public AlmaPurgeRun Find(string idOrFolder)
    {
        try
        {
            return Open(idOrFolder).ToModel();
        }
        catch (AlmaPurgeException e) when (Array.Find(Places(idOrFolder), IsRunFolder) is { } folder)
        {
            return new BrokenRun(folder, e).ToModel();
        }
    }

    /// <summary>
    /// All runs under the root and, if asked for, the previews of this process; newest first. A run that is damaged is
    /// among them as Broken, with the reason.
    /// </summary>
    /// <param name="includePreviews">Whether to list the previews too, which are under no root.</param>
    public IReadOnlyList<AlmaPurgeRun> List(bool includePreviews)
    {
        List<AlmaPurgeRun> runs = [.. Folders().Select(Look)];
        if (includePreviews)
        {
            lock (s_gate)
            {
                runs.AddRange(s_previews.Values.Select(r => r.ToModel()));
            }
        }

        return [.. runs.OrderByDescending(r => r.CreatedAt)];
    }

    /// <summary>Stops unless the run may be deleted.</summary>
    /// <param name="run">The run.</param>
    /// <param name="force">Whether to delete it though it is to be kept for longer. Holds for nothing else.</param>
    /// <exception cref="AlmaPurgeException">The run is unfinished, or to be kept for longer.</exception>
    public static void RequireRemovable(PurgeRun run, bool force = false) => RunRemoval.Require(run, force);

    /// <summary>Deletes the folder of a run, or forgets a preview.</summary>
    /// <param name="run">The run.</param>
    /// <param name="force">Whether to delete it though it is to be kept for longer. Holds for nothing else.</param>
    /// <exception cref="AlmaPurgeException">
    /// The run is unfinished or to be kept for longer, or another process is at work on it.
    /// </exception>
    public static void Remove(PurgeRun run, bool force = false)
    {
        RunRemoval.Require(run, force);
        lock (s_gate)
        {
            if (run.Folder is not { } path)
            {
                s_previews.Remove(run.RunId);
                return;
            }

            run.DeleteFolder();
            s_open.Remove(path);
        }
    }

    /// <summary>Ids of the runs under the root, newest first, without opening any; then those of the previews.</summary>
    public IEnumerable<string> ListIds()
    {
        IEnumerable<string> ids = Folders()
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .Select(f => Path.GetFileName(f));
        lock (s_gate)
        {
            return [.. ids, .. s_previews.Keys];
        }
    }

    internal static PurgeRun KeepPreview(string originalId, Func<string, PurgeRun> copy)
    {
        lock (s_gate)
        {
            string id = FreeId(PreviewPrefix + originalId, s_previews.ContainsKey);
            return s_previews[id] = copy(id);
        }
    }

    internal static void Write(RunFolder folder, RunDocument document) =>
        folder.Replace(
            RunFolder.DocumentName,
            stream => stream.Write(Encoding.UTF8.GetBytes(
                RunJson.Serialize(Translate(document, folder.Ids.ToStored), Formatting.Indented) + "\n")));

    internal static RunDocument ReadDocument(RunFolder folder)
    {
        try
        {
            return RunJson.Deserialize<RunDocument>(folder.ReadText(RunFolder.DocumentName));
        }
        catch (JsonException e)
        {
            string path = folder.File(RunFolder.DocumentName);
            throw new AlmaPurgeException(
                "RunFolderDamaged",
                AlmaPurgeErrorKind.InvalidData,
                $"The file '{path}' cannot be read: {e.Message}",
                "Restore it from a backup.",
                path,
                e);
        }
    }

    // Whatever has one of the files was a run once, even if another one is lost.
    private static bool IsRunFolder(string path) =>
        Array.Exists(RunFolder.MarkNames, name => File.Exists(Path.Combine(path, name)));

    private IEnumerable<string> Folders() => (Directory.Exists(Root) ? Directory.GetDirectories(Root) : []).Where(IsRunFolder);

    private AlmaPurgeRun Look(string folder)
    {
        try
        {
            return Open(folder).ToModel();
        }
        catch (AlmaPurgeException e)
        {
            return new BrokenRun(folder, e).ToModel();
        }
    }

    private PurgeRun Load(string path)
    {
        RunFolder folder = new(path);
        RunDocument document = ReadDocument(folder);
        folder = new RunFolder(path) { Ids = StoredIds.Of(folder, document.Criteria) };
        document = Translate(document, folder.Ids.FromStored);
        KeepList keepList = KeepListFile.Read(folder, document.Criteria.KeepList);
        PurgeRun run = new(document with { Criteria = document.Criteria with { KeepList = keepList } }, folder, _time)
        {
            StoreRoot = Path.GetDirectoryName(path),
        };
        run.LoadPatrons();
        return run;
    }

    // The hash of a file of a few identifiers could be found by trying.
    private static RunDocument Translate(RunDocument document, Func<string, string> translate) =>
        !document.Criteria.Pseudonymize ? document : document with
        {
            Inputs = [.. document.Inputs.Select(i => i with { Sha256 = i.Sha256 is null ? null : translate(i.Sha256) })],
            Exports = [.. document.Exports.Select(e => e with { Sha256 = translate(e.Sha256) })],
        };

    private static bool HasIds(string path, PurgeCriteria criteria) =>
        !criteria.Pseudonymize || new RunFolder(path).Has(RunFolder.PseudonymsName);

    private string FindFolder(string idOrFolder)
    {
        return Array.Find(Places(idOrFolder), p => File.Exists(Path.Combine(p, RunFolder.DocumentName)))
            ?? throw new AlmaPurgeException(
                "RunNotFound",
                AlmaPurgeErrorKind.NotFound,
                $"There is no run '{idOrFolder}', neither as a folder nor under '{Root}'.",
                "List the runs with Get-AlmaPurgeRun, or set ALMAPURGE_RUNS to where they are.",
                idOrFolder);
    }

    private string[] Places(string idOrFolder) =>
        [Path.GetFullPath(idOrFolder), Path.GetFullPath(Path.Combine(Root, idOrFolder))];

    private string FreeId(PurgeCriteria criteria, DateTimeOffset now, bool preview)
    {
        string group = FileName(criteria.UserGroupCode ?? criteria.UserGroup);
        string stem = string.Create(CultureInfo.InvariantCulture, $"{group}-{now.UtcDateTime:yyyyMMdd-HHmmss}");
        stem = preview ? PreviewPrefix + stem : stem;
        return FreeId(stem, id => s_previews.ContainsKey(id) || Directory.Exists(Path.Combine(Root, id)));
    }

    private static string FreeId(string stem, Func<string, bool> isTaken)
    {
        string id = stem;
        for (int i = 2; isTaken(id); i++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}");
        }

        return id;
    }

    private static string FileName(string group) =>
        string.Concat(group.Trim().Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '-'));
}
