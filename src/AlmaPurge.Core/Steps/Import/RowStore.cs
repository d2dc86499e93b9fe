using System.Text;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>All rows and their identifiers, in blocks that never move while the store grows.</summary>
internal sealed class RowStore
{
    private const int RowBits = 14;
    private const int RowMask = (1 << RowBits) - 1;
    private const int ByteBits = 18;
    private const int ByteMask = (1 << ByteBits) - 1;
    private const int LengthSize = 2;

    private readonly List<PatronRow[]> _rows = [];
    private readonly List<byte[]> _ids = [];
    private int _idsUsed = 1 << ByteBits;

    /// <summary>Longest identifier that is kept; Alma's own limit is far below.</summary>
    public const int LongestId = 1000;

    public int Count { get; private set; }

    public ref PatronRow this[int index] => ref _rows[index >> RowBits][index & RowMask];

    /// <summary>Adds an empty row.</summary>
    public ref PatronRow Add()
    {
        if (Count >> RowBits == _rows.Count)
        {
            _rows.Add(new PatronRow[1 << RowBits]);
        }

        return ref this[Count++];
    }

    /// <summary>Keeps an identifier.</summary>
    /// <returns>Where it is.</returns>
    public int Keep(ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<byte> kept = id.Length > LongestId ? id[..LongestId] : id;
        int size = kept.Length + LengthSize;
        if (_idsUsed + size > 1 << ByteBits)
        {
            _ids.Add(new byte[1 << ByteBits]);
            _idsUsed = 0;
        }

        int at = ((_ids.Count - 1) << ByteBits) | _idsUsed;
        Span<byte> target = _ids[^1].AsSpan(_idsUsed, size);
        target[0] = (byte)kept.Length;
        target[1] = (byte)(kept.Length >> 8);
        kept.CopyTo(target[LengthSize..]);
        _idsUsed += size;
        return at;
    }

    /// <summary>The identifier of a row as UTF-8.</summary>
    public ReadOnlySpan<byte> IdOf(in PatronRow row)
    {
        ReadOnlySpan<byte> at = _ids[row.IdAt >> ByteBits].AsSpan(row.IdAt & ByteMask);
        return at.Slice(LengthSize, at[0] | (at[1] << 8));
    }

    /// <summary>The identifier of a row.</summary>
    public string TextOf(in PatronRow row) => Encoding.UTF8.GetString(IdOf(row));
}
