using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Where a run was given to people to look through, nobody goes whom they have not seen: not who was left out of the
/// workbook, and not who came back after it was written, because a later check had an answer where Alma was not to be
/// reached before.
/// </summary>
internal static class ReviewedPatrons
{
    /// <summary>
    /// Stops if one of the patrons was in no review of the run. Once a review was read back, only those that were count.
    /// </summary>
    /// <param name="run">The run, or its preview.</param>
    /// <param name="primaryIds">Patrons who would go.</param>
    /// <exception cref="AlmaPurgeException">Somebody would go whom no review had, or a list of a review is damaged.</exception>
    public static void Require(PurgeRun run, IEnumerable<string> primaryIds)
    {
        IReadOnlyList<ReviewEntry> reviews = run.Document.Reviews;
        ReviewEntry[] readBack = [.. reviews.Where(r => r.ReadAt is not null)];
        HashSet<string> unseen = reviews.Count == 0 ? [] : new(primaryIds, StringComparer.OrdinalIgnoreCase);

        // The newest first: an older one is looked at, and must be whole, only for whom the newer ones do not have.
        foreach (ReviewEntry review in (readBack.Length > 0 ? readBack : reviews).Reverse())
        {
            if (unseen.Count == 0)
            {
                return;
            }

            unseen.ExceptWith(run.ReadReview(review));
        }

        if (unseen.Count > 0)
        {
            throw Unseen(run, unseen, readBack.Length > 0);
        }
    }

    private static AlmaPurgeException Unseen(PurgeRun run, HashSet<string> unseen, bool isReadBack)
    {
        string first = unseen.Order(StringComparer.OrdinalIgnoreCase).First();
        string which = isReadBack ? "review that was read back" : "review";
        return new AlmaPurgeException(
            "NotInReview",
            AlmaPurgeErrorKind.SafetyStop,
            FormattableString.Invariant($"{unseen.Count} patron(s) of the run {run.RunId} would go, such as '{first}', and are in no {which}, so nobody who looked through it has seen them. Nothing was written to Alma."),
            "Write the review again with Export-AlmaPurgeReview and take it over with Import-AlmaPurgeReview; or hand on only those of the review: Import-AlmaPurgeReview | New-AlmaUserSet.",
            first);
    }
}
