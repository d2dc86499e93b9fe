namespace AlmaPurge.Simulator.Host.Control;

/// <summary>A job instance as JSON, with the log of whom it left and why, which Alma shows to staff only.</summary>
internal sealed record JobView(
    string Id,
    string Name,
    string SubmittedBy,
    string Status,
    int Progress,
    bool IsFinished,
    DateTimeOffset SubmitTime,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<KeyValuePair<string, int>> Counters,
    IEnumerable<JobView.Left> NotProcessed)
{
    public static JobView Of(SimulatedJobRun run) => new(
        run.Id,
        run.Name,
        run.SubmittedBy,
        run.Status,
        run.Progress,
        run.IsFinished,
        run.SubmitTime,
        run.StartTime,
        run.EndTime,
        run.Parameters,
        run.Counters,
        run.Skipped.Select(s => new Left(s.Key, s.Value)));

    /// <summary>Someone whom the job left as they were.</summary>
    public sealed record Left(string PrimaryId, string Reason);
}
