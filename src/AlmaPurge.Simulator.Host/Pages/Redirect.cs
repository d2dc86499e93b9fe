namespace AlmaPurge.Simulator.Host.Pages;

/// <summary>Leads on with a GET, so that loading the page again does nothing again.</summary>
internal sealed class Redirect : IResult
{
    private readonly string _path;

    private Redirect(string path)
    {
        _path = path;
    }

    public static IResult SeeOther(string path) => new Redirect(path);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = _path;
        return Task.CompletedTask;
    }
}
