using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Tells a marking that came out a day off from one that did not take. Dates travel as instants, and in which zone Alma
/// turns an instant into a day is not documented.
/// </summary>
internal static class ShiftedDay
{
    /// <summary>Stops if everybody on whom the marking did not take has a date one day off, and they are many.</summary>
    /// <param name="run">The run.</param>
    /// <param name="mark">What was to be set.</param>
    /// <param name="unmarked">Who has something else, and what.</param>
    public static void Refuse(PurgeRun run, MarkEntry mark, IReadOnlyDictionary<string, string> unmarked)
    {
        bool isShifted = unmarked.Values.All(what => what.EndsWith(MarkReading.DayOff, StringComparison.Ordinal));
        if (isShifted && DriftLimit.IsExceeded(run, unmarked.Count, out _))
        {
            KeyValuePair<string, string> first = unmarked.First();
            throw new AlmaPurgeException(
                "PurgeDateShifted",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"Alma has made another day of {mark.PurgeDate:yyyy-MM-dd} for {unmarked.Count} patrons, such as '{first.Key}': {first.Value}. Nobody was purged."),
                "Take the marking back with Undo-AlmaPurgeDate. Then set the time zone of this computer to the institution's, and start a new run.",
                run.RunId);
        }
    }
}
