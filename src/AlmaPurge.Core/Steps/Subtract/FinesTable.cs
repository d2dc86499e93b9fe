using System.Runtime.InteropServices;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>Everybody in the fines files, by primary identifier.</summary>
public sealed class FinesTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RunInput> _inputs = [];
    private readonly List<TableSource?> _sources = [];
    private IdFilter _filter = new([]);
    private FinesEntry[] _entries = new FinesEntry[64];
    private Dictionary<string, int>? _withoutZeros;
    private ulong _lengths;

    private FinesTable()
    {
    }

    /// <summary>Rows with an identifier.</summary>
    public int RowCount { get; internal set; }

    /// <summary>Rows that are about no patron: totals, and rows without an identifier.</summary>
    public int IgnoredCount { get; internal set; }

    /// <summary>Different patrons.</summary>
    public int PatronCount => _numbers.Count;

    internal IReadOnlyList<RunInput> Inputs => _inputs;

    /// <summary>The files of <see cref="Inputs"/>; null for an empty one.</summary>
    internal IReadOnlyList<TableSource?> Sources => _sources;

    internal Span<FinesEntry> Entries => _entries.AsSpan(0, PatronCount);

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
        return Load(
            paths.Select<string, (string, Func<TableSource>)>(
                path => (Path.GetFileName(path), () => TableSource.Open(path, options))),
            allowEmpty,
            reporter,
            cancellationToken);
    }

    /// <summary>Loads tables that came from Alma.</summary>
    /// <param name="sources">The tables.</param>
    /// <param name="allowEmpty">Whether one without rows is what the operator expects: nobody owes.</param>
    /// <param name="reporter">Told of what looks odd.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="TableException">A table cannot be used as it is.</exception>
    public static FinesTable Load(
        IReadOnlyList<TableSource> sources,
        bool allowEmpty,
        IStepReporter reporter,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return Load(
            sources.Select<TableSource, (string, Func<TableSource>)>(source => (source.Name, () => source)),
            allowEmpty,
            reporter,
            cancellationToken);
    }

    private static FinesTable Load(
        IEnumerable<(string Name, Func<TableSource> Open)> tables,
        bool allowEmpty,
        IStepReporter reporter,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reporter);
        FinesTable table = new();
        foreach ((string name, Func<TableSource> open) in tables)
        {
            FinesFile file = new(table, name, open, reporter);
            table._inputs.Add(file.Load(allowEmpty, cancellationToken));
            table._sources.Add(file.Source);
        }

        table._filter = new IdFilter(table._numbers.Keys);
        return table;
    }

    /// <summary>The entry of a patron, made if there is none yet.</summary>
    internal ref FinesEntry EntryOf(string primaryId)
    {
        int count = PatronCount;
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, primaryId, out bool exists);
        if (!exists)
        {
            if (count == _entries.Length)
            {
                Array.Resize(ref _entries, count * 2);
            }

            number = count;
            _entries[count] = new FinesEntry { PrimaryId = primaryId };
            _lengths |= LengthBit(primaryId.Length);
        }

        return ref _entries[number];
    }

    /// <summary>The number in <see cref="Entries"/> of a candidate; negative for whoever is not in the files.</summary>
    internal int NumberOf(AlmaPurgeCandidate candidate) =>
        candidate.TryGetUtf8Id(out ReadOnlySpan<byte> id) && !_filter.MayHave(id) && HasOnlyLength(id.Length)
            ? -1
            : NumberOf(candidate.PrimaryId);

    private int NumberOf(string primaryId) =>
        _numbers.TryGetValue(primaryId, out int number) ? number : NumberWithoutZeros(primaryId);

    // A spreadsheet takes leading zeros away, from one file and not the other, say. Then the ids differ in length.
    private int NumberWithoutZeros(string primaryId) =>
        !HasOnlyLength(primaryId.Length)
        && IsNumber(primaryId)
        && (_withoutZeros ??= IndexWithoutZeros()).TryGetValue(primaryId.TrimStart('0'), out int number)
            ? number
            : -1;

    private Dictionary<string, int> IndexWithoutZeros()
    {
        Dictionary<string, int> index = new(StringComparer.Ordinal);
        foreach ((string id, int number) in _numbers.Where(n => IsNumber(n.Key)))
        {
            index.TryAdd(id.TrimStart('0'), number);
        }

        return index;
    }

    private bool HasOnlyLength(int length) => _lengths == LengthBit(length);

    private static ulong LengthBit(int length) => 1UL << Math.Min(length, 63);

    private static bool IsNumber(string id) => id.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
