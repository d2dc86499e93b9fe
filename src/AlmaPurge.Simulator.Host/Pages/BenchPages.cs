using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlmaPurge.Simulator.Host.Pages;

/// <summary>The few things of the test bench that people do by hand.</summary>
internal static class BenchPages
{
    private const int MaximumDays = 3_650;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/bench", Bench);
        group.MapPost("/bench/clock", MoveClockAsync);
        group.MapPost("/bench/student-load", Load);
    }

    private static RazorComponentResult<BenchPage> Bench(HttpRequest request, AlmaSimulator simulator)
    {
        string message = request.Query["done"].ToString() switch
        {
            "clock" => "The clock was moved.",
            "days" => $"The clock was not moved: give 1 to {MaximumDays} days.",
            "load" => "The load is done; those who came back are active again.",
            _ => "",
        };
        return StaffPages.Page<BenchPage>(
            simulator, parameters: [("Message", message), ("Faults", simulator.ActiveFaults)]);
    }

    private static async Task<IResult> MoveClockAsync(HttpRequest request, AlmaSimulator simulator)
    {
        IFormCollection sent = await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (!int.TryParse(sent["days"].ToString(), NumberStyles.None, invariant, out int days) || days is < 1 or > MaximumDays)
        {
            return Redirect.SeeOther("/bench?done=days");
        }

        simulator.Clock.Advance(TimeSpan.FromDays(days));
        return Redirect.SeeOther("/bench?done=clock");
    }

    private static IResult Load(AlmaSimulator simulator)
    {
        simulator.StudentLoad();
        return Redirect.SeeOther("/bench?done=load");
    }
}
