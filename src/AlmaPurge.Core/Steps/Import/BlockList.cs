namespace AlmaPurge.Core.Steps.Import;

/// <summary>
/// A list of blocks that one thread adds to while another reads the blocks that are there already.
/// </summary>
internal sealed class BlockList<T>
{
    private T[][] _blocks = new T[8][];

    public int Count { get; private set; }

    public T[] this[int index] => Volatile.Read(ref _blocks)[index];

    public void Add(T[] block)
    {
        if (Count == _blocks.Length)
        {
            T[][] larger = new T[_blocks.Length * 2][];
            _blocks.CopyTo(larger, 0);
            Volatile.Write(ref _blocks, larger);
        }

        _blocks[Count++] = block;
    }
}
