using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Ids;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads candidates. First all files are read and judged together, so that whatever is wrong with one of them stops
/// the import before anything has left or is written; what matters of each row stays in memory, in a few dozen bytes.
/// Then the rules judge, candidates and exclusions are handed to the run and are on disk, and only then the first
/// candidate leaves. So every patron is accounted for, also if nobody takes the rest.
/// </summary>
public sealed class ImportStep
{
    private const int RowsPerReport = 1 << 14;

    private readonly IStepReporter _reporter;

    /// <summary>Makes the step.</summary>
    /// <param name="reporter">Told of progress.</param>
    public ImportStep(IStepReporter reporter) => _reporter = reporter;

    /// <summary>Reads all files and judges them together. Writes nothing.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="options">What the operator says about them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TableException">A file cannot be used as it is.</exception>
    public ImportedPatrons Read(
        IReadOnlyList<string> paths, TableOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        RowStore rows = new();
        TraitTable traits = new();
        List<ImportFile> files = [];
        List<Task<string>> hashes = [];
        foreach (string path in paths)
        {
            ImportFile file = new(path, options);
            hashes.Add(FileHash.StartAsync(file.FullPath, cancellationToken));
            file.ReadInto(rows, traits, checked((ushort)files.Count), _reporter, cancellationToken);
            files.Add(file);
        }

        RowMerger merger = new(rows, traits, files);
        merger.Merge(cancellationToken);
        IEnumerable<RunInput> inputs = files.Zip(
            hashes, (f, h) => new RunInput(StepNames.Import, f.Name, h.GetAwaiter().GetResult(), f.RowCount));
        return new ImportedPatrons(rows, traits, files, merger, [.. inputs]);
    }

    /// <summary>Takes identifiers that were given one by one. Writes nothing.</summary>
    /// <param name="primaryIds">Primary identifiers.</param>
    public static ImportedPatrons Read(IEnumerable<string> primaryIds)
    {
        ArgumentNullException.ThrowIfNull(primaryIds);
        RowStore rows = new();
        TraitTable traits = new();
        IdList list = new();
        list.ReadInto(rows, traits, primaryIds);
        RowMerger merger = new(rows, traits, [list]);
        merger.Merge(CancellationToken.None);
        return new ImportedPatrons(
            rows, traits, [list], merger, [new RunInput(StepNames.Import, list.Name, null, list.RowCount)]);
    }

    /// <summary>Hands everybody to the run, then gives its candidates.</summary>
    /// <param name="run">A run without patrons.</param>
    /// <param name="patrons">What reading gave.</param>
    /// <param name="cancellationToken">Stops the step; before the first candidate has left, nothing is imported.</param>
    public IEnumerable<AlmaPurgeCandidate> Run(
        PurgeRun run, ImportedPatrons patrons, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(patrons);
        RequireEmpty(run);
        PurgeCriteria criteria = patrons.Complete(run.Criteria);
        List<string> ids;
        using (StepScope scope = run.BeginStep(StepNames.Import))
        {
            ids = JudgeAll(run, patrons, criteria, cancellationToken);
            run.Update(d => d with
            {
                Criteria = criteria,
                Inputs = [.. d.Inputs, .. patrons.Inputs],
                ImportedAt = run.Time.GetUtcNow(),
            });
            scope.Complete();
        }

        int next = 0;
        for (int i = 0; i < patrons.Rows.Count; i++)
        {
            PatronRow row = patrons.Rows[i];
            if (row.State == RowState.Candidate)
            {
                yield return new AlmaPurgeCandidate(run, ids[next++], row.Expiry.Day, row.Activity.Day, row.Purge.Day);
            }
        }
    }

    private List<string> JudgeAll(
        PurgeRun run, ImportedPatrons patrons, PurgeCriteria criteria, CancellationToken cancellationToken)
    {
        RowJudge judge = new(patrons, criteria, DateOnly.FromDateTime(run.Time.GetLocalNow().Date));
        RowStore rows = patrons.Rows;
        List<string> ids = new(rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            ref PatronRow row = ref rows[i];
            if (row.State == RowState.Candidate)
            {
                // Judged for another run before.
                row.State = RowState.Stands;
            }

            if (row.State != RowState.Collapsed && judge.IsSafe(i))
            {
                row.State = RowState.Candidate;
                ids.Add(rows.TextOf(row));
            }

            if (i % RowsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _reporter.Progress(new StepProgress("Judging patrons", "", i, rows.Count));
            }
        }

        // From here on nothing stops the step, so the run has imported everybody or nobody.
        run.Patrons.AddCandidates(ids);
        for (int i = 0; i < rows.Count; i++)
        {
            ref PatronRow row = ref rows[i];
            if (row.State is RowState.Stands or RowState.Conflict)
            {
                string id = row.Damage == IdDamage.Blank ? "" : rows.TextOf(row);
                run.Patrons.Exclude(id, StepNames.Import, judge.Judge(i));
            }
        }

        return ids;
    }

    private static void RequireEmpty(PurgeRun run)
    {
        if (!run.Patrons.IsEmpty || run.Document.ImportedAt is not null)
        {
            throw new AlmaPurgeException(
                "RunHasPatrons",
                AlmaPurgeErrorKind.InvalidOperation,
                $"Patrons were imported into the run {run.RunId} before.",
                "One run is one import: give all files at once, or start another run.",
                run.RunId);
        }
    }
}
