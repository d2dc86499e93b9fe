using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Holds the run's set in Alma against the run, id by id, both ways.</summary>
internal sealed class SetComparison
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;

    public SetComparison(PurgeRun run, AlmaSession session)
    {
        _run = run;
        _session = session;
    }

    /// <summary>
    /// Members who must leave the set because they are to stay in Alma. Whoever remains in the run and is missing from
    /// the set is kept, and a member whom the run has never seen stops it. A preview's set has no members to read.
    /// </summary>
    public async Task<IReadOnlyList<string>> MembersToRemoveAsync(SetEntry set, CancellationToken cancellationToken)
    {
        if (set.SetId.Length == 0)
        {
            return [];
        }

        HashSet<string> members = await ReadAsync(set, cancellationToken).ConfigureAwait(false);
        RequireNoStranger(set, members);
        List<string> missing = [.. Deletions.Left(_run).Where(id => !members.Contains(id))];
        foreach (string id in missing)
        {
            _run.Patrons.Exclude(id, StepNames.Mark, DriftedRule.RuleName, "is no longer in the user set");
        }

        DriftLimit.Require(_run, missing.Count, "are no longer in the user set");
        return [.. members.Where(id => !_run.Patrons.IsRemaining(id))];
    }

    /// <summary>Stops unless the set holds exactly those who remain, in two complete readings that agree.</summary>
    public async Task RequireEqualAsync(CancellationToken cancellationToken)
    {
        SetEntry set = _run.Document.Set!;
        HashSet<string> members = await ReadAsync(
                set, () => SetReading.SettledMembersAsync(_session.Reader, set.SetId, cancellationToken))
            .ConfigureAwait(false);
        SetReading.RequireNobodyElse(members, _run, set.Name);
        if (Deletions.Left(_run).FirstOrDefault(id => !members.Contains(id)) is { } missing)
        {
            throw new AlmaPurgeException(
                "SetChanged",
                AlmaPurgeErrorKind.SafetyStop,
                $"'{missing}' is no longer in the user set '{set.Name}'; somebody is changing the set.",
                "Find out who, then repeat the step.",
                missing);
        }
    }

    private Task<HashSet<string>> ReadAsync(SetEntry set, CancellationToken cancellationToken) =>
        ReadAsync(set, () => SetReading.MembersAsync(_session.Reader, set.SetId, cancellationToken));

    private async Task<HashSet<string>> ReadAsync(SetEntry set, Func<Task<HashSet<string>>> read)
    {
        if (set.RemovedAt is { } removed)
        {
            throw Gone("SetRemoved", FormattableString.Invariant($"The user set '{set.Name}' ({set.SetId}) of the run {_run.RunId} was deleted on {removed:yyyy-MM-dd} with Remove-AlmaUserSet."));
        }

        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind == AlmaErrorKind.NotFound)
        {
            throw Gone("SetGone", $"The user set '{set.Name}' ({set.SetId}) of the run {_run.RunId} is gone from Alma: somebody has deleted it there.", e);
        }
    }

    private AlmaPurgeException Gone(string errorId, string message, Exception? cause = null) => new(
        errorId,
        AlmaPurgeErrorKind.Conflict,
        message + " Nothing was started.",
        _run.Document.Mark is null
            ? "Start a new run; nobody of this one is marked."
            : "Take the marking back with Undo-AlmaPurgeDate, which needs no set, and start a new run.",
        _run.RunId,
        cause);

    private void RequireNoStranger(SetEntry set, HashSet<string> members)
    {
        if (members.FirstOrDefault(id => !_run.Patrons.IsCandidate(id)) is { } stranger)
        {
            throw new AlmaPurgeException(
                "SetHoldsOthers",
                AlmaPurgeErrorKind.SafetyStop,
                $"The set '{set.Name}' holds '{stranger}', whom the run {_run.RunId} never imported.",
                "Look at the set in Alma (Manage Sets): somebody else may have changed it. Start a new run.",
                stranger);
        }
    }
}
