using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Sets: list, get, change, delete. How one comes to be: <see cref="SetCreation"/>.</summary>
internal sealed class SetsEndpoint
{
    private readonly Library _library;
    private readonly SetCreation _creation;

    public SetsEndpoint(Library library)
    {
        _library = library;
        _creation = new SetCreation(library);
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments.Length) switch
        {
            ("GET", 2) => List(request),
            ("POST", 2) => _creation.Create(request),
            ("GET", 3) => ApiAnswer.Of("set", SetJson.Write(_library, Require(_library, request))),
            ("PUT", 3) => Put(request),
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
        string? type = Filter(request, "set_type", "ITEMIZED", "LOGICAL");
        string? content = Filter(request, "content_type", [.. SetContents.All.Select(c => c.Code)]);
        string origin = Filter(request, "set_origin", "UI", "UI_CZ") ?? "UI";
        Func<SimulatedSet, bool> fits = Query(request.Value("q"));
        SimulatedSet[] found = [.. _library.Sets.Values.Where(s => origin == "UI"
            && (type is null || s.Type == type) && (content is null || s.Content == content) && fits(s))];
        return ListPage.Of(request, "sets", "set", found, s => SetJson.Summary(_library, s));
    }

    private static string? Filter(ApiRequest request, string name, params string[] valid)
    {
        string? value = request.Value(name);
        return value is null || valid.Contains(value)
            ? value
            : throw ApiErrorException.InvalidCode(name, value, string.Join(", ", valid));
    }

    /// <summary>A search for words: a name that merely contains the words asked for is found too.</summary>
    private static Func<SimulatedSet, bool> Query(string? query)
    {
        if (query is null)
        {
            return _ => true;
        }

        int mark = query.IndexOf('~', StringComparison.Ordinal);
        string field = mark < 0 ? "" : query[..mark];
        string[] words = query[(mark + 1)..].Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries);
        bool Has(string text) => words.All(
            w => text.Replace('_', ' ').Contains(w, StringComparison.OrdinalIgnoreCase));
        return field switch
        {
            "name" => s => Has(s.Name),
            "created_by" => _ => Has(SetJson.Creator),
            _ => throw new ApiErrorException("60106", $"The query '{query}' is not valid."),
        };
    }

    /// <summary>
    /// Name, description, note, private, status and a logical set's query are taken over; neither type nor content can
    /// change.
    /// </summary>
    private ApiAnswer Put(ApiRequest request)
    {
        SimulatedSet set = Require(_library, request);
        SetBody body = ReadBody(request);
        if (string.IsNullOrWhiteSpace(body.Name))
        {
            throw new ApiErrorException("402228", "Mandatory parameter is missing from input: name.");
        }

        if (body.Type is not null && body.Type != set.Type || body.Content is not null && body.Content != set.Content)
        {
            throw new ApiErrorException("40166408", "Failed updating set: its type and content cannot be changed.");
        }

        SetBody.RequireNewName(_library, body.Name, except: set);
        if (set.IsLogical && body.Query is not null)
        {
            LogicalQuery.Check(_library, body.Query);
            set.Query = body.Query;
        }

        body.Fill(set);
        set.Name = body.Name;
        set.Changed = _library.Now;
        return ApiAnswer.Of("set", SetJson.Write(_library, set));
    }

    private static SetBody ReadBody(ApiRequest request)
    {
        try
        {
            return SetBody.Of(request.ReadBody());
        }
        catch (ApiErrorException error) when (error.Code == "401676")
        {
            throw new ApiErrorException("402261", "Invalid Set object.");
        }
    }

    /// <summary>That a set cannot be deleted under a running job is inferred; the code is documented.</summary>
    private ApiAnswer Delete(ApiRequest request)
    {
        string id = request.Segments[2];
        if (!_library.Sets.ContainsKey(id))
        {
            throw new ApiErrorException("402264", $"Invalid Set ID: {id}.");
        }

        if (_library.Jobs.Runs.Any(r => !r.IsFinished && r.SetId == id))
        {
            throw new ApiErrorException("402282", "Delete of Set Failed: a job is running on it.");
        }

        _library.Sets.Remove(id);
        return ApiAnswer.NoContent();
    }
}
