using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>All that a report of a run is made of, as it stood when it was read. What could not be read is null.</summary>
internal sealed record ReportContents
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether the run only previews.</summary>
    public bool IsPreview { get; init; }

    /// <summary>When the report is written.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Who writes it, and with what.</summary>
    public required Workplace WrittenBy { get; init; }

    /// <summary>How far the run has come.</summary>
    public required AlmaPurgeRunState State { get; init; }

    /// <summary>What comes next.</summary>
    public required string NextStep { get; init; }

    /// <summary>What run.json says.</summary>
    public RunDocument? Document { get; init; }

    /// <summary>The journal as it lies on disk; null where there is none.</summary>
    public JournalChain? Journal { get; init; }

    /// <summary>Patrons and exclusions.</summary>
    public PatronTable? Patrons { get; init; }

    /// <summary>Steps that began and never ended.</summary>
    public IReadOnlyList<string> UnfinishedSteps { get; init; } = [];

    /// <summary>What the last verification found.</summary>
    public IReadOnlyList<AlmaPurgeResult> Results { get; init; } = [];

    /// <summary>What is wrong with the record of the run; empty if all of it could be read and fits together.</summary>
    public IReadOnlyList<string> Damage { get; init; } = [];

    /// <summary>Files of the run folder.</summary>
    public IReadOnlyList<ReportFile> Files { get; init; } = [];

    /// <summary>Whether there is to be a table with each patron.</summary>
    public bool ListsPatrons { get; init; }

    /// <summary>How an identifier, or a hash of some, stands in the report: as in the files of the run folder.</summary>
    public required Func<string, string> ShowId { get; init; }

    /// <summary>Whether what the verification found is there, whole, and still holds.</summary>
    public bool IsVerified => Document?.VerifiedAt is not null && Patrons is not null && Results.Count == Patrons.Count;

    /// <summary>The intents of the journal of which nobody knows what came.</summary>
    public IReadOnlyList<JournalLine> OpenIntents => Runs.Journal.UnsettledOf(Journal?.Lines ?? []);

    /// <summary>The notes of the journal with this action.</summary>
    public IEnumerable<JournalLine> Notes(string action) => (Journal?.Lines ?? []).Where(l => l.Kind == "note" && l.Action == action);

    /// <summary>Whether the journal has an intent of this action that was done, or may have been.</summary>
    public bool MayHaveDone(string action)
    {
        IReadOnlyList<JournalLine> lines = Journal?.Lines ?? [];
        return lines.Any(l => l.Action == action && l.Of is not null && l.Result == JournalResults.Done)
            || OpenIntents.Any(l => l.Action == action);
    }
}

/// <summary>A file of the run folder as it lay there when the report was written.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal.</param>
internal sealed record ReportFile(string Name, long Length, string Sha256);
