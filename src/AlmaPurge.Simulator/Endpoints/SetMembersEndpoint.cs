using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>The members of a set: read in pages, add, delete, replace in calls of at most 1,000.</summary>
internal sealed class SetMembersEndpoint
{
    private const int MaximumPerCall = 1_000;

    private readonly Library _library;

    public SetMembersEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        if (request.Segments.Length == 4)
        {
            return request.Method == "GET" ? List(request) : null;
        }

        SimulatedSet set = SetsEndpoint.Require(_library, request);
        string? operation = request.Value("op");
        if (operation is null)
        {
            throw new ApiErrorException("60111", "The parameter op is missing.");
        }

        if (operation is not ("add_members" or "delete_members" or "replace_members"))
        {
            throw new ApiErrorException("60112", $"The operation '{operation}' is not supported.");
        }

        bool strict = request.Flag("fail_on_invalid_id", fallback: true);
        List<SimulatedUser> users = Resolve(request, strict);
        Apply(set, operation, users, strict);
        return ApiAnswer.Of("set", SetJson.Write(_library, set));
    }

    private ApiAnswer List(ApiRequest request)
    {
        SimulatedSet set = SetsEndpoint.Require(_library, request);
        int limit = request.Number("limit", 10, 100);
        int offset = request.Number("offset", 0, int.MaxValue);
        List<SimulatedUser> members = [.. set.Members];
        JObject body = [];
        JArray page = [];
        foreach (SimulatedUser user in members.Skip(offset).Take(limit))
        {
            page.Add(new JObject
            {
                ["id"] = user.PrimaryId,
                ["description"] = $"{user.State.LastName}, {user.State.FirstName}",
                ["link"] = _library.Link("users/" + Uri.EscapeDataString(user.PrimaryId)),
            });
        }

        if (page.Count > 0)
        {
            body["member"] = page;
        }

        // Seen as a number and as a string.
        body["total_record_count"] = members.Count % 2 == 0
            ? members.Count
            : members.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return ApiAnswer.Of("members", body);
    }

    private static string[] GivenIds(ApiRequest request)
    {
        JObject body = request.ReadBody();
        JToken? list = body["members"] is JObject members ? members["member"] : body["member"];
        string[] ids = [.. JsonBody.Items(list).Select(m => JsonBody.Text(m, "id") ?? "")];
        if (ids.Length == 0)
        {
            throw new ApiErrorException("60113", "No members were given.");
        }

        if (ids.Length > MaximumPerCall)
        {
            throw new ApiErrorException(
                "60118", $"The number of members in the input is over the maximum of {MaximumPerCall}.");
        }

        return ids;
    }

    private List<SimulatedUser> Resolve(ApiRequest request, bool strict)
    {
        string[] ids = GivenIds(request);
        string? type = request.Value("id_type");
        CheckType(type);
        List<SimulatedUser> users = [];
        List<string> unknown = [];
        List<string> repeated = [];
        HashSet<SimulatedUser> seen = [];
        HashSet<string> seenIds = new(StringComparer.OrdinalIgnoreCase);
        foreach (string id in ids)
        {
            SimulatedUser? user = _library.Users.Find(id, type);
            if (!seenIds.Add(id) || (user is not null && !seen.Add(user)))
            {
                repeated.Add(id);
            }
            else if (user is null)
            {
                unknown.Add(id);
            }
            else
            {
                users.Add(user);
            }
        }

        Refuse(unknown, repeated, type, strict);
        return users;
    }

    private static void CheckType(string? type)
    {
        if (type is not (null or "all_unique" or "BARCODE" or "UNIV_ID"))
        {
            throw ApiErrorException.InvalidCode("id_type", type, "BARCODE, UNIV_ID");
        }
    }

    /// <summary>With fail_on_invalid_id the whole call is refused, and the message names the ids.</summary>
    private static void Refuse(List<string> unknown, List<string> repeated, string? type, bool strict)
    {
        if (repeated.Count > 0 && strict)
        {
            throw new ApiErrorException(
                "60119", $"The following ID(s) are duplicated in the input [{Quoted(repeated)}].");
        }

        if (unknown.Count == 0 || !strict)
        {
            return;
        }

        throw type is null && unknown.Count > 1
            ? new ApiErrorException(
                "60116", $"The following ID(s) are not valid for content type USER [{Quoted(unknown)}].")
            : new ApiErrorException(
                "60120",
                $"The ID {string.Join(", ", unknown)} is not valid for content type USER and identifier type "
                + $"{type ?? "PRIMARYIDENTIFIER"}.");
    }

    private static void Apply(SimulatedSet set, string operation, List<SimulatedUser> users, bool strict)
    {
        bool adding = operation == "add_members";
        if (operation == "replace_members")
        {
            set.Clear();
            users.ForEach(set.Add);
            return;
        }

        string[] wrong = [.. users.Where(u => set.Contains(u) == adding).Select(u => u.PrimaryId)];
        if (wrong.Length > 0 && strict)
        {
            throw adding
                ? new ApiErrorException("60115", $"The following ID(s) are already in the set [{Quoted(wrong)}].")
                : new ApiErrorException("60117", $"The following ID(s) are not in the set [{Quoted(wrong)}].");
        }

        users.ForEach(adding ? set.Add : set.Remove);
    }

    private static string Quoted(IEnumerable<string> ids)
    {
        return string.Join(", ", ids.Select(i => $"'{i}'"));
    }
}
