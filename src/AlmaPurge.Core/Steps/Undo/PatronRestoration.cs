using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>What came of giving back group and purge date to one patron.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Detail">What the patron has now, or why nothing was given back.</param>
/// <param name="Cause">Alma's refusal, if there was one.</param>
internal sealed record RestorationOutcome(AlmaUndoStatus Status, string Detail, Exception? Cause = null);

/// <summary>
/// Gives one patron back the user group and the purge date from before, each only where the value is still the one
/// that this run set: GET, change, PUT of the whole record, and a GET that reads it back.
/// </summary>
internal sealed class PatronRestoration
{
    private const string RestoreUser = JournalActions.RestoreUser;

    // A group that was set by hand is not overwritten by student-system loads any more (documented).
    private const string Detached = "; the group counts as set by hand now, so a student-system load may leave it alone";

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IAlmaWriter _writer;

    public PatronRestoration(PurgeRun run, AlmaSession session, IAlmaWriter writer)
    {
        _run = run;
        _session = session;
        _writer = writer;
    }

    /// <summary>
    /// The record as it was before, as far as it is still as the run set it; the same object if nothing on it is.
    /// </summary>
    public static AlmaUserRecord GiveBack(AlmaUserRecord user, BeforeImage before, MarkEntry mark)
    {
        AlmaUserRecord result = user;
        if (HasOurGroup(user, mark))
        {
            result = result.WithUserGroup(before.UserGroup);
        }

        return HasOurDate(user, mark) && user.PurgeDate.Value != before.PurgeDate
            ? result.WithPurgeDate(before.PurgeDate)
            : result;
    }

    /// <summary>Whether the record has the purge group that the run set.</summary>
    public static bool HasOurGroup(AlmaUserRecord user, MarkEntry mark) =>
        mark.PurgeGroup is { } group && user.UserGroup.IsKnown && PatronIdentity.Same(user.UserGroup.Value, group);

    /// <summary>
    /// Whether the record has the purge date that the run set. A day off it is still ours: the instant that is sent may
    /// be the next or the last day in the zone in which Alma reads it (its zone is not documented).
    /// </summary>
    public static bool HasOurDate(AlmaUserRecord user, MarkEntry mark) =>
        user.PurgeDate.IsKnown && MarkReading.DaysOff(user.PurgeDate.Value, mark) <= 1;

    /// <summary>Whether anything on a patron's record is still as the run set it.</summary>
    public static bool IsMarked(PurgeRun run, AlmaUserRecord user, string id) =>
        run.Document.Mark is { } mark
        && run.Patrons.TryGetCheck(id, out LiveCheck? check)
        && !ReferenceEquals(GiveBack(user, check.Before, mark), user);

    /// <summary>What the restoration would find, without doing it; null where there is something to give back.</summary>
    public static RestorationOutcome? NothingToDo(PurgeRun run, AlmaUserRecord? user, string id)
    {
        if (PatronIdentity.IsGone(user, id))
        {
            return new RestorationOutcome(AlmaUndoStatus.Gone, "no longer in Alma");
        }

        if (PatronIdentity.IsNamesake(run, user!, id))
        {
            return new RestorationOutcome(AlmaUndoStatus.Gone, "no longer in Alma; somebody new has the identifier");
        }

        if (!PatronIdentity.IsSame(user!, id))
        {
            return new RestorationOutcome(AlmaUndoStatus.Failed, "Alma's answer has no primary identifier");
        }

        return IsMarked(run, user!, id)
            ? null
            : new RestorationOutcome(AlmaUndoStatus.Unchanged, "nothing on the record is as this run set it");
    }

    /// <summary>Holds what is there now against what was given back.</summary>
    /// <param name="before">The record before the change.</param>
    /// <param name="after">The record after it; null if Alma knows no such user.</param>
    /// <param name="id">The patron.</param>
    public RestorationOutcome ReadBack(AlmaUserRecord before, AlmaUserRecord? after, string id)
    {
        if (after is null || !PatronIdentity.IsSame(after, id))
        {
            return new RestorationOutcome(AlmaUndoStatus.Failed, "Alma did not answer with this patron after the change");
        }

        MarkEntry mark = _run.Document.Mark!;
        _run.Patrons.TryGetCheck(id, out LiveCheck? check);
        string date = after.PurgeDate.IsKnown
            ? FormattableString.Invariant($"purge date {after.PurgeDate.Value:yyyy-MM-dd}")
            : "no purge date";
        if (HasOurDate(before, mark) && check!.Before.PurgeDate is null && after.PurgeDate.IsKnown)
        {
            return new RestorationOutcome(AlmaUndoStatus.Failed, $"had no purge date before, and Alma gives {date} after it was taken away");
        }

        if (IsMarked(_run, after, id))
        {
            return new RestorationOutcome(AlmaUndoStatus.Failed, "reads back as this run had set it");
        }

        string group = HasOurGroup(before, mark) ? $"user group {check!.Before.UserGroup}, " : "";
        return new RestorationOutcome(AlmaUndoStatus.Restored, group + date + (group.Length > 0 ? Detached : ""));
    }

    /// <summary>Gives back one patron.</summary>
    public async Task<RestorationOutcome> RestoreAsync(string id, CancellationToken cancellationToken)
    {
        AlmaUserRecord? user = await _session.Reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        if (NothingToDo(_run, user, id) is { } nothing)
        {
            return nothing;
        }

        _run.Patrons.TryGetCheck(id, out LiveCheck? check);
        MarkEntry mark = _run.Document.Mark!;
        cancellationToken.ThrowIfCancellationRequested();
        AlmaApiException? refusal =
            await PutAsync(id, GiveBack(user!, check!.Before, mark), mark, check.Before).ConfigureAwait(false);
        if (refusal is not null)
        {
            return new RestorationOutcome(AlmaUndoStatus.Failed, $"Alma refused the change ({refusal.Kind} {refusal.AlmaCode})", refusal);
        }

        AlmaUserRecord? after = await _session.Reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        return ReadBack(user!, after, id);
    }

    private async Task<AlmaApiException?> PutAsync(string id, AlmaUserRecord restored, MarkEntry mark, BeforeImage before)
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
            _run.Journal.Conclude(intent, RestoreUser, JournalResults.Done);
            return null;
        }
        catch (AlmaApiException e) when (e.OutcomeUnknown)
        {
            // The reading back that follows tells; if it cannot be made, the next attempt looks.
            _run.Journal.Conclude(intent, RestoreUser, JournalResults.Unknown);
            return null;
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(intent, RestoreUser, JournalResults.Refused, new { code = e.AlmaCode });
            if (e.Kind is AlmaErrorKind.DailyLimit)
            {
                throw;
            }

            return e;
        }
    }
}
