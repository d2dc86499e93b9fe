namespace AlmaPurge.Simulator.Data;

/// <summary>
/// How patrons were before each recent change, so that a search index that lags can be shown. The caller holds the
/// library's lock.
/// </summary>
internal sealed class IndexHistory
{
    private readonly TimeSpan _span;
    private readonly SimulatorClock _clock;
    private readonly LinkedList<Entry> _entries = new();

    public IndexHistory(TimeSpan span, SimulatorClock clock)
    {
        _span = span;
        _clock = clock;
    }

    /// <summary>Takes note of a patron who is about to change.</summary>
    /// <param name="user">The patron.</param>
    /// <param name="isHidden">Whether a search does not find the patron before the change.</param>
    /// <param name="time">When the patron changes; now if null.</param>
    public void Note(SimulatedUser user, bool isHidden, DateTimeOffset? time = null)
    {
        DateTimeOffset now = _clock.Now;
        if (time < now - _span)
        {
            return;
        }

        while (_entries.First is { } oldest && oldest.Value.Time < now - _span)
        {
            _entries.RemoveFirst();
        }

        _entries.AddLast(new Entry(now, user, user.State, isHidden));
    }

    /// <summary>Puts everybody back to how they were at that time, until the result is disposed of.</summary>
    public IDisposable Rewind(DateTimeOffset time)
    {
        Dictionary<SimulatedUser, (SimulatedUserSpec State, bool IsDeleted)> present = [];
        for (LinkedListNode<Entry>? node = _entries.Last; node is not null && node.Value.Time > time; node = node.Previous)
        {
            Entry entry = node.Value;
            present.TryAdd(entry.User, (entry.User.State, entry.User.IsDeleted));
            entry.User.State = entry.State;
            entry.User.IsDeleted = entry.IsHidden;
        }

        return new Past(present);
    }

    private sealed record Entry(DateTimeOffset Time, SimulatedUser User, SimulatedUserSpec State, bool IsHidden);

    private sealed class Past(Dictionary<SimulatedUser, (SimulatedUserSpec State, bool IsDeleted)> present) : IDisposable
    {
        public void Dispose()
        {
            foreach ((SimulatedUser user, (SimulatedUserSpec state, bool isDeleted)) in present)
            {
                user.State = state;
                user.IsDeleted = isDeleted;
            }
        }
    }
}
