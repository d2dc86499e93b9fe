namespace AlmaPurge.Core.Runs;

/// <summary>Patrons whom a step did not reach that is spread over several days: they wait, and nothing is decided of them.</summary>
internal static class WaitingPatrons
{
    /// <summary>How many wait for the step that goes on next; 0 where nobody does.</summary>
    public static int CountOf(PurgeRun run) => run.Document switch
    {
        { Undoing: { } undoing } => run.Patrons.Checks().Count - undoing.Done,
        { VerifySince: not null } => run.Results.Count(r => r is { Rule: null, Status: AlmaPurgeStatus.Unknown }),
        { Purge.IsCutShort: true } => run.HasIds ? Deletions.Left(run).Count : 0,
        _ => SplitCheck.WaitingCount(run),
    };
}
