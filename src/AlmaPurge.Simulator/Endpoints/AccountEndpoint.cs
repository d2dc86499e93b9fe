using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>What a patron has with the library: loans, requests, fees.</summary>
internal sealed class AccountEndpoint
{
    private readonly Library _library;

    public AccountEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        if (request.Method != "GET" || request.Segments.Length != 3)
        {
            return null;
        }

        return request.Segments[2] switch
        {
            "fees" => Fees(request),
            "loans" => Loans(request),
            "requests" => Requests(request),
            _ => null,
        };
    }

    private ApiAnswer Fees(ApiRequest request)
    {
        string status = request.Value("status") ?? "ACTIVE";
        if (status is not ("ACTIVE" or "INDISPUTE" or "EXPORTED" or "CLOSED"))
        {
            throw ApiErrorException.InvalidCode("status", status, "ACTIVE, INDISPUTE, EXPORTED, CLOSED");
        }

        SimulatedUser user = UsersEndpoint.Require(_library, request);
        List<JObject> fees = [];
        decimal sum = 0;
        for (int i = 0; i < user.Fees.Count; i++)
        {
            if (user.Fees[i].Status == status)
            {
                fees.Add(Fee(user, i));
                sum += user.Fees[i].Balance;
            }
        }

        JObject body = [];
        if (fees.Count > 0)
        {
            body["fee"] = new JArray(fees);
        }

        body["total_record_count"] = fees.Count;
        body["total_sum"] = sum;
        body["currency"] = fees.Count > 0 ? "USD" : null;
        return ApiAnswer.Of("fees", body);
    }

    private JObject Fee(SimulatedUser user, int index)
    {
        SimulatedFee fee = user.Fees[index];
        string id = ((user.Number * 100) + index).ToString("980000000000000", CultureInfo.InvariantCulture);
        string time = JsonBody.Instant(user.State.CreatedDate ?? user.Modified);
        JToken balance = user.Number % 3 == 0
            ? fee.Balance.ToString(CultureInfo.InvariantCulture)
            : fee.Balance;
        return new JObject
        {
            ["id"] = id,
            ["type"] = JsonBody.Code(fee.Type, Labels.Of(fee.Type)),
            ["status"] = JsonBody.Code(fee.Status, Labels.Of(fee.Status)),
            ["balance"] = balance,
            ["remaining_vat_amount"] = 0,
            ["original_amount"] = fee.OriginalAmount,
            ["original_vat_amount"] = 0,
            ["creation_time"] = time,
            ["status_time"] = time,
            ["owner"] = JsonBody.Code("MAIN", "Main"),
            ["title"] = "A made-up title",
            ["barcode"] = null,
            ["link"] = _library.Link($"users/{Uri.EscapeDataString(user.PrimaryId)}/fees/{id}"),
        };
    }

    private ApiAnswer Loans(ApiRequest request)
    {
        string? status = request.Value("loan_status");
        SimulatedUser user = UsersEndpoint.Require(_library, request);
        int count = string.Equals(status, "Complete", StringComparison.OrdinalIgnoreCase) ? 0 : user.OpenLoans;
        return Page(request, "item_loans", "item_loan", count, i => new JObject
        {
            ["loan_id"] = ((user.Number * 100) + i).ToString("182000000000000", CultureInfo.InvariantCulture),
            ["item_barcode"] = $"B{user.Number.ToString(CultureInfo.InvariantCulture)}",
            ["due_date"] = JsonBody.Instant(_library.Now.AddDays(14)),
            ["loan_date"] = JsonBody.Instant(_library.Now.AddDays(-14)),
            ["loan_status"] = "ACTIVE",
            ["process_status"] = "NORMAL",
            ["library"] = JsonBody.Code("MAIN", "Main"),
            ["title"] = "A made-up title",
            ["mms_id"] = "990000000000561",
            ["user_id"] = user.PrimaryId,
        });
    }

    private ApiAnswer Requests(ApiRequest request)
    {
        SimulatedUser user = UsersEndpoint.Require(_library, request);
        int count = request.Value("status") == "history" ? 0 : user.OpenRequests;
        return Page(request, "user_requests", "user_request", count, i => new JObject
        {
            ["request_id"] = ((user.Number * 100) + i).ToString("192000000000000", CultureInfo.InvariantCulture),
            ["request_type"] = "HOLD",
            ["request_status"] = "IN_PROCESS",
            ["pickup_location"] = "Main",
            ["title"] = "A made-up title",
        });
    }

    private static ApiAnswer Page(ApiRequest request, string root, string name, int count, Func<int, JObject> item)
    {
        int limit = request.Number("limit", 10, 100);
        int offset = request.Number("offset", 0, int.MaxValue);
        JObject body = [];
        int end = (int)Math.Min(count, (long)offset + limit);
        if (offset < end)
        {
            body[name] = new JArray(Enumerable.Range(offset, end - offset).Select(item));
        }

        body["total_record_count"] = count;
        return ApiAnswer.Of(root, body);
    }
}
