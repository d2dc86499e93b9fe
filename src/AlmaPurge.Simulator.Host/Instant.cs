using System.Globalization;

namespace AlmaPurge.Simulator.Host;

/// <summary>Reads moments as people write them: a day is its first moment, and without a zone it is UTC.</summary>
internal static class Instant
{
    /// <summary>The forms that are taken, for messages.</summary>
    public const string Form = "a time such as 2026-12-20 or 2026-12-20T09:00:00Z";

    private static readonly string[] s_forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The moment, or null where the text is none.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        return DateTimeOffset.TryParseExact(
            text,
            s_forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time) ? time : null;
    }

    /// <summary>The day, or null where the text is none.</summary>
    public static DateOnly? ParseDay(string? text)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", invariant, DateTimeStyles.None, out DateOnly day) ? day : null;
    }
}
