using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Reports;

/// <summary>The sheet with what the run was started with, so that whoever looks through it knows what was asked.</summary>
internal static class ReviewCriteria
{
    public static SheetSpec Sheet(ReviewContents contents) => new(
        ReviewLayout.CriteriaSheet, ["What", "Value"], [30, 80], Lines(contents).Select(l => new object?[] { l.What, l.Value }));

    private static IEnumerable<(string What, string Value)> Lines(ReviewContents contents)
    {
        RunDocument document = contents.Run.Document;
        PurgeCriteria criteria = document.Criteria;
        return
        [
            (ReviewLayout.RunLabel, document.RunId),
            (ReviewLayout.ReviewLabel, contents.Number.ToString(CultureInfo.InvariantCulture)),
            ("Written", contents.WrittenAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)),
            ("Institution", document.Institution ?? "not known yet"),
            ("Environment", document.EnvironmentType?.ToString() ?? "not known yet"),
            .. Of(criteria),
            .. document.Inputs.Select(i => (
                $"Input of {i.Step}", string.Create(CultureInfo.InvariantCulture, $"{i.Name}: {i.Rows} rows"))),
            ("How to review", $"Put a mark into the column {ReviewLayout.VetoHeading} of the sheet {ReviewLayout.GoSheet}: any mark keeps the patron, and so does a row that is taken out. Add no rows, and save as .xlsx."),
        ];
    }

    /// <summary>The criteria of a run, releases included.</summary>
    public static IEnumerable<(string What, string Value)> Of(PurgeCriteria criteria) =>
    [
        ("User group", Group(criteria)),
        ("Expired before", Day(criteria.ExpiredBefore)),
        ("Not active since", Day(criteria.InactiveSince)),
        ("Delete User Policy", criteria.DeleteUserPolicy?.ToString() ?? "not stated yet"),
        .. criteria.KeepList.Sources.Select(s => (
            "Keep list", string.Create(CultureInfo.InvariantCulture, $"{s.Name}: {s.Count} identifiers"))),
        ("Released: rules", Names(criteria.IgnoredRules)),
        ("Released: roles", Names(criteria.AllowedRoles)),
        ("Released: block types", Names(criteria.IgnoredBlockTypes)),
        ("Released: fee tolerance", criteria.FeeTolerance.ToString("0.00", CultureInfo.InvariantCulture)),
        ("Released: fee check", criteria.FeeCheck == AlmaFeeCheck.Full ? "nothing" : "disputed and exported fees are not looked at"),
    ];

    /// <summary>The user group with its description, where that is known.</summary>
    public static string Group(PurgeCriteria criteria) => criteria.UserGroupDescription is { } description
        ? $"{criteria.UserGroupCode ?? criteria.UserGroup} ({description})"
        : criteria.UserGroupCode ?? criteria.UserGroup;

    private static string Names(IReadOnlySet<string> names) =>
        names.Count == 0 ? "nothing" : string.Join(", ", names.Order(StringComparer.Ordinal));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
