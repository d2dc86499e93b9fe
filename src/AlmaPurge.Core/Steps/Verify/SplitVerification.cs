using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Holds a verification to the calls of the day: all of it, or with a split as much as fits. Who was found gone on an
/// earlier day of the same verification is not looked up again; who was found there is, since more hangs on that.
/// </summary>
internal sealed class SplitVerification
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly CallBudget _budget;
    private readonly CallRation? _ration;

    public SplitVerification(PurgeRun run, AlmaSession session, IStepReporter reporter, bool isSplit)
    {
        _run = run;
        _session = session;
        _budget = new CallBudget(run, session, reporter, StepNames.Verify);
        _ration = isSplit ? new CallRation(session.Connection, mostForOne: 1) : null;
    }

    /// <summary>Those among the patrons who are to be looked up.</summary>
    /// <exception cref="AlmaPurgeException">Today's calls cannot suffice, with a split not even for one.</exception>
    public async Task<IReadOnlyList<string>> HoldAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Dictionary<string, AlmaPurgeResult> known = Known();
        string[] due = [.. ids.Where(id => !known.ContainsKey(id))];
        CallRange needed = StepCalls.Verify(_ration is null ? due.Length : Math.Min(due.Length, 1));
        await _budget.RequireAsync(needed, cancellationToken).ConfigureAwait(false);
        return due;
    }

    /// <summary>Takes down that a verification over several days is under way. Results from before it do not count.</summary>
    public void Begin()
    {
        if (_ration is not null && _run.Document.VerifySince is null)
        {
            _run.SetResults([]);
            _run.Update(d => d with { VerifySince = _session.Time.GetUtcNow(), VerifiedAt = null });
        }
    }

    /// <summary>What earlier days of the same verification have found for good.</summary>
    public Dictionary<string, AlmaPurgeResult> Known()
    {
        IEnumerable<AlmaPurgeResult> found = _ration is null || _run.Document.VerifySince is null
            ? []
            : _run.Results.Where(r => r is { Rule: null, Status: AlmaPurgeStatus.Purged or AlmaPurgeStatus.Recreated });
        return found.ToDictionary(r => r.PrimaryId, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The patrons, one after the other, with a split while today's calls suffice.</summary>
    public IAsyncEnumerable<string> TakeAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        _ration?.TakeAsync(ids, cancellationToken) ?? AsyncItems.From(ids);

    /// <summary>Looks one up.</summary>
    public async Task<AlmaPurgeResult> LookAsync(PatronLookup lookup, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await lookup.LookAsync(id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ration?.End();
        }
    }

    /// <summary>Adds results for those who were not reached.</summary>
    /// <returns>How many.</returns>
    public int AddWaiting(Dictionary<string, AlmaPurgeResult> looked, IReadOnlyList<string> due)
    {
        string[] waiting = [.. due.Where(id => !looked.ContainsKey(id))];
        foreach (string id in waiting)
        {
            looked[id] = new AlmaPurgeResult(
                _run.RunId, id, AlmaPurgeStatus.Unknown, null, "not looked up yet: the calls of the day did not suffice");
        }

        return waiting.Length;
    }

    /// <summary>Ends the day's part; the reckoning is for the last one.</summary>
    /// <exception cref="AlmaPurgeException">Some wait.</exception>
    public void RequireNobodyWaits(int done, int waiting)
    {
        if (waiting > 0)
        {
            throw _budget.GoesOn(FormattableString.Invariant($"{done} patron(s) were looked up today"), waiting);
        }
    }
}
