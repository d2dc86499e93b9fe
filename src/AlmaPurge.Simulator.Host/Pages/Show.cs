using System.Globalization;

namespace AlmaPurge.Simulator.Host.Pages;

/// <summary>Words and forms in which the pages show things.</summary>
internal static class Show
{
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["PUBLIC"] = "Public", ["STAFF"] = "Staff", ["CONTACT"] = "Contact", ["INTERNAL"] = "Internal",
        ["EXTERNAL"] = "External", ["ACTIVE"] = "Active", ["INACTIVE"] = "Inactive", ["DELETED"] = "Deleted",
        ["INDISPUTE"] = "In dispute", ["EXPORTED"] = "Exported", ["CLOSED"] = "Closed",
        ["QUEUED"] = "Queued", ["PENDING"] = "Pending", ["INITIALIZING"] = "Initializing", ["RUNNING"] = "Running",
        ["FINALIZING"] = "Finalizing", ["COMPLETED_SUCCESS"] = "Completed Successfully",
        ["COMPLETED_WARNING"] = "Completed with Warnings", ["COMPLETED_FAILED"] = "Completed with Errors",
        ["COMPLETED_NO_BULKS"] = "Completed - Nothing to Process", ["FAILED"] = "Failed",
    };

    public static IReadOnlyList<string> RecordTypes { get; } = ["PUBLIC", "STAFF", "CONTACT"];

    public static string Word(string code) => s_words.GetValueOrDefault(code, code);

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Group(AlmaSimulator simulator, string code)
    {
        SimulatedUserGroup? group = simulator.UserGroups.FirstOrDefault(g => g.Code == code);
        return group is null ? code : $"{group.Description} ({group.Code})";
    }

    public static string Name(SimulatedUserSpec state) =>
        string.Join(' ', new[] { state.FirstName, state.MiddleName, state.LastName }.Where(n => n.Length > 0));

    public static string UserLink(string primaryId) => "/user?id=" + Uri.EscapeDataString(primaryId);
}
