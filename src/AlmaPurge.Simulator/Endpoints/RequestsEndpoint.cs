using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>GET /users/{id}/requests. Old requests are anonymized, so the history is empty.</summary>
internal sealed class RequestsEndpoint
{
    private static readonly string[] s_types = ["HOLD", "DIGITIZATION", "BOOKING"];

    private readonly Library _library;

    public RequestsEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer Serve(ApiRequest request)
    {
        string? type = request.Value("request_type");
        if (type is not null && !s_types.Contains(type))
        {
            throw ApiErrorException.InvalidParameter("request_type", type, string.Join(", ", s_types));
        }

        string status = request.Value("status") ?? "active";
        bool history = string.Equals(status, "history", StringComparison.OrdinalIgnoreCase);
        if (!history && !string.Equals(status, "active", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiErrorException.InvalidParameter("status", status, "active, history");
        }

        SimulatedUser user = UsersEndpoint.RequireByType(_library, request);
        int count = history ? 0 : user.OpenRequests;
        int[] found = [.. Enumerable.Range(0, count).Where(i => type is null || TypeOf(i) == type)];
        return ListPage.Of(request, "user_requests", "user_request", found, i => Write(user, i));
    }

    public static JObject Write(SimulatedUser user, int index)
    {
        return new JObject
        {
            ["request_id"] = ((user.Number * 100) + index).ToString("192000000000000", CultureInfo.InvariantCulture),
            ["request_type"] = TypeOf(index),
            ["request_status"] = "IN_PROCESS",
            ["pickup_location"] = "Main",
            ["title"] = "A made-up title",
        };
    }

    /// <summary>The first is a hold, as most are.</summary>
    private static string TypeOf(int index)
    {
        return s_types[index % s_types.Length];
    }
}
