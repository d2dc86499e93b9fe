using System.Globalization;

namespace AlmaPurge.Simulator.Host.Control;

/// <summary>The library's clock: read, set, move, freeze, let run.</summary>
internal static class ClockEndpoint
{
    private const string Example = """{"set":"2026-12-20T09:00:00Z"}, {"advance":"1.00:00:00"} (days.hours:minutes:seconds), {"freeze":true} or {"run":true}""";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("clock", Read);
        group.MapPost("clock", ChangeAsync);
    }

    private static IResult Read(AlmaSimulator simulator)
    {
        SimulatorClock clock = simulator.Clock;
        return TypedResults.Ok(new { now = clock.Now, isFrozen = clock.IsFrozen });
    }

    private static async Task<IResult> ChangeAsync(HttpRequest request, AlmaSimulator simulator)
    {
        ControlBody body = await ControlBody
            .ReadAsync(request, Example, "set", "advance", "freeze", "run").ConfigureAwait(false);
        DateTimeOffset? time = body.Text("set") is { } text
            ? Instant.Parse(text) ?? throw body.Wrong("set", Instant.Form)
            : null;
        TimeSpan? step = body.Text("advance") is { } length ? Span(length) ?? throw body.Wrong("advance", "a length of time") : null;
        bool freeze = body.Flag("freeze");
        bool run = body.Flag("run");
        if ((freeze && run) || !(freeze || run || time is not null || step is not null))
        {
            throw new ControlException("It does not say what to do with the clock.", $"Send JSON such as {Example}.");
        }

        Change(simulator.Clock, time, step, freeze, run);
        return Read(simulator);
    }

    private static void Change(SimulatorClock clock, DateTimeOffset? time, TimeSpan? step, bool freeze, bool run)
    {
        if (freeze)
        {
            clock.Freeze();
        }

        if (time is not null)
        {
            clock.Set(time.Value);
        }

        try
        {
            clock.Advance(step ?? TimeSpan.Zero);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new ControlException("The clock cannot go that far.", "Set a time between the years 1 and 9999.");
        }

        if (run)
        {
            clock.Run();
        }
    }

    private static TimeSpan? Span(string text)
    {
        return TimeSpan.TryParseExact(text, ["c", @"d\.hh\:mm", @"hh\:mm"], CultureInfo.InvariantCulture, out TimeSpan span)
            ? span
            : null;
    }
}
