using System.Globalization;
using System.Text.RegularExpressions;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Steps;

/// <summary>When the student system loads users next, as far as that can be told.</summary>
/// <param name="At">The moment before which no load is to be expected; null if none is to be expected at all.</param>
/// <param name="Why">How it is known.</param>
internal sealed record NextStudentLoad(DateTimeOffset? At, string Why);

/// <summary>
/// Finds the next load in the integration profiles. How a profile writes its schedule is not documented, so only a time of
/// day is looked for in it and every day counts; whatever is not understood may load in the coming night.
/// </summary>
internal static partial class StudentLoads
{
    private const string ProfileType = "USERS";

    /// <summary>The earliest load that may come after this moment.</summary>
    public static async Task<NextStudentLoad> NextAsync(IAlmaReader reader, CancellationToken cancellationToken)
    {
        DateTimeOffset now = reader.Facts.Time.GetLocalNow();
        NextStudentLoad night = new(NextTime(now, TimeOnly.MinValue), "when the student system loads users is not known, so it may be in the coming night");
        List<NextStudentLoad> loads = [];
        try
        {
            await foreach (AlmaIntegrationProfile profile in reader
                .GetIntegrationProfilesAsync(ProfileType, cancellationToken).ConfigureAwait(false))
            {
                loads.AddRange(LoadsOf(profile, "SYNC", now, night));
                loads.AddRange(LoadsOf(profile, "IMPORT", now, night));
            }
        }
        catch (AlmaApiException e) when (e.Kind is not (AlmaErrorKind.DailyLimit or AlmaErrorKind.NotSent))
        {
            return night;
        }

        return loads.Count == 0
            ? night
            : loads.MinBy(l => l.At ?? DateTimeOffset.MaxValue)!;
    }

    private static IEnumerable<NextStudentLoad> LoadsOf(
        AlmaIntegrationProfile profile, string kind, DateTimeOffset now, NextStudentLoad night)
    {
        if (IsOff(profile.Setting(kind, "ACTIVE")))
        {
            yield return new NextStudentLoad(null, $"the profile '{profile.Name}' loads nobody ({kind} is not active)");
        }
        else if (profile.Setting(kind, "SCHEDULE") is { } schedule && Times(schedule) is { Count: > 0 } times)
        {
            // In whose zone the time is meant is not documented, so the earlier of Greenwich and this computer counts.
            DateTimeOffset at = times.Min(t => Earlier(NextTime(now, t), NextTime(now.ToUniversalTime(), t)));
            yield return new NextStudentLoad(at, $"the profile '{profile.Name}' loads users: {schedule}");
        }
        else
        {
            yield return night;
        }
    }

    private static bool IsOff(string? value) =>
        value is not null
        && (value.Equals("false", StringComparison.OrdinalIgnoreCase) || value.Equals("inactive", StringComparison.OrdinalIgnoreCase));

    private static List<TimeOnly> Times(string schedule)
    {
        List<TimeOnly> times = [];
        foreach (Match match in TimeOfDay().Matches(schedule))
        {
            int hour = int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture);
            int minute = int.Parse(match.Groups["minute"].Value, CultureInfo.InvariantCulture);
            hour = match.Groups["half"].Value.ToUpperInvariant() switch
            {
                "AM" when hour == 12 => 0,
                "PM" when hour < 12 => hour + 12,
                _ => hour,
            };
            times.Add(new TimeOnly(hour, minute));
        }

        return times;
    }

    private static DateTimeOffset NextTime(DateTimeOffset now, TimeOnly time)
    {
        DateTimeOffset today = new(now.Date + time.ToTimeSpan(), now.Offset);
        return today > now ? today : today.AddDays(1);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    [GeneratedRegex(@"(?<![\d:])(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)(?::[0-5]\d)?(?:\s*(?<half>[AaPp][Mm]))?(?![\d:])", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();
}
