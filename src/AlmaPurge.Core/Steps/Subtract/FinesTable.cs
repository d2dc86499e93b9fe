using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>Everybody in the fines files, by primary identifier.</summary>
public sealed class FinesTable
{
    private readonly Dictionary<string, FinesEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RunInput> _inputs = [];
    private IdFilter _filter = new([]);
    private Dictionary<string, FinesEntry>? _withoutZeros;
    private ulong _lengths;

    private FinesTable()
    {
    }

    /// <summary>Rows with an identifier.</summary>
    public int RowCount { get; internal set; }

    /// <summary>Rows that are about no patron: totals, and rows without an identifier.</summary>
    public int IgnoredCount { get; internal set; }

    /// <summary>Different patrons.</summary>
    public int PatronCount => _entries.Count;

    internal IReadOnlyList<RunInput> Inputs => _inputs;

    internal IEnumerable<FinesEntry> Entries => _entries.Values;

    /// <summary>Loads the files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="options">What the operator says about them.</param>
    /// <param name="allowEmpty">Whether a file without rows is what the operator expects: nobody owes.</param>
    /// <param name="reporter">Told of what looks odd.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TableException">A file cannot be used as it is.</exception>
    public static FinesTable Load(
        IReadOnlyList<string> paths,
        TableOptions options,
        bool allowEmpty,
        IStepReporter reporter,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(reporter);
        FinesTable table = new();
        foreach (string path in paths)
        {
            FinesFile file = new(table, path, reporter);
            table._inputs.Add(file.Load(options, allowEmpty, cancellationToken));
        }

        table._filter = new IdFilter(table._entries.Keys);
        return table;
    }

    internal FinesEntry EntryOf(string primaryId)
    {
        ref FinesEntry? entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, primaryId, out _);
        if (entry is null)
        {
            entry = new FinesEntry(primaryId);
            _lengths |= LengthOf(primaryId);
        }

        return entry;
    }

    internal bool TryFind(string primaryId, [NotNullWhen(true)] out FinesEntry? entry)
    {
        entry = null;
        return (_filter.MayHave(primaryId) && _entries.TryGetValue(primaryId, out entry))
            || TryFindWithoutZeros(primaryId, out entry);
    }

    // A spreadsheet takes leading zeros away, from one file and not the other, say. Then the ids differ in length.
    private bool TryFindWithoutZeros(string primaryId, [NotNullWhen(true)] out FinesEntry? entry)
    {
        entry = null;
        return _lengths != LengthOf(primaryId)
            && IsNumber(primaryId)
            && (_withoutZeros ??= IndexWithoutZeros()).TryGetValue(primaryId.TrimStart('0'), out entry);
    }

    private Dictionary<string, FinesEntry> IndexWithoutZeros()
    {
        Dictionary<string, FinesEntry> index = new(StringComparer.Ordinal);
        foreach (FinesEntry entry in _entries.Values.Where(e => IsNumber(e.PrimaryId)))
        {
            index.TryAdd(entry.PrimaryId.TrimStart('0'), entry);
        }

        return index;
    }

    private static ulong LengthOf(string id) => 1UL << Math.Min(id.Length, 63);

    private static bool IsNumber(string id) => id.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
