using AlmaPurge.Core.Reports;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Takes over the vetoes of a review workbook. A row that was taken out of the workbook counts as a veto: whoever did
/// so wanted the patron off the list of those who go, and keeping one too many does no harm.
/// </summary>
public sealed class ImportReviewStep
{
    private readonly PurgeRun _run;
    private readonly IStepReporter _reporter;

    /// <summary>Makes the step.</summary>
    public ImportReviewStep(PurgeRun run, IStepReporter reporter)
    {
        _run = run;
        _reporter = reporter;
    }

    /// <summary>The run that a workbook says it belongs to.</summary>
    /// <exception cref="AlmaPurgeException">It is no review workbook.</exception>
    public static string RunIdOf(string path) => ReviewReader.Read(path).RunId;

    /// <summary>Reads a workbook and holds it against what was written. Changes nothing.</summary>
    /// <param name="path">The workbook.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="AlmaPurgeException">It belongs to another run, was added to, or cannot be read for sure.</exception>
    public async Task<ReviewVerdict> ReadAsync(string path, CancellationToken cancellationToken)
    {
        _run.RequireIds();
        ReviewMarks marks = ReviewReader.Read(path);
        string hash = await FileHash.StartAsync(path, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> written = _run.ReadReview(RequireOwn(marks, path));
        HashSet<string> expected = new(written, StringComparer.OrdinalIgnoreCase);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (ReviewRow row in marks.Rows)
        {
            if (!expected.Contains(row.PrimaryId))
            {
                throw Refused("ReviewIdsAdded", path, row, "was not among those who would go when the workbook was written, or was changed in it");
            }

            if (!seen.Add(row.PrimaryId))
            {
                throw Refused("ReviewIdsTwice", path, row, "is there twice");
            }
        }

        return new ReviewVerdict(
            marks.Number,
            new RunInput(StepNames.Review, Path.GetFileName(path), hash, marks.Rows.Count),
            [.. marks.Rows.Where(r => r.IsVetoed).Select(r => r.PrimaryId)],
            [.. written.Where(id => !seen.Contains(id))],
            [.. written.Where(seen.Contains)]);
    }

    /// <summary>Takes the vetoes over into a run: the run itself, or its preview.</summary>
    /// <returns>Who is left of the review.</returns>
    public IReadOnlyList<AlmaPurgeCandidate> Apply(ReviewVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        using (StepScope scope = _run.BeginStep(StepNames.Review))
        {
            foreach (string id in verdict.Vetoed)
            {
                Keep(id, $"vetoed in review {verdict.Number}");
            }

            foreach (string id in verdict.TakenOut)
            {
                Keep(id, $"the row was taken out of review {verdict.Number}");
            }

            _run.Flush();
            _run.Update(d => d with
            {
                Inputs = [.. d.Inputs, verdict.Input],
                Reviews = [.. d.Reviews.Select(r => r.Number == verdict.Number ? r with { ReadAt = _run.Time.GetUtcNow() } : r)],
            });
            scope.Complete();
        }

        if (verdict.TakenOut.Count > 0)
        {
            _reporter.Warn(FormattableString.Invariant(
                $"{verdict.TakenOut.Count} row(s) were taken out of the workbook. Their patrons stay, as if they were vetoed."));
        }

        return [.. verdict.Listed.Where(_run.Patrons.IsRemaining).Select(ToCandidate)];
    }

    private void Keep(string id, string evidence) =>
        _run.Patrons.Exclude(id, StepNames.Review, VetoedRule.RuleName, evidence);

    private ReviewEntry RequireOwn(ReviewMarks marks, string path)
    {
        if (marks.RunId != _run.RunId)
        {
            throw new AlmaPurgeException(
                "ReviewOfOtherRun",
                AlmaPurgeErrorKind.SafetyStop,
                $"{Path.GetFileName(path)} is a review of the run {marks.RunId}, not of {_run.RunId}.",
                "Give the workbook of this run, or the run of this workbook.",
                path);
        }

        return _run.Document.Reviews.FirstOrDefault(r => r.Number == marks.Number) ?? throw new AlmaPurgeException(
            "ReviewUnknown",
            AlmaPurgeErrorKind.SafetyStop,
            $"The run {_run.RunId} knows no review {marks.Number}, which {Path.GetFileName(path)} says it is.",
            "Write a review with Export-AlmaPurgeReview and put the vetoes in there.",
            path);
    }

    private static AlmaPurgeException Refused(string errorId, string path, ReviewRow row, string what) => new(
        errorId,
        AlmaPurgeErrorKind.SafetyStop,
        FormattableString.Invariant($"{Path.GetFileName(path)}: row {row.Row} of '{ReviewLayout.GoSheet}': '{row.PrimaryId}' {what}."),
        "Take the row out, or put the vetoes into the workbook as it was written. Nothing was taken over.",
        row.PrimaryId);

    private AlmaPurgeCandidate ToCandidate(string id) => _run.Patrons.TryGetCheck(id, out LiveCheck? check)
        ? new AlmaPurgeCandidate(_run, id, check.Before.ExpiryDate, null, check.Before.PurgeDate, check.CheckedAt)
        : new AlmaPurgeCandidate(_run, id);
}

/// <summary>What a review workbook says, held against what was written.</summary>
public sealed class ReviewVerdict
{
    internal ReviewVerdict(
        int number, RunInput input, IReadOnlyList<string> vetoed, IReadOnlyList<string> takenOut, IReadOnlyList<string> listed)
    {
        Number = number;
        Input = input;
        Vetoed = vetoed;
        TakenOut = takenOut;
        Listed = listed;
    }

    /// <summary>Which review of the run it is.</summary>
    public int Number { get; }

    /// <summary>Patrons with a mark in the veto column.</summary>
    public IReadOnlyList<string> Vetoed { get; }

    /// <summary>Patrons whose row is no longer there.</summary>
    public IReadOnlyList<string> TakenOut { get; }

    /// <summary>Patrons who are still listed, vetoed or not, in the order of the run.</summary>
    public IReadOnlyList<string> Listed { get; }

    internal RunInput Input { get; }
}
