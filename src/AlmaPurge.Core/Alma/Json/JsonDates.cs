using System.Globalization;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Reads Alma's dates: <c>2030-01-16Z</c> (seen), <c>2030-01-16</c>, instants, and epoch milliseconds (seen in older
/// fixtures). A calendar date means the same day in every zone; an instant gives its day in UTC.
/// </summary>
internal static class JsonDates
{
    /// <summary>1973: below this, milliseconds are more likely seconds, or the 0 that stands for "none".</summary>
    private const long LeastEpochMilliseconds = 100_000_000_000;

    /// <summary>Year 2999.</summary>
    private const long MostEpochMilliseconds = 32_503_680_000_000;

    private const int LeastYear = 1900;

    private static readonly string[] s_instantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>A calendar date.</summary>
    public static Fact<DateOnly> Date(JToken? token)
    {
        JToken? scalar = JsonFacts.Unwrap(token, "value");
        if (JsonFacts.IsMissing(scalar))
        {
            return Fact<DateOnly>.Absent;
        }

        string text = JsonFacts.ScalarText(scalar)?.Trim() ?? string.Empty;
        return TryCalendarDate(text, out DateOnly date)
            || TryEpochDate(text, out date)
            || (TryInstant(text, out DateTimeOffset instant) && TryDayOf(instant, out date))
                ? Known(date, scalar)
                : Fact<DateOnly>.Unreadable(JsonFacts.Describe(scalar));
    }

    /// <summary>A point in time; null if there is none or it cannot be read. Only for display and sorting.</summary>
    public static DateTimeOffset? Instant(JToken? token)
    {
        string text = JsonFacts.ScalarText(JsonFacts.Unwrap(token, "value"))?.Trim() ?? string.Empty;
        if (TryInstant(text, out DateTimeOffset instant))
        {
            return instant;
        }

        if (TryEpoch(text, out long milliseconds))
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        return TryCalendarDate(text, out DateOnly date)
            ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;
    }

    private static Fact<DateOnly> Known(DateOnly date, JToken? scalar) => date.Year < LeastYear
        ? Fact<DateOnly>.Unreadable(JsonFacts.Describe(scalar))
        : Fact<DateOnly>.Known(date);

    private static bool TryCalendarDate(string text, out DateOnly date)
    {
        // xs:date may carry a zone (Z or +02:00). It says where the day is meant, not another day.
        string day = text.Length > 10 && text[10] is 'Z' or '+' or '-' ? text[..10] : text;
        return DateOnly.TryParseExact(
            day,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out date);
    }

    private static bool TryEpochDate(string text, out DateOnly date)
    {
        date = default;
        if (!TryEpoch(text, out long milliseconds))
        {
            return false;
        }

        // A date in milliseconds is midnight somewhere. The nearest midnight in UTC is that day in zones -11 to +12.
        DateTime instant = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
        date = DateOnly.FromDateTime(instant.AddHours(12));
        return true;
    }

    private static bool TryEpoch(string text, out long milliseconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out milliseconds)
        && milliseconds is >= LeastEpochMilliseconds and <= MostEpochMilliseconds;

    private static bool TryInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text,
        s_instantFormats,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out instant);

    private static bool TryDayOf(DateTimeOffset instant, out DateOnly date)
    {
        date = DateOnly.FromDateTime(instant.UtcDateTime);
        return true;
    }
}
