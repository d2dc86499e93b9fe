using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Sets: list, create, get, delete. Itemized sets of users only.</summary>
internal sealed class SetsEndpoint
{
    private readonly Library _library;

    public SetsEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments.Length) switch
        {
            ("GET", 2) => List(request),
            ("POST", 2) => Create(request),
            ("GET", 3) => ApiAnswer.Of("set", SetJson.Write(_library, Require(_library, request))),
            ("DELETE", 3) => Delete(request),
            _ => null,
        };
    }

    public static SimulatedSet Require(Library library, ApiRequest request)
    {
        string id = request.Segments[2];
        return library.Sets.TryGetValue(id, out SimulatedSet? set)
            ? set
            : throw new ApiErrorException("60107", $"Set not found: Set ID {id}");
    }

    private ApiAnswer List(ApiRequest request)
    {
        int limit = request.Number("limit", 10, 100);
        int offset = request.Number("offset", 0, int.MaxValue);
        CheckFilter(request, "set_type", "ITEMIZED", "LOGICAL");
        IEnumerable<SimulatedSet> found = _library.Sets.Values.Where(s => Matches(s, request.Value("q")));
        if (request.Value("set_type") == "LOGICAL" || request.Value("content_type") is not (null or "USER"))
        {
            found = [];
        }

        List<SimulatedSet> all = [.. found];
        JObject body = [];
        JObject[] page = [.. all.Skip(offset).Take(limit).Select(s => SetJson.Summary(_library, s))];
        if (page.Length > 0)
        {
            body["set"] = new JArray(page.Cast<object>().ToArray());
        }

        body["total_record_count"] = all.Count;
        return ApiAnswer.Of("sets", body);
    }

    private static void CheckFilter(ApiRequest request, string name, params string[] valid)
    {
        if (request.Value(name) is string value && !valid.Contains(value))
        {
            throw ApiErrorException.InvalidCode(name, value, string.Join(", ", valid));
        }
    }

    /// <summary>A search for words: a name that merely contains the words asked for is found too.</summary>
    private static bool Matches(SimulatedSet set, string? query)
    {
        if (query is null)
        {
            return true;
        }

        int mark = query.IndexOf('~', StringComparison.Ordinal);
        string field = mark < 0 ? "" : query[..mark];
        string[] words = query[(mark + 1)..].Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries);
        string name = set.Name.Replace('_', ' ');
        return field switch
        {
            "name" => words.All(w => name.Contains(w, StringComparison.OrdinalIgnoreCase)),
            "created_by" => words.All(w => "exl api".Contains(w, StringComparison.OrdinalIgnoreCase)),
            _ => throw new ApiErrorException("60106", $"The query '{query}' is not valid."),
        };
    }

    private ApiAnswer Create(ApiRequest request)
    {
        JObject body = request.ReadBody();
        string? name = JsonBody.Text(body, "name");
        string? type = JsonBody.Text(body, "type");
        string? content = JsonBody.Text(body, "content");
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrEmpty(content))
        {
            throw new ApiErrorException("401664", "Mandatory field is missing: name, type and content are required.");
        }

        if (type != "ITEMIZED" || content != "USER")
        {
            throw new ApiErrorException("402262", $"Set type '{type}' with content '{content}' is not supported.");
        }

        if (_library.Sets.Values.Any(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ApiErrorException("402263", $"A set with the name '{name}' already exists.");
        }

        // Members in this body are taken by no known Alma; they are left out without a word, as an unknown field is.
        SimulatedSet set = new(_library.NextId(), name, _library.Now)
        {
            Description = JsonBody.Text(body, "description") ?? "",
            Note = JsonBody.Text(body, "note") ?? "",
            IsPrivate = JsonBody.Text(body, "private") is not string flag
                || !string.Equals(flag, "false", StringComparison.OrdinalIgnoreCase),
        };
        _library.Sets.Add(set.Id, set);
        return ApiAnswer.Of("set", SetJson.Write(_library, set));
    }

    private ApiAnswer Delete(ApiRequest request)
    {
        _library.Sets.Remove(Require(_library, request).Id);
        return ApiAnswer.NoContent();
    }
}
