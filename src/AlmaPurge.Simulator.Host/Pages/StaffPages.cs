using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlmaPurge.Simulator.Host.Pages;

/// <summary>The addresses of the staff page, and what each shows.</summary>
internal static class StaffPages
{
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Map(WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("");
        group.AddEndpointFilter(Protect);
        group.MapGet("/", Users);
        group.MapGet("/user", User);
        group.MapGet("/sets", Sets);
        group.MapGet("/sets/{id}", Set);
        group.MapGet("/jobs", Jobs);
        group.MapGet("/jobs/{id}", Job);
        group.MapGet("/log", Log);
        PurgePages.Map(group);
        BenchPages.Map(group);
        group.MapGet("/staff.css", () => Asset("staff.css", "text/css"));
        group.MapGet("/staff.js", () => Asset("staff.js", "text/javascript"));
        group.MapGet("/{**rest}", (AlmaSimulator simulator) =>
            Message(simulator, "There is no such page", "The address leads nowhere."));
    }

    /// <summary>A page, rendered here and now.</summary>
    public static RazorComponentResult<T> Page<T>(
        AlmaSimulator simulator, int status = StatusCodes.Status200OK, params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        Dictionary<string, object?> all = parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        all["Simulator"] = simulator;
        return new RazorComponentResult<T>(all) { StatusCode = status };
    }

    /// <summary>Something that is not there.</summary>
    public static RazorComponentResult<MessagePage> Message(AlmaSimulator simulator, string title, string text)
    {
        return Page<MessagePage>(simulator, StatusCodes.Status404NotFound, ("Title", title), ("Text", text));
    }

    // Nothing from elsewhere runs in these pages, and no page elsewhere can frame them.
    private static ValueTask<object?> Protect(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        IHeaderDictionary headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }

    private static RazorComponentResult<UsersPage> Users(HttpRequest request, AlmaSimulator simulator)
    {
        UserFilter filter = UserFilter.From(request.Query);
        SimulatedUser[] found = [.. filter.Apply(simulator.Users)];
        return Page<UsersPage>(
            simulator, parameters: [("Filter", filter), ("Users", Paged<SimulatedUser>.From(found, request.Query))]);
    }

    private static IResult User(string id, AlmaSimulator simulator)
    {
        SimulatedUser? user = simulator.FindUser(id);
        if (user is { IsDeleted: false })
        {
            return Page<UserPage>(simulator, parameters: ("User", user));
        }

        PurgeRecord? removal = simulator.Purged.LastOrDefault(
            p => string.Equals(p.PrimaryId, id, StringComparison.OrdinalIgnoreCase));
        return Page<NoUserPage>(
            simulator, StatusCodes.Status404NotFound, ("PrimaryId", id), ("Removal", removal));
    }

    private static RazorComponentResult<SetsPage> Sets(HttpRequest request, AlmaSimulator simulator)
    {
        SimulatedSet[] sets = [.. simulator.Sets.OrderByDescending(s => s.Created)];
        return Page<SetsPage>(simulator, parameters: ("Sets", Paged<SimulatedSet>.From(sets, request.Query)));
    }

    private static IResult Set(string id, HttpRequest request, AlmaSimulator simulator)
    {
        SimulatedSet? set = simulator.Sets.FirstOrDefault(s => s.Id == id);
        if (set is null)
        {
            return Message(simulator, "No such set", $"There is no set {id}; it may have been removed.");
        }

        SimulatedUser[] members = [.. set.MemberIds.Select(simulator.FindUser).OfType<SimulatedUser>()];
        return Page<SetPage>(
            simulator, parameters: [("Set", set), ("Members", Paged<SimulatedUser>.From(members, request.Query))]);
    }

    private static RazorComponentResult<JobsPage> Jobs(HttpRequest request, AlmaSimulator simulator)
    {
        SimulatedJobRun[] runs = [.. simulator.JobRuns.Reverse()];
        return Page<JobsPage>(simulator, parameters: ("Runs", Paged<SimulatedJobRun>.From(runs, request.Query)));
    }

    private static IResult Job(string id, AlmaSimulator simulator)
    {
        SimulatedJobRun? run = simulator.JobRuns.FirstOrDefault(r => r.Id == id);
        return run is null
            ? Message(simulator, "No such job", $"There is no job instance {id}.")
            : Page<JobPage>(simulator, parameters: ("Run", run));
    }

    private static RazorComponentResult<LogPage> Log(HttpRequest request, AlmaSimulator simulator)
    {
        string kind = request.Query["show"].ToString();
        LoggedRequest[] shown = [.. simulator.Requests.Reverse().Where(r => kind switch
        {
            "changes" => r.Method != "GET",
            "errors" => r.StatusCode is 0 or >= 400,
            _ => true,
        })];
        return Page<LogPage>(
            simulator, parameters: [("Kind", kind), ("Requests", Paged<LoggedRequest>.From(shown, request.Query))]);
    }

    private static IResult Asset(string name, string type)
    {
        Stream content = typeof(StaffPages).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{name} was not built in."));
        return TypedResults.Stream(content, type + "; charset=utf-8");
    }
}
