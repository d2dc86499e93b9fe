using Microsoft.AspNetCore.Http.HttpResults;

namespace AlmaPurge.Simulator.Host.Pages;

/// <summary>The dialog "Purge User Records": filled in, confirmed, added.</summary>
internal static class PurgePages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/purge", Fill);
        group.MapGet("/purge/confirm", Confirm);
        group.MapPost("/purge", AddAsync);
    }

    private static RazorComponentResult<PurgePage> Fill(HttpRequest request, AlmaSimulator simulator)
    {
        return Dialog(simulator, new PurgeInput(simulator, name => request.Query[name].FirstOrDefault()));
    }

    private static IResult Confirm(HttpRequest request, AlmaSimulator simulator)
    {
        PurgeInput input = new(simulator, name => request.Query[name].FirstOrDefault());
        if (input.Read() is not { } form)
        {
            return Dialog(simulator, input);
        }

        PurgePreview preview = form.Preview(simulator);
        return StaffPages.Page<PurgeConfirmPage>(
            simulator,
            parameters: [("Input", input), ("Preview", preview), ("Warnings", form.Warnings(preview))]);
    }

    private static async Task<IResult> AddAsync(HttpRequest request, AlmaSimulator simulator)
    {
        IFormCollection sent = await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        PurgeInput input = new(simulator, name => sent[name].FirstOrDefault());
        return input.Read() is { } form
            ? Redirect.SeeOther($"/jobs/{form.Start(simulator).Id}")
            : Dialog(simulator, input);
    }

    private static RazorComponentResult<PurgePage> Dialog(AlmaSimulator simulator, PurgeInput input)
    {
        int status = input.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return StaffPages.Page<PurgePage>(simulator, status, ("Input", input));
    }
}
