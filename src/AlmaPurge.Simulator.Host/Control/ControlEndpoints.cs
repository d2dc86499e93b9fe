using System.Text.Json;

namespace AlmaPurge.Simulator.Host.Control;

/// <summary>
/// Everything under /simulator: what the make-believe Alma tells of itself and lets be done to it, outside of Alma's
/// API. No key is asked for and no name of a patron is told.
/// </summary>
internal static class ControlEndpoints
{
    public static void Map(WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("/simulator");
        group.AddEndpointFilter(ControlException.ToProblemAsync);
        group.MapGet("", About);
        LogEndpoint.Map(group);
        RecordEndpoints.Map(group);
        ReportEndpoints.Map(group);
        ClockEndpoint.Map(group);
        StaffEndpoints.Map(group);
        FaultsEndpoint.Map(group);
        group.Map("{**rest}", Unknown);
    }

    private static IResult About(AlmaSimulator simulator, EndpointDataSource endpoints)
    {
        SimulatorOptions options = simulator.Options;
        string[] paths = [.. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is string text
                && text.StartsWith("/simulator/", StringComparison.Ordinal)
                && !text.Contains("**", StringComparison.Ordinal))
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0]} {e.RoutePattern.RawText}")
            .Order(StringComparer.Ordinal)];
        return TypedResults.Json(new
        {
            simulator = "AlmaPurge",
            baseAddress = simulator.BaseAddress,
            institutionCode = options.InstitutionCode,
            environmentType = options.EnvironmentType,
            deleteUserPolicy = options.DeleteUserPolicy,
            userCount = options.UserCount,
            seed = options.Seed,
            reportFolder = simulator.ReportFolder,
            userGroups = simulator.UserGroups.Select(g => new { code = g.Code, description = g.Description, recordTypes = g.RecordTypes }),
            endpoints = paths,
        }, JsonSerializerOptions.Web);
    }

    private static IResult Unknown(HttpRequest request)
    {
        throw new ControlException(
            $"There is no {request.Method} {request.Path}.",
            "GET /simulator lists what there is.",
            StatusCodes.Status404NotFound);
    }
}
