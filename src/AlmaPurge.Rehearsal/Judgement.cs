using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps.Import;

namespace AlmaPurge.Rehearsal;

/// <summary>
/// Whether the purge went as promised: everybody of the report has a result, and what the results say is what the
/// simulator has recorded. The simulator judges by records of its own and does not ask the code under test.
/// </summary>
internal sealed class Judgement
{
    private const int Named = 5;

    private readonly List<string> _faults = [];

    public Judgement(
        PurgeRun run, IReadOnlyList<AlmaPurgeResult> results, ImportedPatrons patrons, LibraryRecord record)
    {
        Run = run;
        Results = results;
        string[] recorded = [.. record.Purged];
        RecordedCount = recorded.Length;
        WrongCount = record.Wrong.Count;
        int expected = patrons.RowCount - patrons.CollapsedCount;
        if (results.Count != expected)
        {
            _faults.Add(FormattableString.Invariant($"The report has {expected} patrons, but {results.Count} have a result."));
        }

        AddFault("Nobody can tell what became of these", Ids(AlmaPurgeStatus.Unknown));
        string[] gone = [.. Ids(AlmaPurgeStatus.Purged), .. Ids(AlmaPurgeStatus.Recreated)];
        AddFault("Purged by the result, but not by the simulator's record", Except(gone, recorded));
        AddFault("Purged by the simulator's record, but not by the result", Except(recorded, gone));
        AddFault("Purged wrongly", record.Wrong);
    }

    public PurgeRun Run { get; }

    public IReadOnlyList<AlmaPurgeResult> Results { get; }

    /// <summary>How many the simulator says it has purged.</summary>
    public int RecordedCount { get; }

    /// <summary>How many of them should have stayed.</summary>
    public int WrongCount { get; }

    /// <summary>What went wrong; empty if all is well.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public bool IsGood => _faults.Count == 0;

    private void AddFault(string what, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0)
        {
            string more = ids.Count > Named ? " ..." : "";
            _faults.Add(FormattableString.Invariant($"{what} ({ids.Count}): {string.Join(", ", ids.Take(Named))}{more}"));
        }
    }

    private string[] Ids(AlmaPurgeStatus status) => [.. Results.Where(r => r.Status == status).Select(r => r.PrimaryId)];

    private static string[] Except(string[] ids, string[] others) =>
        [.. ids.Except(others, StringComparer.OrdinalIgnoreCase)];
}
