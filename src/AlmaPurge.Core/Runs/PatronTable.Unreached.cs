using AlmaPurge.Core.Rules;

namespace AlmaPurge.Core.Runs;

/// <content>
/// Patrons whose check could not be made because Alma was not to be reached. They are kept like all others whose check
/// failed, and are the only ones who may come back: once a later check has an answer for them.
/// </content>
public sealed partial class PatronTable
{
    /// <summary>Keeps a patron back until Alma can be reached. Somebody excluded before stays excluded for the first reason.</summary>
    /// <param name="primaryId">The id.</param>
    /// <param name="step">Step that keeps the patron.</param>
    /// <param name="findings">What the failed check came to.</param>
    public void ExcludeUnreached(string primaryId, string step, IReadOnlyList<RuleFinding> findings)
    {
        lock (_gate)
        {
            if (_unreached.Contains(primaryId.Trim()))
            {
                return;
            }

            if (Exclude(primaryId, step, findings))
            {
                _unreached.Add(primaryId.Trim());
            }
        }
    }

    /// <summary>Whether the patron is kept only because Alma was not to be reached.</summary>
    public bool IsUnreached(string primaryId)
    {
        lock (_gate)
        {
            return _unreached.Contains(primaryId.Trim());
        }
    }

    /// <summary>Those who are kept only because Alma was not to be reached, in the order of the import.</summary>
    public IReadOnlyList<string> UnreachedIds()
    {
        lock (_gate)
        {
            return _unreached.Count == 0 ? [] : [.. _candidates.Where(_unreached.Contains)];
        }
    }

    /// <summary>Takes back the exclusion of such a patron, because a check had an answer now.</summary>
    public void ReleaseUnreached(string primaryId)
    {
        lock (_gate)
        {
            string id = primaryId.Trim();
            if (_unreached.Remove(id) && _excludedIds.Remove(id))
            {
                _exclusions.RemoveAll(e => s_sameId.Equals(e.PrimaryId, id));
                ExclusionRevision++;
                _remaining = null;
            }
        }
    }

    // A reason of its own keeps the patron for good, whatever a later check says.
    private bool ReplaceUnreached(Excluded exclusion)
    {
        if (!_unreached.Remove(exclusion.PrimaryId))
        {
            return false;
        }

        _exclusions.RemoveAll(e => s_sameId.Equals(e.PrimaryId, exclusion.PrimaryId));
        _exclusions.Add(exclusion);
        ExclusionRevision++;
        return true;
    }
}
