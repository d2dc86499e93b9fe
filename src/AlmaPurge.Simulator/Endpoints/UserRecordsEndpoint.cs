using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// What else the API has of a user: purchase requests and deposits, of which nobody here has any, and the personal data
/// as data protection law wants them. The members of the last are not documented where we can read it: that they are
/// the user and the three lists is an assumption, and this file is its home.
/// </summary>
internal sealed class UserRecordsEndpoint
{
    private readonly Library _library;
    private readonly UserJson _json;
    private readonly LoansEndpoint _loans;

    public UserRecordsEndpoint(Library library)
    {
        _library = library;
        _json = new UserJson(library);
        _loans = new LoansEndpoint(library);
    }

    public ApiAnswer PurchaseRequests(ApiRequest request)
    {
        if (request.Value("status") is not (null or "INREVIEW" or "APPROVED" or "REJECTED" or "DEFERRED"))
        {
            throw new ApiErrorException("60275", "Purchase request status is not valid.");
        }

        UsersEndpoint.RequireByType(_library, request);
        return ListPage.Of(request, "purchase_requests", "purchase_request", 0, _ => []);
    }

    public ApiAnswer Deposits(ApiRequest request)
    {
        if (_library.Users.Find(request.Segments[1], request.Value("user_id_type")) is null)
        {
            throw new ApiErrorException("402238", "Failed to get deposits.");
        }

        return ListPage.Of(request, "user_deposits", "user_deposit", 0, _ => []);
    }

    public ApiAnswer PersonalData(ApiRequest request)
    {
        SimulatedUser user = UsersEndpoint.Require(_library, request);
        JObject body = new() { ["user"] = JsonBody.Parse(_json.Write(user, expand: null, brief: false)) };
        Add(body, "item_loan", user.OpenLoans, i => _loans.Write(user, i, renewable: false));
        Add(body, "user_request", user.OpenRequests, i => RequestsEndpoint.Write(user, i));
        Add(body, "fee", user.Fees.Count, i => FeesEndpoint.Write(_library, user, i));
        return ApiAnswer.Of("user_personal", body);
    }

    private static void Add(JObject body, string name, int count, Func<int, JObject> write)
    {
        if (count > 0)
        {
            body[name] = new JArray(Enumerable.Range(0, count).Select(write));
        }
    }
}
