using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>GET /users/{id}/fees: those of one status, all at once; there is no paging (documented).</summary>
internal sealed class FeesEndpoint
{
    private readonly Library _library;

    public FeesEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer Serve(ApiRequest request)
    {
        string status = request.Value("status") ?? "ACTIVE";
        if (status is not ("ACTIVE" or "INDISPUTE" or "EXPORTED" or "CLOSED"))
        {
            throw new ApiErrorException("401666", $"status parameter is not valid: {status}.");
        }

        SimulatedUser user = _library.Users.Find(request.Segments[1], request.Value("user_id_type"))
            ?? throw new ApiErrorException("401651", "Identifier not found.");
        List<JObject> fees = [];
        decimal sum = 0;
        for (int i = 0; i < user.Fees.Count; i++)
        {
            if (user.Fees[i].Status == status)
            {
                fees.Add(Write(_library, user, i));
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

    public static JObject Write(Library library, SimulatedUser user, int index)
    {
        SimulatedFee fee = user.Fees[index];
        string id = ((user.Number * 100) + index).ToString("980000000000000", CultureInfo.InvariantCulture);
        string time = JsonBody.Instant(user.State.CreatedDate ?? user.Modified);

        // Numbers were seen as numbers and as text, so a client must read both.
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
            ["link"] = library.Link($"users/{Uri.EscapeDataString(user.PrimaryId)}/fees/{id}"),
        };
    }
}
