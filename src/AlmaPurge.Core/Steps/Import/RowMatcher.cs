using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>A row and an earlier one of the same patron, by number.</summary>
internal readonly record struct RowPair(int First, int Later);

/// <summary>
/// Finds rows of the same patron, wherever they come from. Rows belong together only if their ids are the same; a hash
/// that two ids share neither merges them nor keeps rows of one patron apart.
/// </summary>
/// <remarks>
/// One table of a million ids misses the processor's cache at each look. So rows are sorted into parts by their hash
/// while they are read, and then each part is looked through by itself.
/// </remarks>
internal sealed class RowMatcher(RowStore rows)
{
    private const int PartBits = 6;

    // Each entry holds the hash and the number of a row, in the order of the rows.
    private readonly List<ulong>[] _parts = [.. Enumerable.Range(0, 1 << PartBits).Select(_ => new List<ulong>())];
    private int _offered;
    private Task _sorting = Task.CompletedTask;

    /// <summary>Lets rows be looked at that will not change until <see cref="Finish"/>.</summary>
    /// <param name="end">Number behind the last of them.</param>
    public void Offer(int end)
    {
        int begin = _offered;
        _offered = end;
        _sorting = SortAfterAsync(_sorting, begin, end);
    }

    /// <summary>Looks at all rows.</summary>
    /// <returns>The pairs, by the number of the later row.</returns>
    public IReadOnlyList<RowPair> Finish()
    {
        Offer(rows.Count);
        _sorting.GetAwaiter().GetResult();
        IEnumerable<RowPair> pairs = _parts.AsParallel().SelectMany(Match);
        return [.. pairs.OrderBy(p => p.Later)];
    }

    private async Task SortAfterAsync(Task before, int begin, int end)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        for (int i = begin; i < end; i++)
        {
            ref PatronRow row = ref rows[i];
            if (row.Damage != IdDamage.Blank)
            {
                _parts[row.Hash >> (32 - PartBits)].Add(((ulong)row.Hash << 32) | (uint)i);
            }
        }
    }

    private List<RowPair> Match(List<ulong> part)
    {
        List<RowPair> pairs = [];
        int mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(part.Count * 2) + 1) - 1;

        // A slot holds the position in the part, plus one, of the row that stands for its patron.
        int[] slots = new int[mask + 1];
        for (int i = 0; i < part.Count; i++)
        {
            int slot = (int)(part[i] >> 32) & mask;
            while (slots[slot] != 0 && !AreSame(part[slots[slot] - 1], part[i]))
            {
                slot = (slot + 1) & mask;
            }

            if (slots[slot] == 0)
            {
                slots[slot] = i + 1;
            }
            else
            {
                pairs.Add(new RowPair((int)part[slots[slot] - 1], (int)part[i]));
            }
        }

        return pairs;
    }

    private bool AreSame(ulong one, ulong other) =>
        one >> 32 == other >> 32 && PatronId.AreSame(rows.IdOf(rows[(int)one]), rows.IdOf(rows[(int)other]));
}
