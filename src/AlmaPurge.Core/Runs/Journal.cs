using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Runs;

/// <summary>A line of the journal.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Kind">intent, outcome or note.</param>
/// <param name="Action">What is changed, such as CreateSet.</param>
/// <param name="Of">For an outcome: number of the intent.</param>
/// <param name="Result">For an outcome: done, refused or unknown.</param>
/// <param name="Data">Ids and the overwritten fields; nothing else of a person.</param>
/// <param name="Previous">SHA-256 of the line before, so that an edited journal is noticed.</param>
public sealed record JournalLine(
    int Number,
    DateTimeOffset Time,
    string Kind,
    string Action,
    int? Of,
    string? Result,
    JObject? Data,
    string Previous);

/// <summary>
/// The append-only record of every change to Alma: an intent, on disk before the request leaves, and an outcome after
/// it. A preview has no journal, and asking it for one is an error.
/// </summary>
public sealed class Journal
{
    private const string NoLine = "";
    private const string Intent = "intent";
    private const string Unknown = "unknown";

    private readonly object _gate = new();
    private readonly RunFolder? _folder;
    private readonly TimeProvider _time;
    private readonly List<JournalLine> _lines = [];
    private string _lastHash = NoLine;
    private long? _wholeLength;

    private Journal(RunFolder? folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
    }

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<JournalLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return _lines.ToArray();
            }
        }
    }

    internal static Journal None { get; } = new(null, TimeProvider.System);

    internal static Journal Open(RunFolder folder, TimeProvider time)
    {
        Journal journal = new(folder, time);
        if (folder.Has(RunFolder.JournalName))
        {
            journal.Load();
        }

        return journal;
    }

    /// <summary>Writes down what is about to be changed. On disk when this returns.</summary>
    /// <returns>Number of the line, for the outcome.</returns>
    public int Intend(string action, object data) => Append(Intent, action, null, null, data);

    /// <summary>Writes down what came of an intent.</summary>
    /// <param name="intent">Number that <see cref="Intend"/> gave.</param>
    /// <param name="action">The intent's action.</param>
    /// <param name="result">done, refused or unknown.</param>
    /// <param name="data">What Alma answered, as far as it matters.</param>
    public void Conclude(int intent, string action, string result, object? data = null) =>
        Append("outcome", action, intent, result, data);

    /// <summary>Writes down a fact that changes nothing in Alma, such as who approved what.</summary>
    public void Note(string action, object data) => Append("note", action, null, null, data);

    /// <summary>The last intent of an action of which nobody knows what came; null if all are settled.</summary>
    public JournalLine? FindUnsettled(string action)
    {
        IReadOnlyList<JournalLine> lines = Lines;
        HashSet<int> settled = [.. lines.Where(l => l.Of is not null && l.Result != Unknown).Select(l => l.Of!.Value)];
        return lines.LastOrDefault(l => l.Kind == Intent && l.Action == action && !settled.Contains(l.Number));
    }

    private int Append(string kind, string action, int? of, string? result, object? data)
    {
        if (_folder is null)
        {
            throw new InvalidOperationException($"A preview came to the point of changing something ({action}).");
        }

        lock (_gate)
        {
            DropHalfLine();
            JObject? fields = data is null ? null : RunJson.Deserialize<JObject>(RunJson.Serialize(data));
            JournalLine line = new(_lines.Count + 1, _time.GetUtcNow(), kind, action, of, result, fields, _lastHash);
            byte[] bytes = Encoding.UTF8.GetBytes(RunJson.Serialize(line));
            using (FileStream stream = _folder.Append(RunFolder.JournalName))
            {
                stream.Write(bytes);
                stream.WriteByte((byte)'\n');
                stream.Flush(flushToDisk: true);
            }

            _lastHash = Hash(bytes);
            _lines.Add(line);
            return line.Number;
        }
    }

    private void Load()
    {
        string[] texts = _folder!.ReadText(RunFolder.JournalName).Split('\n');
        for (int i = 0; i < texts.Length - 1; i++)
        {
            JournalLine? line = TryRead(texts[i]);
            if (line is null || line.Number != i + 1 || line.Previous != _lastHash)
            {
                throw Damaged(i + 1);
            }

            _lines.Add(line);
            _lastHash = Hash(Encoding.UTF8.GetBytes(texts[i]));
        }

        if (texts[^1].Length > 0)
        {
            _wholeLength = texts[..^1].Sum(t => Encoding.UTF8.GetByteCount(t) + 1L);
        }
    }

    // A crash in the middle of a write leaves a last line without its end. Nothing was sent on it: the request only
    // leaves after the line is whole on disk. Whoever only reads leaves it: it may be a line that is being written.
    private void DropHalfLine()
    {
        if (_wholeLength is { } length)
        {
            _folder!.Cut(RunFolder.JournalName, length);
            _wholeLength = null;
        }
    }

    private static JournalLine? TryRead(string text)
    {
        try
        {
            return RunJson.Deserialize<JournalLine>(text);
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }

    private AlmaPurgeException Damaged(int line)
    {
        string path = _folder!.File(RunFolder.JournalName);
        return new AlmaPurgeException(
            "JournalDamaged",
            AlmaPurgeErrorKind.InvalidData,
            $"Line {line} of the journal '{path}' is damaged or was changed.",
            "Restore the file from a backup; the run cannot go on without a record of what was done.",
            path);
    }

    private static string Hash(byte[] line) => Convert.ToHexString(SHA256.HashData(line));
}
