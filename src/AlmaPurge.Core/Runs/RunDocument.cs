using Newtonsoft.Json;

namespace AlmaPurge.Core.Runs;

/// <summary>What <c>run.json</c> holds: everything of a run but its patrons and its journal.</summary>
public sealed record RunDocument
{
    /// <summary>Version of the run folder's format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Counts the writes, so that a process notices that another one has gone on with the run.</summary>
    public int Revision { get; init; }

    /// <summary>Id of the run; also the name of its folder.</summary>
    public required string RunId { get; init; }

    /// <summary>When the run was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it, and with what; null in runs of versions that did not record it.</summary>
    public Workplace? MadeBy { get; init; }

    /// <summary>What the run was started with.</summary>
    public required PurgeCriteria Criteria { get; init; }

    /// <summary>Institution code; null until the run first met Alma.</summary>
    public string? Institution { get; init; }

    /// <summary>Environment; null until the run first met Alma.</summary>
    public AlmaEnvironmentType? EnvironmentType { get; init; }

    /// <summary>Whether nothing of the input files is kept but their hashes; null for no.</summary>
    public bool? NoArchive { get; init; }

    /// <summary>Last day on which the run is not to be deleted; null if it may be at any time once it has ended.</summary>
    public DateOnly? RetainUntil { get; init; }

    /// <summary>Files, sets or ids that were imported or subtracted.</summary>
    public IReadOnlyList<RunInput> Inputs { get; init; } = [];

    /// <summary>Steps that began; those that never ended make the run partial.</summary>
    public IReadOnlyList<string> OpenSteps { get; init; } = [];

    /// <summary>Each step that was begun, in order, with who did it; empty in runs of versions that did not record it.</summary>
    public IReadOnlyList<StepEntry> Steps { get; init; } = [];

    /// <summary>When the import had accounted for every row.</summary>
    public DateTimeOffset? ImportedAt { get; init; }

    /// <summary>Lines that candidates.csv has at least; fewer mean that somebody was lost from it.</summary>
    public int CandidateCount { get; init; }

    /// <summary>Lines that exclusions.csv has at least; fewer mean that somebody who stays was lost from it.</summary>
    public int ExclusionCount { get; init; }

    /// <summary>Most patrons that the run may purge; raised by nothing but a higher number at the set.</summary>
    public int? MaximumCount { get; init; }

    /// <summary>
    /// When a live check began that is spread over several days and has not come to its end; null for none. Whoever was
    /// checked before it waits for a new check.
    /// </summary>
    public DateTimeOffset? CheckSince { get; init; }

    /// <summary>Review workbooks that were written.</summary>
    public IReadOnlyList<ReviewEntry> Reviews { get; init; } = [];

    /// <summary>Files that were handed out to build the set by hand.</summary>
    public IReadOnlyList<ExportEntry> Exports { get; init; } = [];

    /// <summary>The set in Alma, once built and read back.</summary>
    public SetEntry? Set { get; init; }

    /// <summary>The marking, once done and read back.</summary>
    public MarkEntry? Mark { get; init; }

    /// <summary>The purge, once started.</summary>
    public PurgeEntry? Purge { get; init; }

    /// <summary>Patrons whom the verification found in Alma with the marking of this run still on them.</summary>
    public int StillMarkedCount { get; init; }

    /// <summary>When the marking was given back for everybody who is still there.</summary>
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>How far an undo has come that is spread over several days; null for none.</summary>
    public UndoProgress? Undoing { get; init; }

    /// <summary>
    /// When a verification began that is spread over several days and has not come to its end; null for none.
    /// </summary>
    public DateTimeOffset? VerifySince { get; init; }

    /// <summary>When each patron was looked up after the purge.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }
}

/// <summary>A step that somebody began.</summary>
/// <param name="Step">Name of the step.</param>
/// <param name="BegunAt">When it began.</param>
/// <param name="By">Who began it, and with what.</param>
/// <param name="EndedAt">When it came to its end; null if it never did, or has not yet.</param>
public sealed record StepEntry(string Step, DateTimeOffset BegunAt, Workplace By, DateTimeOffset? EndedAt = null);

/// <summary>A counter of a job's report in Alma.</summary>
/// <param name="Name">Its label as Alma gave it; not stable between versions of Alma.</param>
/// <param name="Number">What it counted.</param>
public sealed record CounterEntry(string Name, long Number);

/// <summary>A source that a step read.</summary>
/// <param name="Step">Step that read it.</param>
/// <param name="Name">File name, set name or other name; never a full path, which may hold a person's name.</param>
/// <param name="Sha256">
/// SHA-256, lower-case hexadecimal: of a file's bytes; of what was read of a report or set, as it was kept for the step.
/// Null for single ids.
/// </param>
/// <param name="Rows">Rows read.</param>
public sealed record RunInput(string Step, string Name, string? Sha256, long Rows)
{
    /// <summary>Name below the run folder of what is kept of it; null for nothing.</summary>
    public string? Archive { get; init; }

    /// <summary>Path of an Analytics report; null for what is none. Shared folders only, so it is no person's own place.</summary>
    public string? Report { get; init; }

    /// <summary>The filter that the report was read with; null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>Id of a set; null for what is none.</summary>
    public string? SetId { get; init; }

    /// <summary>The same with where it came from, as far as that is not a file.</summary>
    internal RunInput From(Tables.TableOrigin origin) =>
        this with { Report = origin.Report, Filter = origin.Filter, SetId = origin.SetId };
}

/// <summary>How the record of a run is kept.</summary>
/// <param name="NoArchive">Whether nothing of the input files is kept but their hashes.</param>
/// <param name="RetainUntil">Last day on which the run is not to be deleted; null for none.</param>
public sealed record RunKeeping(bool NoArchive = false, DateOnly? RetainUntil = null);

/// <summary>A review workbook of a run.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="Count">Patrons who would go by it.</param>
/// <param name="ReadAt">When its vetoes were last taken over; null if never.</param>
public sealed record ReviewEntry(int Number, DateTimeOffset WrittenAt, int Count, DateTimeOffset? ReadAt = null);

/// <summary>The set of a run.</summary>
/// <param name="SetId">Id that Alma gave it.</param>
/// <param name="Name">Its unique name.</param>
/// <param name="Count">Members, as read back.</param>
/// <param name="BuiltAt">When it was read back.</param>
public sealed record SetEntry(string SetId, string Name, int Count, DateTimeOffset BuiltAt)
{
    /// <summary>Whether staff have built it by hand and the run has taken it up.</summary>
    [JsonProperty(DefaultValueHandling = DefaultValueHandling.Ignore)]
    public bool IsHandBuilt { get; init; }

    /// <summary>When it was deleted in Alma, once the run no longer needed it; null while it is there.</summary>
    public DateTimeOffset? RemovedAt { get; init; }
}

/// <summary>A file of primary identifiers that was handed out to build the set by hand.</summary>
/// <param name="Name">File name; never a full path, which may hold a person's name.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="Count">Patrons in it.</param>
/// <param name="WrittenAt">When it was written.</param>
public sealed record ExportEntry(string Name, string Sha256, int Count, DateTimeOffset WrittenAt);

/// <summary>The marking of a run.</summary>
/// <param name="PurgeDate">Purge date that was set.</param>
/// <param name="PurgeGroup">Purge group that was set; null when patrons keep their own group.</param>
/// <param name="JobId">Alma's job.</param>
/// <param name="InstanceId">The run of it.</param>
/// <param name="MarkedAt">When it was read back.</param>
public sealed record MarkEntry(
    DateOnly PurgeDate,
    string? PurgeGroup,
    string JobId,
    string InstanceId,
    DateTimeOffset MarkedAt)
{
    /// <summary>What the job counted; null while it was not waited for, and in runs of versions that did not record it.</summary>
    public IReadOnlyList<CounterEntry>? Counters { get; init; }
}

/// <summary>The purge of a run.</summary>
/// <param name="Route">How it is done.</param>
/// <param name="PatronCount">For how many patrons it was started.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Status">Alma's status, or for UserDelete and Handoff what came of it.</param>
/// <param name="IsFinished">Whether it has ended.</param>
/// <param name="JobId">Alma's job; null for UserDelete and Handoff.</param>
/// <param name="InstanceId">The run of it; null for UserDelete and Handoff.</param>
public sealed record PurgeEntry(
    AlmaPurgeRoute Route,
    int PatronCount,
    DateTimeOffset StartedAt,
    string Status,
    bool IsFinished,
    string? JobId,
    string? InstanceId)
{
    /// <summary>Days that had to have passed since the purge date.</summary>
    public int? DaysAfterPurgeDate { get; init; }

    /// <summary>Debt that was overlooked, in the institution's currency.</summary>
    public decimal? WaiveThreshold { get; init; }

    /// <summary>Until when staff may run it; null where the purge was not handed over.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>What the job counted; null where there is no job, or its end was not seen or not recorded.</summary>
    public IReadOnlyList<CounterEntry>? Counters { get; init; }

    /// <summary>Whether staff have it and may run it, or are running it.</summary>
    internal bool IsHandedOver => Route == AlmaPurgeRoute.Handoff && !IsFinished;

    /// <summary>Whether it was handed over and taken back before anybody was purged.</summary>
    internal bool IsWithdrawn => Status == PurgeStatus.Withdrawn;

    /// <summary>Whether it ended before its end, so that the step can go on with those who are left.</summary>
    internal bool IsCutShort =>
        Route == AlmaPurgeRoute.UserDelete
        && Status is PurgeStatus.Running or PurgeStatus.Stopped or PurgeStatus.Incomplete;
}

/// <summary>How far an undo has come that is spread over several days.</summary>
/// <param name="Done">Patrons with a before-image, in the order of the import, who were dealt with.</param>
/// <param name="HasFailures">Whether somebody among them could not be given back group and purge date.</param>
public sealed record UndoProgress(int Done, bool HasFailures);

/// <summary>What came of deletions one by one, or of a handover; a job has Alma's own words.</summary>
internal static class PurgeStatus
{
    /// <summary>Deletions are being sent.</summary>
    public const string Running = "RUNNING";

    /// <summary>They were stopped before the last one.</summary>
    public const string Stopped = "STOPPED";

    /// <summary>Each was sent, and some answers were lost while the patrons are still there.</summary>
    public const string Incomplete = "INCOMPLETE";

    /// <summary>Everybody is gone or was kept by us.</summary>
    public const string Done = "DONE";

    /// <summary>Staff have the instructions.</summary>
    public const string HandedOver = "HANDED_OVER";

    /// <summary>Staff have run it; somebody is left, and nothing moves any more.</summary>
    public const string Steady = "STEADY";

    /// <summary>It was taken back from staff before anybody was purged.</summary>
    public const string Withdrawn = "WITHDRAWN";

    /// <summary>Everybody is settled, and Alma refused to delete some.</summary>
    public const string DoneWithRefusals = "DONE_WITH_REFUSALS";
}
