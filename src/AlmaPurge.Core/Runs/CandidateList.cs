using System.Collections;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// The ids of a run's candidates in the order of the import. Keeps the lists that it is given as they are: those of an
/// import make their strings only when they are asked for.
/// </summary>
internal sealed class CandidateList : IReadOnlyCollection<string>
{
    private readonly List<IReadOnlyList<string>> _parts = [];

    public int Count { get; private set; }

    /// <summary>Adds ids at the end. The list must not change any more.</summary>
    public void Add(IReadOnlyList<string> primaryIds)
    {
        if (primaryIds.Count > 0)
        {
            _parts.Add(primaryIds);
            Count += primaryIds.Count;
        }
    }

    /// <summary>All ids as of now.</summary>
    public IReadOnlyList<string> Snapshot() => _parts.Count == 1 ? _parts[0] : [.. this];

    public IEnumerator<string> GetEnumerator() => _parts.SelectMany(p => p).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
