using System.Globalization;

namespace AlmaPurge.Simulator.Host.Control;

/// <summary>Every request that came to /almaws/, numbered from 1, without the key.</summary>
internal static class LogEndpoint
{
    private const int DefaultLimit = 1_000;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("log", Read);
    }

    private static IResult Read(HttpRequest request, AlmaSimulator simulator)
    {
        IReadOnlyList<LoggedRequest> log = simulator.Requests;
        int limit = ControlQuery.Number(request, "limit", DefaultLimit);
        (int number, DateTimeOffset? time) = Since(ControlQuery.Value(request, "since"));
        int start = time is null ? Math.Min(number, log.Count) : FirstAt(log, time.Value);
        LoggedRequest[] page = [.. log.Skip(start).Take(limit)];
        return TypedResults.Ok(new
        {
            total = log.Count,
            next = start + page.Length,
            requests = page.Select((r, i) => new
            {
                number = start + i + 1,
                time = r.Time,
                method = r.Method,
                path = r.Path,
                status = r.StatusCode,
                errorCode = r.ErrorCode,
            }),
        });
    }

    /// <summary>A number ("after the 40th request"), or a time.</summary>
    private static (int Number, DateTimeOffset? Time) Since(string? text)
    {
        if (text is null)
        {
            return (0, null);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return (number, null);
        }

        return (0, Instant.Parse(text) ?? throw new ControlException(
            $"since '{text}' is neither a number nor a time.",
            $"Give the 'next' of the last answer, or {Instant.Form}."));
    }

    private static int FirstAt(IReadOnlyList<LoggedRequest> log, DateTimeOffset time)
    {
        int start = 0;
        while (start < log.Count && log[start].Time < time)
        {
            start++;
        }

        return start;
    }
}
