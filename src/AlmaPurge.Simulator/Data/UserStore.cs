namespace AlmaPurge.Simulator.Data;

/// <summary>The patrons and the ways in which Alma finds them. The caller holds the library's lock.</summary>
internal sealed class UserStore
{
    // Primary ids match in any case in every Alma; so do other identifiers in those loaded after June 2018.
    private readonly Dictionary<string, SimulatedUser> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<SimulatedUser>> _byIdentifier = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SimulatedUser> _all = [];
    private readonly Dictionary<string, SimulatedUser> _removed = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _mergedIdsResolve;
    private long _lastNumber;
    private IndexHistory? _history;

    public UserStore(bool mergedIdsResolve)
    {
        _mergedIdsResolve = mergedIdsResolve;
    }

    /// <summary>Everyone who was ever there, those removed included, in the order in which they came.</summary>
    public IReadOnlyList<SimulatedUser> All => _all;

    /// <summary>Grows with each change, so that a search result can be kept for as long as nothing changed.</summary>
    public long Version { get; private set; }

    public SimulatedUser Add(SimulatedUserSpec spec, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(spec.PrimaryId))
        {
            throw new ArgumentException("A patron needs a primary id.", nameof(spec));
        }

        if (_byId.ContainsKey(spec.PrimaryId))
        {
            throw new ArgumentException($"A patron '{spec.PrimaryId}' is already there.", nameof(spec));
        }

        SimulatedUser user = new(++_lastNumber, spec with { CreatedDate = spec.CreatedDate ?? now })
        {
            Modified = spec.CreatedDate ?? now,
            IsDeleted = spec.Status == "DELETED",
        };
        _history?.Note(user, isHidden: true, user.Modified);
        _all.Add(user);
        if (user.IsDeleted)
        {
            _removed[spec.PrimaryId] = user;
        }
        else
        {
            Index(user);
        }

        Version++;
        return user;
    }

    public void Change(SimulatedUser user, SimulatedUserSpec state, DateTimeOffset now)
    {
        bool identityChanged = !ReferenceEquals(state.Identifiers, user.State.Identifiers)
            || state.PrimaryId != user.State.PrimaryId;
        if (identityChanged)
        {
            Unindex(user);
        }

        _history?.Note(user, user.IsDeleted);
        user.State = state;
        user.Modified = now;
        if (identityChanged && !user.IsDeleted)
        {
            Index(user);
        }

        Version++;
    }

    public void Remove(SimulatedUser user)
    {
        Unindex(user);
        _history?.Note(user, user.IsDeleted);
        user.IsDeleted = true;
        _removed[user.PrimaryId] = user;
        Version++;
    }

    /// <summary>Keeps from now on how patrons were, so far back.</summary>
    public void Remember(TimeSpan span, SimulatorClock clock)
    {
        _history ??= new IndexHistory(span, clock);
    }

    /// <summary>
    /// Puts everybody back to how they were at that time, as far as it is remembered, until the result is disposed of.
    /// GET by id is not touched by it, since the ways in which a patron is found stay as they are.
    /// </summary>
    public IDisposable Rewind(DateTimeOffset time)
    {
        Version++;
        IDisposable past = _history!.Rewind(time);
        return new AtEnd(() =>
        {
            past.Dispose();
            Version++;
        });
    }

    public SimulatedUser? ByPrimaryId(string primaryId)
    {
        return _byId.GetValueOrDefault(primaryId);
    }

    /// <summary>The one who has this primary id, or the last who had it.</summary>
    public SimulatedUser? EverById(string primaryId)
    {
        return _byId.GetValueOrDefault(primaryId) ?? _removed.GetValueOrDefault(primaryId);
    }

    /// <summary>
    /// Finds as user_id_type does. <c>all_unique</c> takes the primary id first and then ANY identifier of ANYONE,
    /// inactive ones too: the same text may mean another person once the first one is gone.
    /// </summary>
    public SimulatedUser? Find(string id, string? idType)
    {
        if (idType is null or "all_unique")
        {
            return _byId.GetValueOrDefault(id)
                ?? _byIdentifier.GetValueOrDefault(id)?.FirstOrDefault()
                ?? MergedInto(id);
        }

        if (idType == "linking_id")
        {
            return _all.FirstOrDefault(u => !u.IsDeleted && u.State.LinkingId == id);
        }

        return _byIdentifier.GetValueOrDefault(id)?.FirstOrDefault(u => u.State.Identifiers.Any(
            i => i.Type == idType && string.Equals(i.Value, id, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The one a former patron was merged into, if such ids resolve at all.</summary>
    private SimulatedUser? MergedInto(string id)
    {
        string? into = _mergedIdsResolve ? _removed.GetValueOrDefault(id)?.State.MergedInto : null;
        return into is null ? null : _byId.GetValueOrDefault(into);
    }

    private void Index(SimulatedUser user)
    {
        _byId[user.PrimaryId] = user;
        foreach (SimulatedIdentifier identifier in user.State.Identifiers)
        {
            if (!_byIdentifier.TryGetValue(identifier.Value, out List<SimulatedUser>? holders))
            {
                _byIdentifier[identifier.Value] = holders = new List<SimulatedUser>(1);
            }

            holders.Add(user);
        }
    }

    private void Unindex(SimulatedUser user)
    {
        _byId.Remove(user.PrimaryId);
        foreach (SimulatedIdentifier identifier in user.State.Identifiers)
        {
            if (_byIdentifier.TryGetValue(identifier.Value, out List<SimulatedUser>? holders))
            {
                holders.Remove(user);
            }
        }
    }

    private sealed class AtEnd(Action action) : IDisposable
    {
        public void Dispose()
        {
            action();
        }
    }
}
