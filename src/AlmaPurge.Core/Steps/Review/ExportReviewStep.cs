using AlmaPurge.Core.Reports;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>What the operator asks of a review workbook.</summary>
public sealed record ExportReviewOptions
{
    /// <summary>The workbook.</summary>
    public required string Path { get; init; }

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Headings of columns of the input that go along into the workbook, and nowhere else.</summary>
    public IReadOnlyList<string> IncludedColumns { get; init; } = [];

    /// <summary>Files that may be the input, which is known by its hash.</summary>
    public IReadOnlyList<string> InputPaths { get; init; } = [];

    /// <summary>Column map of the input; null for the one that it was imported with, where that is known.</summary>
    public IReadOnlyDictionary<string, string>? ColumnMap { get; init; }
}

/// <summary>
/// Writes the workbook in which people look through a run before anything is changed: who would go, who would stay
/// and why. Changes nothing in Alma.
/// </summary>
public sealed class ExportReviewStep
{
    private readonly PurgeRun _run;
    private readonly IStepReporter _reporter;

    /// <summary>Makes the step.</summary>
    public ExportReviewStep(PurgeRun run, IStepReporter reporter)
    {
        _run = run;
        _reporter = reporter;
    }

    /// <summary>Writes the workbook.</summary>
    /// <param name="arrived">Ids that came down the pipeline; null for all of the run who remain.</param>
    /// <param name="options">What the operator asks of it.</param>
    /// <param name="cancellationToken">Stops the writing; no workbook is left then.</param>
    /// <returns>How many would go by it.</returns>
    /// <exception cref="AlmaPurgeException">The run is not at that point, or the input is not at hand.</exception>
    public async Task<int> ExportAsync(
        IReadOnlyCollection<string>? arrived, ExportReviewOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        RequireReviewable(options);
        IReadOnlyList<string> remaining = _run.Patrons.RemainingIds();
        HashSet<string> here = new(arrived?.Select(id => id.Trim()) ?? remaining, StringComparer.OrdinalIgnoreCase);
        string[] going = [.. remaining.Where(here.Contains)];
        IncludedColumns columns = await ReviewInput
            .ReadAsync(_run, options, cancellationToken)
            .ConfigureAwait(false);
        ReviewContents contents = new(
            _run,
            _run.Document.Reviews.Count + 1,
            _run.Time.GetUtcNow(),
            going,
            [.. remaining.Where(id => !here.Contains(id))],
            columns);
        RequireRoom(contents);
        WarnOfUnchecked(going);
        Write(contents, options, cancellationToken);
        return going.Length;
    }

    private void RequireReviewable(ExportReviewOptions options)
    {
        _run.RequireIds();
        if (_run.Document.ImportedAt is null)
        {
            throw Stop("NothingImported", $"Nobody was imported into the run {_run.RunId} yet.", "Import its patrons with Import-AlmaPurgeCandidate.");
        }

        if (_run.Document.Purge is { } purge)
        {
            throw Stop("PurgeAlreadyStarted", $"A purge of the run {_run.RunId} was started ({purge.Status}), so a review comes too late.", "Pipe the run to Confirm-AlmaPurge.");
        }

        // Vetoes that somebody has put in are not to be lost.
        OutputFile.RequireFree(options.Path, options.Force, ", and it may hold vetoes");
        if ((options.IncludedColumns.Count > 0 || _run.Criteria.Pseudonymize) && OutputFile.IsInFolderOf(_run, options.Path))
        {
            throw new AlmaPurgeException(
                "ReviewInRunFolder",
                AlmaPurgeErrorKind.InvalidArgument,
                _run.Criteria.Pseudonymize
                    ? "The workbook names patrons, and the folder of a run with pseudonyms names none."
                    : "With -IncludeColumn the workbook may hold names, and a run folder holds none.",
                "Give a -Path outside of the run folder.",
                options.Path);
        }
    }

    private void RequireRoom(ReviewContents contents)
    {
        int rows = Math.Max(contents.Going.Count, _run.Patrons.ExclusionCount + contents.NotPassedOn.Count) + 1;
        if (rows > SheetWriter.MostRows)
        {
            throw Stop(
                "ReviewTooLarge",
                FormattableString.Invariant($"A sheet has room for {SheetWriter.MostRows - 1} patrons, and {rows - 1} would be in one."),
                "Make runs of fewer patrons.");
        }
    }

    private void WarnOfUnchecked(string[] going)
    {
        int unchecked_ = going.Count(id => !_run.Patrons.TryGetCheck(id, out _));
        if (unchecked_ > 0)
        {
            _reporter.Warn(FormattableString.Invariant(
                $"{unchecked_} of {going.Length} patrons who would go have no live check yet, so the workbook says little of them, and some of them will stay. ")
                + "Pipe the run to Confirm-AlmaPurgeCandidate first.");
        }
    }

    // The list of who was to go is in the run before the workbook is where people find it.
    private void Write(ReviewContents contents, ExportReviewOptions options, CancellationToken cancellationToken) =>
        OutputFile.Write(
            options.Path,
            options.Force,
            temporary => ReviewWriter.Write(temporary, contents, cancellationToken),
            _ => _run.AddReview(contents.Number, contents.Going, contents.WrittenAt),
            "workbook");

    private AlmaPurgeException Stop(string id, string message, string nextStep) =>
        new(id, AlmaPurgeErrorKind.InvalidOperation, message, nextStep, _run.RunId);
}
