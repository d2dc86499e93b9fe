using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// GET /users/staff-login-report: here each staff record signed in yesterday morning, and nobody failed to. The
/// parameters are documented; the names of the members are an assumption, and this file is its home.
/// </summary>
internal sealed class StaffLoginsEndpoint
{
    private readonly Library _library;

    public StaffLoginsEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer Serve(ApiRequest request)
    {
        string successful = request.Value("successful") ?? "true";
        if (successful is not ("true" or "all" or "failed-login-attempts"))
        {
            throw ApiErrorException.InvalidParameter("successful", successful, "all, true, failed-login-attempts");
        }

        DateOnly from = Day(request, "login_date_from") ?? DateOnly.MinValue;
        DateOnly to = Day(request, "login_date_to") ?? DateOnly.MaxValue;
        DateOnly yesterday = _library.Today.AddDays(-1);
        bool none = successful == "failed-login-attempts" || yesterday < from || yesterday > to;
        SimulatedUser[] staff = none
            ? []
            : [.. _library.Users.All.Where(u => !u.IsDeleted && u.RecordType == "STAFF")];
        string time = JsonBody.Day(yesterday)[..10] + "T08:00:00.000Z";
        return ListPage.Of(request, "login_events", "login_event", staff, u => new JObject
        {
            ["primary_id"] = u.PrimaryId, ["login_time"] = time, ["successful"] = true,
        });
    }

    private static DateOnly? Day(ApiRequest request, string name)
    {
        return request.Value(name) is not string text
            ? null
            : JsonBody.ParseDay(text.TrimEnd('Z'))
                ?? throw ApiErrorException.InvalidParameter(name, text, "YYYY-MM-DD");
    }
}
