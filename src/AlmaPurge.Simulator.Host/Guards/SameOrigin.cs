using Microsoft.AspNetCore.Mvc;

namespace AlmaPurge.Simulator.Host.Guards;

/// <summary>
/// Refuses whatever a browser sends from another site's page and that is no plain reading. Browsers say with
/// Sec-Fetch-Site or Origin where a request comes from, and no page can change that; programs send neither.
/// </summary>
internal static class SameOrigin
{
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsFromHere(request))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        ProblemDetails problem = new()
        {
            Title = "Another site sent this.",
            Status = StatusCodes.Status403Forbidden,
            Detail = "The browser says that the request comes from another site, so it was not done. "
                + "Open the staff page of this host itself, or send the request with a program.",
        };
        await TypedResults.Problem(problem).ExecuteAsync(context).ConfigureAwait(false);
    }

    private static bool IsFromHere(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        string origin = request.Headers.Origin.ToString();
        return site.Length > 0
            ? site is "same-origin" or "none"
            : origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }
}
