using System.Text;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// The append-only record of every change to Alma: an intent, on disk before the request leaves, and an outcome after
/// it. A preview has the lines of its run in memory, and asking it for an intent is an error.
/// </summary>
public sealed class Journal
{
    private const string Intent = "intent";
    private const string Outcome = "outcome";

    // Clocks are put right by a little now and then; more than this is no correction.
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(5);

    private readonly object _gate = new();
    private readonly RunFolder? _folder;
    private readonly TimeProvider _time;
    private readonly List<JournalLine> _lines = [];
    private string _lastHash = JournalChain.NoHash;
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

    internal static Journal InMemory(TimeProvider time) => new(null, time);

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
    /// <exception cref="AlmaPurgeException">The folder cannot be written, or the clock was set back.</exception>
    public int Intend(string action, object data)
    {
        RequireClock();
        return Append(Intent, action, null, null, data);
    }

    /// <summary>Writes down what came of an intent.</summary>
    /// <param name="intent">Number that <see cref="Intend"/> gave.</param>
    /// <param name="action">The intent's action.</param>
    /// <param name="result">One of <see cref="JournalResults"/>.</param>
    /// <param name="data">What Alma answered, as far as it matters.</param>
    public void Conclude(int intent, string action, string result, object? data = null) =>
        Append(Outcome, action, intent, result, data);

    /// <summary>Writes down a fact that changes nothing in Alma, such as who approved what.</summary>
    public void Note(string action, object data) => Append("note", action, null, null, data);

    /// <summary>The last intent of an action of which nobody knows what came; null if all are settled.</summary>
    public JournalLine? FindUnsettled(string action) => Unsettled().LastOrDefault(l => l.Action == action);

    /// <summary>The intents of which nobody knows what came, in their order: a crash, or a lost answer.</summary>
    public IReadOnlyList<JournalLine> Unsettled() => UnsettledOf(Lines);

    /// <summary>The intents among the lines of a journal of which nobody knows what came.</summary>
    internal static IReadOnlyList<JournalLine> UnsettledOf(IReadOnlyList<JournalLine> lines)
    {
        HashSet<int> settled =
            [.. lines.Where(l => l.Of is not null && l.Result != JournalResults.Unknown).Select(l => l.Of!.Value)];
        return [.. lines.Where(l => l.Kind == Intent && !settled.Contains(l.Number))];
    }

    /// <summary>The intents of an action with what came of each in the end.</summary>
    internal IReadOnlyList<(JournalLine Intent, JournalLine Outcome)> Settled(string action)
    {
        IReadOnlyList<JournalLine> lines = Lines;
        return
        [
            .. lines
                .Where(l => l.Action == action && l.Of is not null && l.Result != JournalResults.Unknown)
                .Select(l => (lines[l.Of!.Value - 1], l)),
        ];
    }

    /// <summary>The lines as of now, for a preview: looking may settle them there in memory, and nothing is written.</summary>
    internal Journal ToPreview()
    {
        Journal copy = new(null, _time);
        copy._lines.AddRange(Lines);
        return copy;
    }

    /// <summary>Stops where the clock is behind the last line: ages and days could not be trusted.</summary>
    internal void RequireClock()
    {
        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset last = Lines is [.., { } line] ? line.Time : DateTimeOffset.MinValue;
        if (now + s_clockTolerance < last)
        {
            throw new AlmaPurgeException(
                "ClockSetBack",
                AlmaPurgeErrorKind.InvalidOperation,
                FormattableString.Invariant($"The clock says {now:u}, but the run was worked on at {last:u}, so how old a check is cannot be told."),
                "Set this computer's clock right, then run the step again.");
        }
    }

    private int Append(string kind, string action, int? of, string? result, object? data)
    {
        if (_folder is null && kind != Outcome)
        {
            throw new InvalidOperationException($"A preview came to the point of changing something ({action}).");
        }

        lock (_gate)
        {
            JObject? fields = data is null ? null : RunJson.Deserialize<JObject>(RunJson.Serialize(data));
            JournalLine line = new(_lines.Count + 1, _time.GetUtcNow(), kind, action, of, result, fields, _lastHash)
            {
                Operator = kind == Outcome ? null : Workplace.Current.Operator,
            };
            if (_folder is not null)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(RunJson.Serialize(Translate(line, _folder.Ids.ToStored)));
                _folder.Ids.Keep();
                DropHalfLine();
                Write(_folder, bytes);
                _lastHash = JournalChain.Hash(bytes);
            }

            _lines.Add(line);
            return line.Number;
        }
    }

    private void Write(RunFolder folder, byte[] line) => folder.Guarded(RunFolder.JournalName, () =>
    {
        using FileStream stream = folder.Append(RunFolder.JournalName);

        // Until the line is whole on disk the journal ends before it: a full disk may take half of it.
        _wholeLength = stream.Position;
        stream.Write(line);
        stream.WriteByte((byte)'\n');
        stream.Flush(flushToDisk: true);
        _wholeLength = null;
    });

    private void Load()
    {
        JournalChain chain = JournalChain.Read(_folder!.ReadText(RunFolder.JournalName));
        if (chain.DamagedLine is { } line)
        {
            throw Damaged(line);
        }

        _lines.AddRange(chain.Lines.Select(l => Translate(l, _folder.Ids.FromStored)));
        _lastHash = chain.LastHash;
        _wholeLength = chain.HalfLineStart;
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

    private JournalLine Translate(JournalLine line, Func<string, string> translate) =>
        _folder!.Ids.IsPlain || line.Data is null ? line : line with { Data = JournalIds.Translate(line.Data, translate) };

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
}
