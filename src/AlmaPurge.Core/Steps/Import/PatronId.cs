using System.Buffers.Binary;
using System.Text;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// When two identifiers are the same: trimmed, case-insensitively, by ordinal comparison, as everywhere in a run.
/// Works on UTF-8 and makes no strings for the plain ASCII that nearly all identifiers are.
/// </summary>
internal static class PatronId
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    /// <summary>A hash that is the same for the same identifiers. Others may share it: compare them with <see cref="AreSame"/>.</summary>
    public static uint Hash(ReadOnlySpan<byte> id)
    {
        if (!Ascii.IsValid(id))
        {
            // No letter beyond ASCII is the upper or lower case of one within, so the two hashes never have to agree.
            return (uint)string.GetHashCode(Encoding.UTF8.GetString(id), StringComparison.OrdinalIgnoreCase);
        }

        ulong hash = (ulong)id.Length;
        while (id.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(id));
            id = id[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (int i = 0; i < id.Length; i++)
        {
            rest |= (ulong)id[i] << (8 * i);
        }

        return (uint)(Mix(hash, rest) * Factor >> 32);
    }

    /// <summary>Whether Alma takes both for the same.</summary>
    public static bool AreSame(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.SequenceEqual(other))
        {
            return true;
        }

        return Ascii.IsValid(one) && Ascii.IsValid(other)
            ? Ascii.EqualsIgnoreCase(one, other)
            : string.Equals(
                Encoding.UTF8.GetString(one), Encoding.UTF8.GetString(other), StringComparison.OrdinalIgnoreCase);
    }

    // Eight letters at a time. Clearing the bit that tells upper from lower case makes some other characters agree
    // too, which costs a comparison now and then and does no harm.
    private static ulong Mix(ulong hash, ulong letters)
    {
        ulong mixed = (hash ^ (letters & ~0x2020202020202020UL)) * Factor;
        return mixed ^ (mixed >> 29);
    }
}
