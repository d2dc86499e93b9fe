namespace AlmaPurge.Core.Runs;

/// <summary>A live check that is spread over several days: who was checked since it began, and who waits.</summary>
internal static class SplitCheck
{
    /// <summary>Begins one, or goes on with the one that is under way.</summary>
    public static void Begin(PurgeRun run, DateTimeOffset now) =>
        run.Update(d => d with { CheckSince = d.CheckSince ?? now });

    /// <summary>The patron's check by the one that is under way; null if there is none yet.</summary>
    public static LiveCheck? DoneOf(PurgeRun run, string id) =>
        run.Document.CheckSince is { } since && run.Patrons.TryGetCheck(id, out LiveCheck? check) && check.CheckedAt >= since
            ? check
            : null;

    /// <summary>How many patrons wait for the calls of another day. Once the set is built nobody does.</summary>
    public static int WaitingCount(PurgeRun run) =>
        run.Document is { CheckSince: not null, Set: null }
            ? run.Patrons.RemainingIds().Count(id => DoneOf(run, id) is null)
            : 0;

    /// <summary>Ends it if nobody waits any more; false while somebody does.</summary>
    public static bool End(PurgeRun run)
    {
        if (run.Document.CheckSince is null)
        {
            return true;
        }

        if (WaitingCount(run) > 0)
        {
            return false;
        }

        run.Update(d => d with { CheckSince = null });
        return true;
    }
}
