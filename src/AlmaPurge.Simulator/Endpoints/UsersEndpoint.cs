using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>GET /users and GET /users/{id}.</summary>
internal sealed class UsersEndpoint
{
    private readonly Library _library;
    private readonly UserJson _json;
    private readonly UserSearch _search;

    public UsersEndpoint(Library library)
    {
        _library = library;
        _json = new UserJson(library);
        _search = new UserSearch(library);
    }

    public ApiAnswer Serve(ApiRequest request)
    {
        return request.Segments.Length == 1 ? List(request) : Get(request);
    }

    /// <summary>The patron the path names, or the error that Alma gives.</summary>
    public static SimulatedUser Require(Library library, ApiRequest request)
    {
        string id = request.Segments[1];
        string? type = request.Value("user_id_type");
        if (request.Value("source_institution_code") is string institution)
        {
            return Network.Copy(library, institution, id) ?? throw new ApiErrorException(
                "4019990", $"User with source identifier {id} of institution {institution} was not found.");
        }

        SimulatedUser? user = library.Users.Find(id, type);
        if (user is not null)
        {
            return user;
        }

        throw type switch
        {
            null or "all_unique" => new ApiErrorException("401861", $"User with identifier {id} was not found."),
            "linking_id" => new ApiErrorException("4019998", "User with linking ID not found."),
            _ => new ApiErrorException("401890", $"User with identifier {id} of type {type} was not found."),
        };
    }

    /// <summary>The same for the endpoints that know one code only for a patron who is not there.</summary>
    public static SimulatedUser RequireByType(Library library, ApiRequest request)
    {
        string id = request.Segments[1];
        string type = request.Value("user_id_type") ?? "all_unique";
        return library.Users.Find(id, type)
            ?? throw new ApiErrorException("401890", $"User with identifier {id} of type {type} was not found.");
    }

    private ApiAnswer Get(ApiRequest request)
    {
        string? expand = request.Value("expand");
        if (expand is not null && expand != "none"
            && expand.Split(',').Any(e => e.Trim() is not ("loans" or "requests" or "fees")))
        {
            throw new ApiErrorException("401666", $"expand parameter is not valid: {expand}.");
        }

        string view = request.Value("view") ?? "full";
        if (view is not ("full" or "brief"))
        {
            throw new ApiErrorException("401666", $"view parameter is not valid: {view}.");
        }

        SimulatedUser user = Require(_library, request);
        return ApiAnswer.OfJson("user", _json.Write(user, expand, view == "brief"));
    }

    private ApiAnswer List(ApiRequest request)
    {
        int limit = request.Number("limit", 10, 100);
        int offset = request.Number("offset", 0, int.MaxValue);
        bool full = request.Value("expand") switch
        {
            null or "none" => false,
            "full" => true,
            string other => throw new ApiErrorException("401666", $"expand parameter is not valid: {other}."),
        };
        IReadOnlyList<SimulatedUser>? found = _search.Find(request);
        if (found is null)
        {
            // Alma's way of saying that it did not understand the query.
            return ApiAnswer.OfJson("users", "{\"total_record_count\":-1}");
        }

        return ApiAnswer.OfJson("users", WriteList(found, offset, limit, full));
    }

    private string WriteList(IReadOnlyList<SimulatedUser> found, int offset, int limit, bool full)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using JsonTextWriter json = new(text);
        json.WriteStartObject();
        if (offset < found.Count && limit > 0)
        {
            json.WritePropertyName("user");
            json.WriteStartArray();
            for (int i = offset; i < found.Count && i - offset < limit; i++)
            {
                if (full)
                {
                    _json.WriteTo(json, found[i], expand: null, brief: false);
                }
                else
                {
                    WriteMinimal(json, found[i]);
                }
            }

            json.WriteEndArray();
        }

        json.WritePropertyName("total_record_count");
        json.WriteValue(found.Count);
        json.WriteEndObject();
        json.Flush();
        return text.ToString();
    }

    private void WriteMinimal(JsonTextWriter json, SimulatedUser user)
    {
        bool nameless = _library.Options.ContactsWithoutPrimaryId && user.RecordType == "CONTACT";
        string id = nameless
            ? string.Create(CultureInfo.InvariantCulture, $"no primary id ({user.Number})")
            : user.PrimaryId;
        json.WriteStartObject();
        UserJson.Field(json, "primary_id", id);
        UserJson.Field(json, "first_name", user.State.FirstName);
        UserJson.Field(json, "last_name", user.State.LastName);
        UserJson.Coded(json, "status", user.Status, Labels.Of(user.Status));
        UserJson.Field(json, "link", _library.Link("users/" + Uri.EscapeDataString(id)));
        json.WriteEndObject();
    }
}
