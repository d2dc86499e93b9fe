using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>What the journal says of sets that were deleted.</summary>
internal static class DeletedSets
{
    private static readonly string[] s_actions = [JournalActions.DeleteSet, UndoActions.DeleteSet];

    /// <summary>Ids of the sets that were deleted for a run.</summary>
    public static HashSet<string> IdsOf(PurgeRun run) =>
        [.. s_actions.SelectMany(run.Journal.Settled).Where(IsDone).Select(pair => (string)pair.Intent.Data!["setId"]!)];

    /// <summary>Sets that an undo of the run has made and not deleted, with their names.</summary>
    public static IReadOnlyList<(string SetId, string Name)> LeftByUndo(PurgeRun run)
    {
        HashSet<string> deleted = IdsOf(run);
        return
        [
            .. run.Journal.Settled(UndoActions.CreateSet)
                .Where(IsDone)
                .Select(pair => ((string)pair.Outcome.Data!["setId"]!, (string)pair.Intent.Data!["name"]!))
                .Where(set => !deleted.Contains(set.Item1)),
        ];
    }

    /// <summary>
    /// Takes over into run.json that the run's set was deleted. A run that was not marked is back before its set and may
    /// build another; for a marked one the entry is part of its record.
    /// </summary>
    public static void TakeOver(PurgeRun run)
    {
        if (run.Document.Set is not { RemovedAt: null } set)
        {
            return;
        }

        JournalLine? deleted = run.Journal.Settled(JournalActions.DeleteSet)
            .LastOrDefault(pair => IsDone(pair) && (string?)pair.Intent.Data!["setId"] == set.SetId)
            .Outcome;
        if (deleted is not null)
        {
            run.Update(d => d with { Set = d.Mark is null ? null : set with { RemovedAt = deleted.Time } });
        }
    }

    private static bool IsDone((JournalLine Intent, JournalLine Outcome) pair) => pair.Outcome.Result == JournalResults.Done;
}
