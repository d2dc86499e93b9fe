namespace AlmaPurge;

/// <summary>Days are <see cref="DateOnly"/> inside and <see cref="DateTime"/> at midnight where PowerShell sees them.</summary>
internal static class MidnightDate
{
    /// <summary>The day at midnight, of no particular time zone.</summary>
    public static DateTime? AtMidnight(this DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue);

    /// <summary>The day at midnight, of no particular time zone.</summary>
    public static DateTime AtMidnight(this DateOnly day) => day.ToDateTime(TimeOnly.MinValue);
}
