using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The members that a call names, found. With <c>fail_on_invalid_id</c> (the default) one wrong id refuses the whole
/// call, and the message names it (seen); whether Alma would have added the others is not documented.
/// </summary>
internal sealed class GivenMembers
{
    private const int MaximumPerCall = 1_000;

    private GivenMembers(List<SimulatedUser> users, string? idType, bool isStrict)
    {
        Users = users;
        IdType = idType;
        IsStrict = isStrict;
    }

    public List<SimulatedUser> Users { get; }

    public string? IdType { get; }

    public bool IsStrict { get; }

    public static GivenMembers Read(Library library, ApiRequest request, SimulatedSet set)
    {
        string[] ids = Ids(request);
        string? type = request.Value("id_type");
        if (type is not null && !IdentifierTypes.Has(type))
        {
            throw ApiErrorException.InvalidCode(
                "id_type", type, string.Join(", ", IdentifierTypes.All.Select(t => t.Code)));
        }

        bool strict = request.Flag("fail_on_invalid_id", fallback: true);
        List<SimulatedUser> users = [];
        List<string> unknown = [];
        List<string> repeated = [];
        HashSet<SimulatedUser> seen = [];
        HashSet<string> seenIds = new(StringComparer.OrdinalIgnoreCase);
        foreach (string id in ids)
        {
            SimulatedUser? user = set.Content == SetContents.Users ? library.Users.Find(id, type) : null;
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

        if (strict)
        {
            Refuse(unknown, repeated, type, set.Content);
        }

        return new GivenMembers(users, type, strict);
    }

    public static string Quoted(IEnumerable<string> ids)
    {
        return string.Join(", ", ids.Select(i => $"'{i}'"));
    }

    private static string[] Ids(ApiRequest request)
    {
        JObject body = request.ReadBody();
        JToken? list = body["members"] is JObject members ? members["member"] : body["member"];
        string[] ids = [.. JsonBody.Items(list).Select(m => JsonBody.Text(m, "id") ?? "")];
        if (ids.Length == 0)
        {
            throw new ApiErrorException("60113", "Input set with no members.");
        }

        if (ids.Length > MaximumPerCall)
        {
            throw new ApiErrorException(
                "60118", $"Input set member list exceeds limit: the maximum is {MaximumPerCall}.");
        }

        return ids.Contains("") ? throw new ApiErrorException("60114", "Input set with no member ID.") : ids;
    }

    private static void Refuse(List<string> unknown, List<string> repeated, string? type, string content)
    {
        if (repeated.Count > 0)
        {
            throw new ApiErrorException(
                "60119", $"The following ID(s) are duplicated in the input [{Quoted(repeated)}].");
        }

        if (unknown.Count == 0)
        {
            return;
        }

        throw type is null && unknown.Count > 1
            ? new ApiErrorException(
                "60116", $"The following ID(s) are not valid for content type {content} [{Quoted(unknown)}].")
            : new ApiErrorException(
                "60120",
                $"The ID {string.Join(", ", unknown)} is not valid for content type {content} and identifier type "
                + $"{type ?? "PRIMARYIDENTIFIER"}.");
    }
}
