using System.Text;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>Keeps identifiers as UTF-8, back to back: a few bytes each, and nothing for the garbage collector to visit.</summary>
internal sealed class IdArena
{
    private const int Bits = 18;
    private const int BlockSize = 1 << Bits;
    private const int LengthSize = 2;

    private readonly BlockList<byte> _blocks = new();
    private int _used = BlockSize;

    /// <summary>Longest identifier that is kept whole; Alma's own limit is far below.</summary>
    public const int LongestId = 1000;

    /// <summary>Keeps an identifier.</summary>
    /// <returns>Where it is.</returns>
    public int Keep(ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<byte> kept = id.Length > LongestId ? id[..LongestId] : id;
        int size = kept.Length + LengthSize;
        if (_used + size > BlockSize)
        {
            _blocks.Add(new byte[BlockSize]);
            _used = 0;
        }

        int at = ((_blocks.Count - 1) << Bits) | _used;
        Span<byte> target = _blocks[_blocks.Count - 1].AsSpan(_used, size);
        target[0] = (byte)kept.Length;
        target[1] = (byte)(kept.Length >> 8);
        kept.CopyTo(target[LengthSize..]);
        _used += size;
        return at;
    }

    /// <summary>An identifier as UTF-8.</summary>
    public ReadOnlySpan<byte> BytesAt(int at)
    {
        byte[] block = _blocks[at >> Bits];
        int start = at & (BlockSize - 1);
        return block.AsSpan(start + LengthSize, block[start] | (block[start + 1] << 8));
    }

    /// <summary>An identifier.</summary>
    public string TextAt(int at) => Encoding.UTF8.GetString(BytesAt(at));
}
