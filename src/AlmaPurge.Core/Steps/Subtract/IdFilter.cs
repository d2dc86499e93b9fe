using System.Numerics;
using System.Runtime.InteropServices;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>
/// Tells of most identifiers at once that they are not among those added; of the others it says "perhaps". Nearly all
/// candidates owe nothing, and asking a dictionary about each takes several times as long.
/// </summary>
internal sealed class IdFilter
{
    private const int BitsPerId = 16;
    private const ulong Factor = 0x9E3779B97F4A7C15;

    // Per character: the bit that tells upper from lower case, and the bits that plain ASCII does not have.
    private const ulong CaseBits = 0x0020_0020_0020_0020;
    private const ulong BeyondAscii = 0xFF80_FF80_FF80_FF80;

    private readonly ulong[] _bits;
    private readonly int _shift;
    private readonly bool _hasOthers;

    /// <summary>Makes a filter.</summary>
    /// <param name="ids">What it is to know.</param>
    public IdFilter(IReadOnlyCollection<string> ids)
    {
        int bits = BitOperations.Log2((uint)Math.Max(64, ids.Count * BitsPerId)) + 1;
        _bits = new ulong[(1 << bits) / 64];
        _shift = 64 - bits;
        foreach (string id in ids)
        {
            if (TryHash(id, out ulong hash))
            {
                _bits[hash >> _shift >> 6] |= 1UL << (int)((hash >> _shift) & 63);
            }
            else
            {
                _hasOthers = true;
            }
        }
    }

    /// <summary>Whether the identifier may be one of those, in whatever case.</summary>
    public bool MayHave(string id) =>
        TryHash(id, out ulong hash)
            ? (_bits[hash >> _shift >> 6] & (1UL << (int)((hash >> _shift) & 63))) != 0
            : _hasOthers;

    // Only plain ASCII can be compared without case by clearing a bit.
    private static bool TryHash(string id, out ulong hash)
    {
        ReadOnlySpan<ulong> fours = MemoryMarshal.Cast<char, ulong>(id.AsSpan());
        hash = (ulong)id.Length;
        ulong all = 0;
        foreach (ulong four in fours)
        {
            all |= four;
            hash = (hash ^ (four & ~CaseBits)) * Factor;
            hash ^= hash >> 29;
        }

        for (int i = fours.Length * 4; i < id.Length; i++)
        {
            all |= id[i];
            hash = (hash ^ (id[i] & ~CaseBits)) * Factor;
        }

        hash *= Factor;
        return (all & BeyondAscii) == 0;
    }
}
