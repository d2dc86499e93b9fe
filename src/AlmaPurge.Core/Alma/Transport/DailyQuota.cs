using System.Globalization;
using System.Net.Http.Headers;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// The calls that are left today, from the header of each answer (documented). They are the institution's, not ours,
/// so the last word counts. At midnight GMT the count starts anew (seen) and what we know is worth nothing.
/// </summary>
internal sealed class DailyQuota(TimeProvider time, long floor)
{
    private const string Header = "X-Exl-Api-Remaining";

    private Reading? _last;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Calls left; null if not known.</summary>
    public long? Left
    {
        get
        {
            Reading? last = Volatile.Read(ref _last);
            return last is not null && last.Day == Today ? last.Left : null;
        }
    }

    /// <summary>Calls that are left to others.</summary>
    public long Floor => floor;

    /// <summary>Takes note of an answer.</summary>
    public void Note(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues(Header, out IEnumerable<string>? values)
            && long.TryParse(values.First(), NumberStyles.Integer, CultureInfo.InvariantCulture, out long left))
        {
            Volatile.Write(ref _last, new Reading(left, Today));
        }
    }

    private sealed record Reading(long Left, DateOnly Day);
}
