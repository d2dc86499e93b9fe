namespace AlmaPurge.Core.Reports;

/// <summary>Names in the review workbook. Reading it back goes by them, so they never change within a version.</summary>
internal static class ReviewLayout
{
    public const string GoSheet = "Will go";
    public const string StaySheet = "Will stay";
    public const string CriteriaSheet = "Criteria";
    public const string CountsSheet = "Counts";

    public const string IdHeading = "Primary Identifier";
    public const string VetoHeading = "Veto";
    public const string VetoWord = "Veto";

    public const string RunLabel = "Run";
    public const string ReviewLabel = "Review";

    public static readonly string[] GoHeadings =
        [IdHeading, VetoHeading, "User group", "Expiry date", "Account type", "Status", "Checked live"];

    public static readonly string[] StayHeadings = [IdHeading, "Rule", "Kept because", "Evidence", "All rules", "Step"];
}
