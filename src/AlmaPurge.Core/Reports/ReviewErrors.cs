namespace AlmaPurge.Core.Reports;

/// <summary>What can be wrong with a review workbook.</summary>
internal static class ReviewErrors
{
    public static AlmaPurgeException Unreadable(string path, string problem, string nextStep) => new(
        "ReviewUnreadable", AlmaPurgeErrorKind.InvalidData, $"{Path.GetFileName(path)}: {problem}", nextStep, path);

    public static AlmaPurgeException VetoUnreadable(string path, int row, string problem) => new(
        "ReviewVetoUnreadable",
        AlmaPurgeErrorKind.InvalidData,
        FormattableString.Invariant($"{Path.GetFileName(path)}: row {row} of '{ReviewLayout.GoSheet}': {problem}, so nobody can tell who is vetoed."),
        "Put plain marks into the veto column, one in each row that is meant, and save again. Nothing was taken over.",
        path);
}
