using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// GET /users/{id}/loans. Complete loans are anonymized here, as in most institutions, so there are none to list.
/// </summary>
internal sealed class LoansEndpoint
{
    private static readonly string[] s_orders =
        ["id", "loan_date", "due_date", "barcode", "title", "author", "return_date"];

    private readonly Library _library;

    public LoansEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer Serve(ApiRequest request)
    {
        string status = request.Value("loan_status") ?? "Active";
        bool complete = string.Equals(status, "Complete", StringComparison.OrdinalIgnoreCase);
        if (!complete && !string.Equals(status, "Active", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiErrorException.InvalidParameter("loan_status", status, "Active, Complete");
        }

        if (request.Value("order_by") is string order && !s_orders.Contains(order))
        {
            throw ApiErrorException.InvalidParameter("order_by", order, string.Join(", ", s_orders));
        }

        bool renewable = request.Value("expand") switch
        {
            null => false,
            "renewable" => true,
            string other => throw new ApiErrorException("401666", $"expand parameter is not valid: {other}."),
        };
        SimulatedUser user = UsersEndpoint.Require(_library, request);
        int count = complete ? 0 : user.OpenLoans;
        bool descends = Descends(request);
        return ListPage.Of(
            request, "item_loans", "item_loan", count, i => Write(user, descends ? count - 1 - i : i, renewable));
    }

    public JObject Write(SimulatedUser user, int index, bool renewable)
    {
        JObject loan = new()
        {
            ["loan_id"] = ((user.Number * 100) + index).ToString("182000000000000", CultureInfo.InvariantCulture),
            ["item_barcode"] = string.Create(CultureInfo.InvariantCulture, $"B{user.Number}-{index}"),
            ["due_date"] = JsonBody.Instant(_library.Now.AddDays(14 + index)),
            ["loan_date"] = JsonBody.Instant(_library.Now.AddDays(index - 14)),
            ["loan_status"] = "ACTIVE",
            ["process_status"] = "NORMAL",
            ["library"] = JsonBody.Code("MAIN", "Main"),
            ["title"] = "A made-up title",
            ["mms_id"] = "990000000000561",
            ["user_id"] = user.PrimaryId,
        };
        if (renewable)
        {
            loan["renewable"] = true;
        }

        return loan;
    }

    private static bool Descends(ApiRequest request)
    {
        string direction = request.Value("direction") ?? "ASC";
        return direction.ToUpperInvariant() switch
        {
            "ASC" => false,
            "DESC" => true,
            _ => throw ApiErrorException.InvalidParameter("direction", direction, "ASC, DESC"),
        };
    }
}
