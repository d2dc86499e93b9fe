using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>The members of a set: read in pages, add, delete, replace in calls of at most 1,000.</summary>
internal sealed class SetMembersEndpoint
{
    private readonly Library _library;

    public SetMembersEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments.Length) switch
        {
            ("GET", 4) => List(request),
            ("POST", 3) => Manage(request),
            _ => null,
        };
    }

    private ApiAnswer List(ApiRequest request)
    {
        SimulatedUser[] members = [.. SetsEndpoint.Require(_library, request).Members];
        ApiAnswer answer = ListPage.Of(request, "members", "member", members, user => new JObject
        {
            ["id"] = user.PrimaryId,
            ["description"] = $"{user.State.LastName}, {user.State.FirstName}",
            ["link"] = _library.Link("users/" + Uri.EscapeDataString(user.PrimaryId)),
        });
        if (members.Length % 2 == 1)
        {
            // Seen as a number and as a string.
            answer.Body["total_record_count"] = members.Length.ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }

    private ApiAnswer Manage(ApiRequest request)
    {
        SimulatedSet set = SetsEndpoint.Require(_library, request);
        string? operation = request.Value("op");
        if (operation is not ("add_members" or "delete_members" or "replace_members"))
        {
            throw new ApiErrorException(
                "60111",
                $"Invalid operation: '{operation}'. Supported are add_members, delete_members, replace_members.");
        }

        if (set.IsLogical)
        {
            throw new ApiErrorException("60112", "Invalid set type: members of a logical set cannot be managed.");
        }

        GivenMembers given = GivenMembers.Read(_library, request, set);
        Apply(set, operation, given);
        set.Changed = _library.Now;
        return ApiAnswer.Of("set", SetJson.Write(_library, set));
    }

    private static void Apply(SimulatedSet set, string operation, GivenMembers given)
    {
        List<SimulatedUser> users = given.Users;
        bool adding = operation == "add_members";
        if (operation == "replace_members")
        {
            set.Clear();
            users.ForEach(set.Add);
            return;
        }

        string[] wrong = [.. users.Where(u => set.Contains(u) == adding).Select(u => u.PrimaryId)];
        if (wrong.Length > 0 && given.IsStrict)
        {
            string ids = GivenMembers.Quoted(wrong);
            throw adding
                ? new ApiErrorException(
                    given.IdType is null ? "60115" : "60176", $"The following ID(s) are already in the set [{ids}].")
                : new ApiErrorException("60117", $"The following ID(s) are not in the set [{ids}].");
        }

        users.ForEach(adding ? set.Add : set.Remove);
    }
}
