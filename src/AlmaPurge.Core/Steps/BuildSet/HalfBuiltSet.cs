using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>A set that the run has made in Alma and not finished: the process ended before it was read back.</summary>
/// <param name="SetId">Id that Alma gave it.</param>
/// <param name="Name">Its unique name.</param>
internal sealed record HalfBuiltSet(string SetId, string Name)
{
    /// <summary>The half-built set of a run, as the journal has it once lost answers are settled; null if there is none.</summary>
    public static HalfBuiltSet? Of(PurgeRun run)
    {
        if (run.Document.Set is not null)
        {
            return null;
        }

        HashSet<string> deleted = DeletedSets.IdsOf(run);
        (JournalLine intent, JournalLine outcome) = run.Journal.Settled(JournalActions.CreateSet)
            .LastOrDefault(pair => pair.Outcome.Result == JournalResults.Done
                && !deleted.Contains((string?)pair.Outcome.Data?["setId"] ?? ""));
        return (string?)outcome?.Data?["setId"] is { } setId
            ? new HalfBuiltSet(setId, (string)intent.Data!["name"]!)
            : null;
    }
}
