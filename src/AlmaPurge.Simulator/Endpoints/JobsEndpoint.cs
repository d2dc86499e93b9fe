using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Jobs: the list of those that can be submitted, one of them, and its submission.</summary>
internal sealed class JobsEndpoint
{
    private readonly Library _library;

    public JobsEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        return (request.Method, request.Segments.Length) switch
        {
            ("GET", 2) => List(request),
            ("GET", 3) => ApiAnswer.Of("job", JobJson.Job(_library, Require(_library, request))),
            ("POST", 3) => Run(request),
            _ => null,
        };
    }

    /// <summary>The job that the path names. Ids are a letter, M or S, and digits (seen).</summary>
    public static IJob Require(Library library, ApiRequest request)
    {
        string id = request.Segments[2];
        if (library.Jobs.Find(id) is IJob job)
        {
            return job;
        }

        bool formed = id.Length > 1 && id[0] is 'M' or 'S' && id.Skip(1).All(char.IsAsciiDigit);
        throw formed
            ? new ApiErrorException("402216", $"Invalid job id: {id}.")
            : new ApiErrorException("402215", $"Invalid job id format: {id}.");
    }

    private ApiAnswer List(ApiRequest request)
    {
        string? type = request.Value("type");
        if (type is not (null or "MANUAL" or "SCHEDULED" or "OTHER"))
        {
            throw ApiErrorException.InvalidCode("type", type, "MANUAL, SCHEDULED, OTHER");
        }

        string? category = request.Value("category");
        if (category is not null && !JobCategories.Has(type, category))
        {
            throw new ApiErrorException("40166410", $"Invalid category: '{category}'.");
        }

        string? profile = request.Value("profile_id");
        IJob[] found = [.. _library.Jobs.All.Where(j => (type is null || j.Type == type)
            && (category is null || j.Category == category)
            && (profile is null || (j is StudentLoadJob && profile == SisProfile.Id)))];
        return ListPage.Of(request, "jobs", "job", found, j => JobJson.Summary(_library, j));
    }

    private ApiAnswer Run(ApiRequest request)
    {
        IJob job = Require(_library, request);
        string? operation = request.Value("op");
        if (operation is null)
        {
            throw new ApiErrorException("402220", "Operation was not provided.");
        }

        if (operation != "run")
        {
            throw new ApiErrorException("402221", $"Operation is not supported: '{operation}'.");
        }

        if (job.Type != "MANUAL" && job is not StudentLoadJob)
        {
            throw new ApiErrorException("402248", $"Cannot submit scheduled job {job.Id}.");
        }

        SimulatedJobRun run = _library.Jobs.Start(job, Parameters(request));
        return ApiAnswer.Of("job", JobJson.Started(_library, job, run));
    }

    private static Dictionary<string, string> Parameters(ApiRequest request)
    {
        Dictionary<string, string> parameters = new(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(request.BodyText))
        {
            return parameters;
        }

        foreach (JObject parameter in JsonBody.Items(request.ReadBody()["parameter"]))
        {
            parameters[JsonBody.Text(parameter, "name") ?? ""] = JsonBody.Text(parameter, "value") ?? "";
        }

        return parameters;
    }
}
