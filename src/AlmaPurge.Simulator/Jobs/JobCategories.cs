namespace AlmaPurge.Simulator.Jobs;

/// <summary>
/// The categories of jobs: of manual ones the code table HPaTaskChain.type, of others systemJobsGroups (documented).
/// The tables' rows are AN ASSUMPTION; this file is its home.
/// </summary>
internal static class JobCategories
{
    public static IReadOnlyList<(string Code, string Description)> Manual { get; } =
        [("USERS", "Users"), ("OTHER", "Other")];

    public static IReadOnlyList<(string Code, string Description)> Scheduled { get; } =
    [
        ("USERS", "Users"), ("FULFILLMENT", "Fulfillment"), ("REPOSITORY", "Repository"),
        ("ACQUISITION", "Acquisitions"), ("OTHER", "Other"),
    ];

    /// <summary>Whether a list of jobs of this type, or of any, may be asked for this category.</summary>
    public static bool Has(string? type, string category)
    {
        bool manual = type is null or "MANUAL" && Manual.Any(c => c.Code == category);
        bool scheduled = type is not "MANUAL" && Scheduled.Any(c => c.Code == category);
        return manual || scheduled;
    }
}
