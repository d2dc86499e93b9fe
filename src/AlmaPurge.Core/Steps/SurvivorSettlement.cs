using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Settles patrons of the run who are to stay although they were marked: takes them out of the set and gives back
/// group and purge date, each read back. A marked survivor would be taken by the next purge of that group.
/// </summary>
internal sealed class SurvivorSettlement
{
    private const string RestoreUser = "RestoreUser";

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IAlmaWriter _writer;
    private readonly IStepReporter _reporter;

    public SurvivorSettlement(PurgeRun run, AlmaSession session, IAlmaWriter writer, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _writer = writer;
        _reporter = reporter;
    }

    /// <summary>Settles these patrons.</summary>
    /// <exception cref="AlmaPurgeException">Somebody could not be settled; no purge may start.</exception>
    public async Task SettleAsync(IReadOnlyCollection<string> primaryIds, CancellationToken cancellationToken)
    {
        if (primaryIds.Count == 0)
        {
            return;
        }

        // Whoever is still in the set is found there again if this is cut short, so leaving it comes last.
        foreach (string id in primaryIds)
        {
            await RestoreAsync(id, cancellationToken).ConfigureAwait(false);
        }

        await RemoveFromSetAsync(primaryIds, cancellationToken).ConfigureAwait(false);
        _reporter.Warn(FormattableString.Invariant(
            $"{primaryIds.Count} patron(s) who stay were taken out of the set and given back group and purge date."));
    }

    private async Task RemoveFromSetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        SetEntry set = _run.Document.Set!;
        HashSet<string> members =
            await SetReading.MembersAsync(_session.Reader, set.SetId, cancellationToken).ConfigureAwait(false);
        string[] leaving = [.. ids.Where(members.Contains)];
        if (leaving.Length > 0)
        {
            await new SetWriter(_run, _session, _writer, StepNames.Purge)
                .RemoveAsync(set.SetId, leaving, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task RestoreAsync(string id, CancellationToken cancellationToken)
    {
        MarkEntry? mark = _run.Document.Mark;
        AlmaUserRecord? user = await _session.Reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        if (mark is null || user is null || !IsSame(user, id) || !_run.Patrons.TryGetCheck(id, out LiveCheck? check))
        {
            // Gone, or never marked: there is nothing of ours on the record.
            return;
        }

        AlmaUserRecord restored = GiveBack(user, check.Before, mark);
        if (ReferenceEquals(restored, user))
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        await PutAsync(id, restored, mark, check.Before).ConfigureAwait(false);
        AlmaUserRecord? after = await _session.Reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        if (after is null || !ReferenceEquals(GiveBack(after, check.Before, mark), after))
        {
            throw NotRestored(id, null);
        }
    }

    // Only what is still as this run set it is given back; what somebody changed since is theirs.
    private static AlmaUserRecord GiveBack(AlmaUserRecord user, BeforeImage before, MarkEntry mark)
    {
        AlmaUserRecord result = user;
        if (mark.PurgeGroup is { } group && user.UserGroup.IsKnown && Same(user.UserGroup.Value, group))
        {
            result = result.WithUserGroup(before.UserGroup);
        }

        bool isOurDate = user.PurgeDate.IsKnown && user.PurgeDate.Value == mark.PurgeDate;
        return isOurDate && before.PurgeDate != mark.PurgeDate ? result.WithPurgeDate(before.PurgeDate) : result;
    }

    private async Task PutAsync(
        string id,
        AlmaUserRecord restored,
        MarkEntry mark,
        BeforeImage before)
    {
        int intent = _run.Journal.Intend(RestoreUser, new
        {
            id,
            from = new { userGroup = mark.PurgeGroup, purgeDate = (DateOnly?)mark.PurgeDate },
            to = new { userGroup = before.UserGroup, purgeDate = before.PurgeDate },
        });
        try
        {
            await _writer.PutUserAsync(restored, "user_group", CancellationToken.None).ConfigureAwait(false);
            _run.Journal.Conclude(intent, RestoreUser, "done");
        }
        catch (AlmaApiException e) when (e.OutcomeUnknown)
        {
            // The reading back that follows tells.
            _run.Journal.Conclude(intent, RestoreUser, "unknown");
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(intent, RestoreUser, "refused", new { code = e.AlmaCode });
            throw NotRestored(id, e);
        }
    }

    private static AlmaPurgeException NotRestored(string id, Exception? cause) => new(
        "PatronNotRestored",
        AlmaPurgeErrorKind.SafetyStop,
        $"'{id}' is to stay, but could not be given back user group and purge date, so the step goes no further.",
        "Correct the user in Alma by hand, then repeat the step.",
        id,
        cause);

    private static bool IsSame(AlmaUserRecord user, string id) =>
        user.PrimaryId.IsKnown && Same(user.PrimaryId.Value, id);

    private static bool Same(string a, string b) => a.Trim().Equals(b.Trim(), StringComparison.OrdinalIgnoreCase);
}
