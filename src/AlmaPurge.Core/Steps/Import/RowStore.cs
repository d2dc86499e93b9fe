namespace AlmaPurge.Core.Steps.Import;

/// <summary>All rows, in blocks that never move while the store grows.</summary>
internal sealed class RowStore(IdArena ids)
{
    private const int Bits = 14;
    private const int Mask = (1 << Bits) - 1;

    private readonly BlockList<PatronRow> _blocks = new();

    public RowStore()
        : this(new IdArena())
    {
    }

    /// <summary>How many rows make a block.</summary>
    public const int BlockSize = 1 << Bits;

    public int Count { get; private set; }

    /// <summary>The identifiers of the rows.</summary>
    public IdArena Ids { get; } = ids;

    public ref PatronRow this[int index] => ref _blocks[index >> Bits][index & Mask];

    /// <summary>Adds an empty row.</summary>
    public ref PatronRow Add()
    {
        if (Count >> Bits == _blocks.Count)
        {
            _blocks.Add(new PatronRow[BlockSize]);
        }

        return ref this[Count++];
    }

    /// <summary>The identifier of a row as UTF-8.</summary>
    public ReadOnlySpan<byte> IdOf(in PatronRow row) => Ids.Utf8At(row.IdAt);

    /// <summary>The identifier of a row.</summary>
    public string TextOf(in PatronRow row) => Ids.TextAt(row.IdAt);
}
