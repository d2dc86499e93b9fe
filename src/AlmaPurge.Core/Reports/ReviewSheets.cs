using System.Globalization;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Reports;

/// <summary>The sheets of a review workbook.</summary>
internal static class ReviewSheets
{
    public static IEnumerable<SheetSpec> Of(ReviewContents contents) =>
        [Going(contents), Staying(contents), ReviewCriteria.Sheet(contents), Counts(contents)];

    private static SheetSpec Going(ReviewContents contents) => new(
        ReviewLayout.GoSheet,
        contents.Columns.AppendHeadings(ReviewLayout.GoHeadings),
        [24, 10, 16, 12, 14, 12, 18, 24],
        contents.Going.Select(id => contents.Columns.Append(id, GoingRow(contents.Run, id))))
    {
        ChoiceColumn = Array.IndexOf(ReviewLayout.GoHeadings, ReviewLayout.VetoHeading),
        Choice = ReviewLayout.VetoWord,
        ChoicePrompt = "Choose Veto, or put in any mark, to keep this patron. An empty cell lets the patron go.",
    };

    private static object?[] GoingRow(PurgeRun run, string id)
    {
        if (!run.Patrons.TryGetCheck(id, out LiveCheck? check))
        {
            return [id, null, null, null, null, null, "no"];
        }

        BeforeImage before = check.Before;
        return
        [
            id, null, before.UserGroup, before.ExpiryDate, before.AccountType, before.Status,
            check.CheckedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
        ];
    }

    private static SheetSpec Staying(ReviewContents contents) => new(
        ReviewLayout.StaySheet,
        contents.Columns.AppendHeadings(ReviewLayout.StayHeadings),
        [24, 18, 44, 60, 30, 12, 24],
        Kept(contents).Select(e => contents.Columns.Append(
            e.PrimaryId,
            [e.PrimaryId, e.Rule, RuleBook.Find(e.Rule)?.Sentence, e.Evidence, string.Join(' ', e.Rules), e.Step])));

    private static IEnumerable<AlmaPurgeExclusion> Kept(ReviewContents contents) =>
        contents.Run.Patrons.Exclusions().Concat(contents.NotPassedOn.Select(id => new AlmaPurgeExclusion(
            contents.Run.RunId, id, StepNames.Review, [NotPassedOnRule.RuleName], "did not arrive at the review")));

    private static SheetSpec Counts(ReviewContents contents)
    {
        BeforeImage?[] going =
            [.. contents.Going.Select(id => contents.Run.Patrons.TryGetCheck(id, out LiveCheck? check) ? check.Before : null)];
        IEnumerable<string> By(Func<BeforeImage, string?> value) =>
            going.Select(b => b is null ? "not checked live" : value(b) is { Length: > 0 } text ? text : "none");
        IEnumerable<object?[]> rows =
        [
            .. Grouped(ReviewLayout.GoSheet, "Account type", By(b => b.AccountType)),
            .. Grouped(ReviewLayout.GoSheet, "Status", By(b => b.Status)),
            .. Grouped(
                ReviewLayout.GoSheet, "Expiry year", By(b => b.ExpiryDate?.Year.ToString(CultureInfo.InvariantCulture))),
            .. Grouped(ReviewLayout.StaySheet, "Rule", Kept(contents).Select(e => e.Rule)),
            [ReviewLayout.GoSheet, "All", "", contents.Going.Count],
            [ReviewLayout.StaySheet, "All", "", contents.Run.Patrons.ExclusionCount + contents.NotPassedOn.Count],
        ];
        return new SheetSpec(ReviewLayout.CountsSheet, ["Sheet", "By", "Value", "Patrons"], [14, 16, 24, 10], rows);
    }

    private static IEnumerable<object?[]> Grouped(string sheet, string by, IEnumerable<string> values) => values
        .GroupBy(v => v, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new object?[] { sheet, by, g.Key, g.Count() });
}
