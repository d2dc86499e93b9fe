using System.Globalization;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>How times, days, numbers and people stand in a report, whatever the culture of the computer.</summary>
internal static class ReportText
{
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public static string Time(DateTimeOffset? time) => time is { } known ? Time(known) : "";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Patrons(long count) => count == 1 ? "1 patron" : Number(count) + " patrons";

    /// <summary>With the verb that fits: "1 patron was", "2 patrons were".</summary>
    public static string PatronsWere(long count) => count == 1 ? "1 patron was" : Number(count) + " patrons were";

    public static string By(string? account) => account ?? "not recorded";

    public static string With(Workplace? by) => by is null ? "not recorded" : $"AlmaPurge {by.Module}, {by.Host}";
}
