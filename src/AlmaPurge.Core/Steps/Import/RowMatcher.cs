using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>A row and an earlier one of the same patron, by number.</summary>
internal readonly record struct RowPair(int First, int Later);

/// <summary>
/// Finds rows of the same patron, wherever they come from, beside the reading: looking a million ids up takes half as
/// long as reading them. Rows belong together only if their ids are the same; a hash that two ids share neither merges
/// them nor keeps rows of one patron apart.
/// </summary>
internal sealed class RowMatcher(RowStore rows)
{
    private const int FirstSize = 1 << 12;

    private readonly List<RowPair> _pairs = [];

    // Each slot holds the hash and the number, plus one, of a row.
    private ulong[] _slots = new ulong[FirstSize];
    private int _taken;
    private int _offered;
    private Task _work = Task.CompletedTask;

    /// <summary>Lets rows be looked at that will not change until <see cref="Finish"/>.</summary>
    /// <param name="end">Number behind the last of them.</param>
    public void Offer(int end)
    {
        int begin = _offered;
        _offered = end;
        _work = MatchAfterAsync(_work, begin, end);
    }

    /// <summary>Waits until all rows have been looked at.</summary>
    /// <returns>The pairs, by the number of the later row.</returns>
    public IReadOnlyList<RowPair> Finish()
    {
        Offer(rows.Count);
        _work.GetAwaiter().GetResult();
        return _pairs;
    }

    private async Task MatchAfterAsync(Task before, int begin, int end)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        for (int i = begin; i < end; i++)
        {
            Match(rows[i], i);
        }
    }

    private void Match(in PatronRow row, int number)
    {
        if (row.Damage == IdDamage.Blank)
        {
            return;
        }

        int mask = _slots.Length - 1;
        int slot = (int)row.Hash & mask;
        while (_slots[slot] is not 0 and ulong taken)
        {
            int other = (int)(uint)taken - 1;
            if ((uint)(taken >> 32) == row.Hash && PatronId.AreSame(rows.IdOf(rows[other]), rows.IdOf(row)))
            {
                _pairs.Add(new RowPair(other, number));
                return;
            }

            slot = (slot + 1) & mask;
        }

        _slots[slot] = ((ulong)row.Hash << 32) | (uint)(number + 1);
        if (++_taken * 2 > _slots.Length)
        {
            Grow();
        }
    }

    private void Grow()
    {
        ulong[] larger = new ulong[_slots.Length * 4];
        int mask = larger.Length - 1;
        foreach (ulong taken in _slots)
        {
            if (taken != 0)
            {
                int slot = (int)(uint)(taken >> 32) & mask;
                while (larger[slot] != 0)
                {
                    slot = (slot + 1) & mask;
                }

                larger[slot] = taken;
            }
        }

        _slots = larger;
    }
}
