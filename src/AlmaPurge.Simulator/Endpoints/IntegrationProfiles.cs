using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>GET /conf/integration-profiles: the list and one; there is one, <see cref="SisProfile"/>.</summary>
internal sealed class IntegrationProfiles
{
    private readonly Library _library;

    public IntegrationProfiles(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments) switch
        {
            ("GET", ["conf", "integration-profiles"]) => List(request),
            ("GET", ["conf", "integration-profiles", string id]) => id == SisProfile.Id
                ? ApiAnswer.Of("integration_profile", SisProfile.Full(Link))
                : throw new ApiErrorException("60304", $"Invalid profile ID: {id}."),
            _ => null,
        };
    }

    private string Link => _library.Link("conf/integration-profiles/" + SisProfile.Id);

    private ApiAnswer List(ApiRequest request)
    {
        string? type = request.Value("type");
        if (type is not null && type != SisProfile.Type)
        {
            throw new ApiErrorException("40166404", $"Invalid type: '{type}'.");
        }

        JObject[] found = Fits(request.Value("q")) ? [SisProfile.Summary(Link)] : [];
        return ListPage.Of(request, "integration_profiles", "integration_profile", found, p => p);
    }

    private static bool Fits(string? query)
    {
        if (query is null)
        {
            return true;
        }

        int mark = query.IndexOf('~', StringComparison.Ordinal);
        string text = (mark < 0 ? "" : query[..mark]) switch
        {
            "name" => SisProfile.Name,
            "created_by" => "staff",
            _ => throw new ApiErrorException("40166410", $"Parameter value invalid: q '{query}'."),
        };
        string[] words = query[(mark + 1)..].Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries);
        return words.All(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));
    }
}
