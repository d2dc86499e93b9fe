using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>PUT, POST and DELETE of a user.</summary>
internal sealed class UserWritesEndpoint
{
    private readonly Library _library;
    private readonly UserJson _json;

    public UserWritesEndpoint(Library library)
    {
        _library = library;
        _json = new UserJson(library);
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments.Length) switch
        {
            ("PUT", 2) => Put(request),
            ("POST", 1) => Post(request),
            ("DELETE", 2) => Delete(request),
            _ => null,
        };
    }

    private ApiAnswer Put(ApiRequest request)
    {
        string id = request.Segments[1];
        SimulatedUser user = _library.Users.Find(id, request.Value("user_id_type"))
            ?? throw NotFound(id, request);
        JObject body = request.ReadBody();
        UserBodyRules.Check(_library, body);
        UserBodyRules.CheckExternalId(body);
        HashSet<string> overridden = [.. (request.Value("override") ?? "").Split(',').Select(o => o.Trim())];
        SimulatedUserSpec changed = UserBody.Replace(user.State, body, overridden);
        if (_library.Users.ByPrimaryId(changed.PrimaryId) is SimulatedUser other && other != user)
        {
            throw new ApiErrorException("401851", $"User with identifier {changed.PrimaryId} already exists.");
        }

        _library.Users.Change(user, changed, _library.Now);
        return ApiAnswer.OfJson("user", _json.Write(user, expand: null, brief: false));
    }

    private ApiAnswer Post(ApiRequest request)
    {
        JObject body = request.ReadBody();
        UserBodyRules.Check(_library, body);
        UserBodyRules.CheckNewExternalId(body);
        string id = JsonBody.Text(body, "primary_id")!;
        if (_library.Users.Find(id, "all_unique") is not null)
        {
            throw new ApiErrorException("401851", $"User with identifier {id} already exists.");
        }

        foreach (SimulatedIdentifier identifier in Identifiers(body))
        {
            if (_library.Users.Find(identifier.Value, identifier.Type) is not null)
            {
                throw new ApiErrorException(
                    "401851", $"User with identifier {identifier.Value} of type {identifier.Type} already exists.");
            }
        }

        string account = JsonBody.Text(body, "account_type")!;
        SimulatedUserSpec fresh = Linked(request, new SimulatedUserSpec { PrimaryId = id, AccountType = account });
        SimulatedUser user = _library.Users.Add(UserBody.Replace(fresh, body, ["user_group"]), _library.Now);
        return ApiAnswer.OfJson("user", _json.Write(user, expand: null, brief: false));
    }

    private static IEnumerable<SimulatedIdentifier> Identifiers(JObject body)
    {
        return JsonBody.Items(body["user_identifier"]).Select(i => new SimulatedIdentifier(
            JsonBody.Text(i, "id_type") ?? "BARCODE", JsonBody.Text(i, "value") ?? ""));
    }

    /// <summary>Makes the new user a copy of another institution's, where the request says so.</summary>
    private SimulatedUserSpec Linked(ApiRequest request, SimulatedUserSpec fresh)
    {
        if (request.Value("source_institution_code") is not string institution)
        {
            return fresh;
        }

        string? sourceId = request.Value("source_user_id");
        if (!Network.Knows(_library, institution) || sourceId is null)
        {
            throw Network.NotPartOf();
        }

        return Network.Copy(_library, institution, sourceId) is null
            ? fresh with { SourceInstitutionCode = institution, SourceLinkId = sourceId }
            : throw new ApiErrorException("60227", "Linked account for user already exists.");
    }

    /// <summary>
    /// Removes whomever the id matches, by default by ANY identifier, and looks neither at the expiry date nor at the
    /// purge date, roles, blocks or requests. There is no dry run.
    /// </summary>
    private ApiAnswer Delete(ApiRequest request)
    {
        string id = request.Segments[1];
        string type = request.Value("user_id_type") ?? "all_unique";
        SimulatedUser user = _library.Users.Find(id, type) ?? throw NotFound(id, request);

        // Which balance blocks a DELETE is not documented; here any that is owed does.
        if (Remover.Blocker(user.State, waiveThreshold: 0) is string reason)
        {
            throw new ApiErrorException(
                "401850", $"Failed to delete user with identifier {id} of type {type}: user {reason}.");
        }

        _library.Removal.Remove(user, _library.Now, PurgeWay.UserDelete, reference: null);
        return ApiAnswer.NoContent();
    }

    private static ApiErrorException NotFound(string id, ApiRequest request)
    {
        string type = request.Value("user_id_type") ?? "all_unique";
        return new ApiErrorException("401890", $"User with identifier {id} of type {type} was not found.");
    }
}
