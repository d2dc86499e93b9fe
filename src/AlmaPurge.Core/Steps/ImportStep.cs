using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads candidates. First all files are read and judged together, so that whatever is wrong with one of them stops
/// the import before anything has left or is written; what matters of each row stays in memory, in a few dozen bytes.
/// Then the rules judge, candidates and exclusions are handed to the run and are on disk, and only then the first
/// candidate leaves. So every patron is accounted for, also if nobody takes the rest. The copy of what was read is
/// written while the candidates leave, and the run is kept from other processes until it is there.
/// </summary>
public sealed class ImportStep
{
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
        return Read(paths.Select(path => TableSource.Open(path, options)), cancellationToken);
    }

    /// <summary>Reads all tables and judges them together. Writes nothing.</summary>
    /// <param name="tables">The tables; each is taken when the one before has been read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TableException">A table cannot be used as it is.</exception>
    public ImportedPatrons Read(IEnumerable<TableSource> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        RowStore rows = new();
        RowMatcher matcher = new(rows);
        TraitTable traits = new();
        List<ImportFile> files = [];
        foreach (TableSource table in tables)
        {
            ImportFile file = new(table);
            file.ReadInto(rows, matcher, traits, checked((ushort)files.Count), _reporter, cancellationToken);
            files.Add(file);
        }

        return Together(rows, matcher, traits, files);
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
        return Together(rows, new RowMatcher(rows), traits, [list]);
    }

    /// <summary>Hands everybody to the run, then gives its candidates.</summary>
    /// <param name="run">A run without patrons.</param>
    /// <param name="patrons">What reading gave.</param>
    /// <param name="cancellationToken">Stops the step; before the first candidate has left, nothing is imported.</param>
    public IEnumerable<AlmaPurgeCandidate> Run(
        PurgeRun run, ImportedPatrons patrons, CancellationToken cancellationToken) =>
        RunInBlocks(run, patrons, cancellationToken).SelectMany(block => block);

    /// <summary>The same, many candidates at a time: for takers who can do without one by one.</summary>
    /// <param name="run">A run without patrons.</param>
    /// <param name="patrons">What reading gave.</param>
    /// <param name="cancellationToken">Stops the step; before the first candidate has left, nothing is imported.</param>
    public IEnumerable<AlmaPurgeCandidate[]> RunInBlocks(
        PurgeRun run, ImportedPatrons patrons, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(patrons);
        RequireEmpty(run);
        PurgeCriteria criteria = patrons.Complete(run.Criteria);
        run.ImportedFiles = [.. patrons.Sources.OfType<ImportFile>().Where(f => f.Source.IsFile).Select(f => f.Origin)];
        using IDisposable held = run.KeepLocked();
        InputArchive archive = new(run, StepNames.Import, ImportFile.Columns);
        Task<string?[]> copies = archive.StartAsync(
            [.. patrons.Sources.Select(s => (s as ImportFile)?.Source)], cancellationToken);
        bool isImported = false;
        try
        {
            Import(run, patrons, criteria, cancellationToken);
            isImported = true;
            KeepListReport.WarnOfUnmatched(run, _reporter);
            foreach (AlmaPurgeCandidate[] block in new CandidateMaker(run, patrons.Rows).Blocks())
            {
                yield return block;
            }

            // The next command ends its step, and changes anything in Alma, only after this: without a copy it does not.
            copies.GetAwaiter().GetResult();
        }
        finally
        {
            // Nothing is written into the folder any more once the step has ended, however it ends.
            Task.WhenAny(copies).GetAwaiter().GetResult();
            if (isImported && copies.IsCompletedSuccessfully)
            {
                archive.Enter(copies.Result);
            }
        }
    }

    private void Import(
        PurgeRun run, ImportedPatrons patrons, PurgeCriteria criteria, CancellationToken cancellationToken)
    {
        using StepScope scope = run.BeginStep(StepNames.Import);
        Task<RunInput[]> inputs = InputsAsync(run, patrons.Sources, cancellationToken);
        try
        {
            JudgeAll(run, patrons, criteria, cancellationToken);
            run.Flush();
        }
        finally
        {
            // However the step ends, nobody reads the files any more once it has.
            Task.WhenAny(inputs).GetAwaiter().GetResult();
        }

        RunInput[] hashed = inputs.GetAwaiter().GetResult();
        run.Update(d => d with
        {
            Criteria = criteria,
            Inputs = [.. d.Inputs, .. hashed],
            ImportedAt = run.Time.GetUtcNow(),
        });
        scope.Complete();
    }

    private static ImportedPatrons Together(
        RowStore rows, RowMatcher matcher, TraitTable traits, IReadOnlyList<IPatronSource> sources)
    {
        RowMerger merger = new(rows, traits, sources);
        merger.Merge(matcher.Finish());
        return new ImportedPatrons(rows, traits, sources, merger);
    }

    private static async Task<RunInput[]> InputsAsync(
        PurgeRun run, IReadOnlyList<IPatronSource> sources, CancellationToken cancellationToken)
    {
        List<RunInput> inputs = [];
        foreach (IPatronSource source in sources)
        {
            // A preview leaves nothing behind that could be proven by a hash.
            string? hash = run.IsPreview ? null : await source.HashAsync(cancellationToken).ConfigureAwait(false);
            RunInput input = new(StepNames.Import, source.Name, hash, source.RowCount);
            inputs.Add(source is ImportFile file ? input.From(file.Source.Origin) : input);
        }

        return [.. inputs];
    }

    private void JudgeAll(
        PurgeRun run, ImportedPatrons patrons, PurgeCriteria criteria, CancellationToken cancellationToken)
    {
        RowJudge judge = new(patrons, criteria, DateOnly.FromDateTime(run.Time.GetLocalNow().Date));
        RowStore rows = patrons.Rows;
        List<int> candidates = new(rows.Count);
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
                candidates.Add(row.IdAt);
            }

            if (i % RowStore.BlockSize == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _reporter.Progress(new StepProgress("Judging patrons", "", i, rows.Count));
            }
        }

        // From here on nothing stops the step, so the run has imported everybody or nobody.
        run.Patrons.AddCandidates(new IdsInArena(rows.Ids, [.. candidates]));
        Exclude(run, patrons, judge);
    }

    private static void Exclude(PurgeRun run, ImportedPatrons patrons, RowJudge judge)
    {
        RowStore rows = patrons.Rows;
        for (int i = 0; i < rows.Count; i++)
        {
            ref PatronRow row = ref rows[i];
            if (row.State is RowState.Stands or RowState.Conflict)
            {
                run.Patrons.Exclude(patrons.IdOf(i), StepNames.Import, judge.Judge(i));
            }
        }
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
