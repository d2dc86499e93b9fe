using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// Every patron that a run started with: still a candidate, or excluded with the reason. Ids compare trimmed and
/// case-insensitively, as in Alma. Safe to use from the several steps of one pipeline.
/// </summary>
public sealed partial class PatronTable
{
    private static readonly StringComparer s_sameId = StringComparer.OrdinalIgnoreCase;
    private static readonly ConcurrentDictionary<string, string[]> s_singleRules = new(StringComparer.Ordinal);

    private readonly object _gate = new();
    private readonly CandidateList _candidates = new();
    private readonly List<Excluded> _exclusions = [];
    private readonly HashSet<string> _excludedIds = new(s_sameId);
    private readonly Dictionary<string, LiveCheck> _checks = new(s_sameId);
    private readonly HashSet<string> _unreached = new(s_sameId);
    private readonly string _runId;
    private HashSet<string>? _index;
    private int? _remaining;

    internal PatronTable(string runId) => _runId = runId;

    /// <summary>Patrons that the run started with, excluded ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return Remaining + _exclusions.Count;
            }
        }
    }

    /// <summary>Patrons not excluded.</summary>
    public int RemainingCount
    {
        get
        {
            lock (_gate)
            {
                return Remaining;
            }
        }
    }

    /// <summary>Candidates that were imported, excluded ones included.</summary>
    public int CandidateCount
    {
        get
        {
            lock (_gate)
            {
                return _candidates.Count;
            }
        }
    }

    /// <summary>Exclusions so far.</summary>
    public int ExclusionCount
    {
        get
        {
            lock (_gate)
            {
                return _exclusions.Count;
            }
        }
    }

    /// <summary>Whether somebody who was imported as a candidate was excluded since.</summary>
    public bool HasExcludedCandidates
    {
        get
        {
            lock (_gate)
            {
                return Remaining < _candidates.Count;
            }
        }
    }

    /// <summary>Whether anything was imported.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>
    /// Adds imported candidates in their order. Ids must be trimmed and differ from each other, and the list must not
    /// change any more: a list that makes its strings when asked is kept as it is.
    /// </summary>
    public void AddCandidates(IReadOnlyList<string> primaryIds)
    {
        lock (_gate)
        {
            _candidates.Add(primaryIds);
            CandidateRevision++;
            _index = null;
            _remaining = null;
        }
    }

    /// <summary>Whether the id was imported as a candidate, excluded since or not.</summary>
    public bool IsCandidate(string primaryId)
    {
        lock (_gate)
        {
            return Index.Contains(primaryId.Trim());
        }
    }

    /// <summary>Whether the id was imported and is not excluded.</summary>
    public bool IsRemaining(string primaryId)
    {
        string id = primaryId.Trim();
        lock (_gate)
        {
            return !_excludedIds.Contains(id) && Index.Contains(id);
        }
    }

    /// <summary>Whether the patron is kept back.</summary>
    public bool IsExcluded(string primaryId)
    {
        lock (_gate)
        {
            return _excludedIds.Contains(primaryId.Trim());
        }
    }

    /// <summary>The ids not excluded, in the order of the import.</summary>
    public IReadOnlyList<string> RemainingIds()
    {
        lock (_gate)
        {
            return [.. _candidates.Where(id => !_excludedIds.Contains(id))];
        }
    }

    /// <summary>All ids imported as candidates, in the order of the import.</summary>
    public IReadOnlyList<string> CandidateIds()
    {
        lock (_gate)
        {
            return _candidates.Snapshot();
        }
    }

    /// <summary>All exclusions so far, in the order in which they were found.</summary>
    public IReadOnlyList<AlmaPurgeExclusion> Exclusions()
    {
        lock (_gate)
        {
            return
            [
                .. _exclusions.Select(e => new AlmaPurgeExclusion(_runId, e.PrimaryId, e.Step, e.Rules, e.Evidence)),
            ];
        }
    }

    /// <summary>Keeps a patron back. Somebody excluded before stays excluded for the first reason.</summary>
    /// <param name="primaryId">The id; empty for a row without one.</param>
    /// <param name="step">Step that keeps the patron.</param>
    /// <param name="findings">The rules that fired, at least one.</param>
    /// <returns>Whether the patron was not excluded before.</returns>
    public bool Exclude(string primaryId, string step, IReadOnlyList<RuleFinding> findings)
    {
        if (findings.Count == 1)
        {
            return Exclude(primaryId, step, findings[0].Rule, findings[0].Evidence);
        }

        string evidence = string.Join("; ", findings.Select(f => $"{f.Rule}: {f.Evidence}"));
        return Exclude(primaryId, step, [.. findings.Select(f => f.Rule)], evidence);
    }

    /// <summary>Keeps a patron back for one reason.</summary>
    public bool Exclude(string primaryId, string step, string rule, string evidence) =>
        Exclude(primaryId, step, s_singleRules.GetOrAdd(rule, r => [r]), evidence);

    /// <summary>Records that a patron passed the live check. The before-image of the first check is never overwritten
    /// by <see cref="RenewCheck"/>.</summary>
    public void RecordCheck(string primaryId, LiveCheck check)
    {
        lock (_gate)
        {
            _checks[primaryId.Trim()] = check;
            CandidateRevision++;
        }
    }

    /// <summary>Records that a later look found the patron still safe; the before-image stays that of the first check.</summary>
    public void RenewCheck(string primaryId, DateTimeOffset checkedAt)
    {
        lock (_gate)
        {
            string id = primaryId.Trim();
            _checks[id] = _checks[id] with { CheckedAt = checkedAt };
            CandidateRevision++;
        }
    }

    /// <summary>The live check that a patron passed, if any.</summary>
    public bool TryGetCheck(string primaryId, [NotNullWhen(true)] out LiveCheck? check)
    {
        lock (_gate)
        {
            return _checks.TryGetValue(primaryId.Trim(), out check);
        }
    }

    /// <summary>Counts the changes of candidates and their checks.</summary>
    internal int CandidateRevision { get; private set; }

    /// <summary>Counts the changes of exclusions.</summary>
    internal int ExclusionRevision { get; private set; }

    /// <summary>All live checks as of now, by id.</summary>
    internal IReadOnlyDictionary<string, LiveCheck> Checks()
    {
        lock (_gate)
        {
            return new Dictionary<string, LiveCheck>(_checks, s_sameId);
        }
    }

    internal void Restore(IEnumerable<AlmaPurgeExclusion> exclusions, IEnumerable<string> unreached)
    {
        lock (_gate)
        {
            foreach (AlmaPurgeExclusion e in exclusions)
            {
                TryAdd(new Excluded(e.PrimaryId, e.Step, e.Rules, e.Evidence));
            }

            _unreached.UnionWith(unreached);
        }
    }

    internal PatronTable Copy(string runId)
    {
        PatronTable copy = new(runId);
        lock (_gate)
        {
            copy._candidates.Add(_candidates.Snapshot());
            _exclusions.ForEach(e => copy.TryAdd(e));
            copy._unreached.UnionWith(_unreached);
            foreach (KeyValuePair<string, LiveCheck> check in _checks)
            {
                copy._checks.Add(check.Key, check.Value);
            }
        }

        return copy;
    }

    // Built only when asked for: an import of a million rows that goes nowhere else does not pay for it.
    private HashSet<string> Index => _index ??= new HashSet<string>(_candidates, s_sameId);

    private int Remaining => _remaining ??= _candidates.Count(id => !_excludedIds.Contains(id));

    private bool Exclude(string primaryId, string step, string[] rules, string evidence)
    {
        lock (_gate)
        {
            return TryAdd(new Excluded(primaryId.Trim(), step, rules, evidence));
        }
    }

    private bool TryAdd(Excluded exclusion)
    {
        bool blank = exclusion.PrimaryId.Length == 0;
        if (!blank && !_excludedIds.Add(exclusion.PrimaryId))
        {
            return ReplaceUnreached(exclusion);
        }

        _exclusions.Add(exclusion);
        ExclusionRevision++;

        // Counted on where that costs nothing, since steps ask for the count after each patron.
        _remaining = _index is null ? null : _remaining - (!blank && _index.Contains(exclusion.PrimaryId) ? 1 : 0);
        return true;
    }

    // There may be very many, and they live as long as the run: objects are made when somebody looks.
    private readonly record struct Excluded(string PrimaryId, string Step, string[] Rules, string Evidence);
}
