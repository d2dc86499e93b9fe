using System.Collections;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// Identifiers that become strings when they are asked for, each time anew. A million strings that live as long as
/// the run would cost more memory than all the rest of the import, and time at each garbage collection.
/// </summary>
internal sealed class IdsInArena(IdArena arena, int[] places) : IReadOnlyList<string>, IUtf8Ids
{
    public int Count => places.Length;

    public ReadOnlySpan<byte> Utf8At(int index) => arena.Utf8At(places[index]);

    public string this[int index] => arena.TextAt(places[index]);

    public IEnumerator<string> GetEnumerator()
    {
        foreach (int place in places)
        {
            yield return arena.TextAt(place);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
