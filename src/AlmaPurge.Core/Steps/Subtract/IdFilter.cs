using System.Numerics;
using System.Text;
using AlmaPurge.Core.Steps.Import;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>
/// Tells of most identifiers at once that they are not among those added; of the others it says "perhaps". Nearly all
/// candidates owe nothing, and asking a dictionary about each takes several times as long.
/// </summary>
internal sealed class IdFilter
{
    private const int BitsPerId = 16;
    private const int MostBits = 30;

    private readonly ulong[] _bits;
    private readonly int _shift;

    /// <summary>Makes a filter.</summary>
    /// <param name="ids">What it is to know.</param>
    public IdFilter(IReadOnlyCollection<string> ids)
    {
        int bits = Math.Min(BitOperations.Log2((ulong)Math.Max(64L, (long)ids.Count * BitsPerId)) + 1, MostBits);
        _bits = new ulong[(1 << bits) / 64];
        _shift = 32 - bits;
        foreach (string id in ids)
        {
            uint place = PlaceOf(Encoding.UTF8.GetBytes(id));
            _bits[place >> 6] |= 1UL << (int)(place & 63);
        }
    }

    /// <summary>Whether the identifier, as UTF-8, may be one of those, in whatever case.</summary>
    public bool MayHave(ReadOnlySpan<byte> id)
    {
        uint place = PlaceOf(id);
        return (_bits[place >> 6] & (1UL << (int)(place & 63))) != 0;
    }

    private uint PlaceOf(ReadOnlySpan<byte> id) => PatronId.Hash(id) >> _shift;
}
