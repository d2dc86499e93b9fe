using System.Text;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>Keeps identifiers as UTF-8, back to back: a few bytes each, and nothing for the garbage collector to visit.</summary>
internal sealed class IdArena : IUtf8IdStore
{
    private const int Bits = 18;
    private const int BlockSize = 1 << Bits;
    private const int LengthSize = 2;

    private readonly BlockList<byte> _blocks = new();

    /// <summary>Longest identifier that is kept whole; Alma's own limit is far below.</summary>
    public const int LongestId = 1000;

    /// <summary>Makes a writer. Several may write at the same time, each on a thread of its own.</summary>
    public Writer NewWriter() => new(this);

    /// <summary>An identifier as UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8At(int at)
    {
        byte[] block = _blocks[at >> Bits];
        int start = at & (BlockSize - 1);
        return block.AsSpan(start + LengthSize, block[start] | (block[start + 1] << 8));
    }

    /// <summary>An identifier.</summary>
    public string TextAt(int at) => Encoding.UTF8.GetString(Utf8At(at));

    private int AddBlock(byte[] block)
    {
        lock (_blocks)
        {
            _blocks.Add(block);
            return _blocks.Count - 1;
        }
    }

    /// <summary>Puts identifiers into the arena.</summary>
    public sealed class Writer(IdArena arena)
    {
        private byte[] _block = [];
        private int _number;
        private int _used;

        /// <summary>Keeps an identifier.</summary>
        /// <returns>Where it is.</returns>
        public int Keep(ReadOnlySpan<byte> id)
        {
            ReadOnlySpan<byte> kept = id.Length > LongestId ? id[..LongestId] : id;
            int size = kept.Length + LengthSize;
            if (_used + size > _block.Length)
            {
                _block = new byte[BlockSize];
                _number = arena.AddBlock(_block);
                _used = 0;
            }

            int at = (_number << Bits) | _used;
            Span<byte> target = _block.AsSpan(_used, size);
            target[0] = (byte)kept.Length;
            target[1] = (byte)(kept.Length >> 8);
            kept.CopyTo(target[LengthSize..]);
            _used += size;
            return at;
        }
    }
}
