using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Runs;

/// <content>What a review needs of a run.</content>
public sealed partial class PurgeRun
{
    /// <summary>
    /// The files that were imported in this process, since run.json has their names and hashes alone. Not kept.
    /// </summary>
    internal IReadOnlyList<(string Path, TableOptions Options)> ImportedFiles { get; set; } = [];

    /// <summary>Records a review workbook, and who is to go by it. A preview has nowhere to keep that.</summary>
    internal void AddReview(int number, IReadOnlyList<string> going, DateTimeOffset writtenAt) => Update(d =>
    {
        if (d.Reviews.Count + 1 != number)
        {
            throw new AlmaPurgeException(
                "ReviewConflict",
                AlmaPurgeErrorKind.Conflict,
                $"Another review of the run {RunId} was written at the same time.",
                "Write it again.",
                RunId);
        }

        if (_folder is null)
        {
            return d;
        }

        ReviewFile.Write(_folder, number, going);
        return d with { Reviews = [.. d.Reviews, new ReviewEntry(number, writtenAt, going.Count)] };
    });

    /// <summary>Who was to go by a review.</summary>
    internal IReadOnlyList<string> ReadReview(ReviewEntry review) => ReviewFile.Read(_reviewFolder!, review);
}
