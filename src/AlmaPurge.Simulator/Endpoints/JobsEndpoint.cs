using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Jobs and their instances.</summary>
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
            ("GET", 3) => ApiAnswer.Of("job", JobJson.Job(_library, RequireJob(request))),
            ("POST", 3) => Run(request),
            ("GET", 4) when request.Segments[3] == "instances" => Instances(request),
            ("GET", 5) when request.Segments[3] == "instances" => Instance(request),
            _ => null,
        };
    }

    private IJob RequireJob(ApiRequest request)
    {
        string id = request.Segments[2];
        return _library.Jobs.Find(id) ?? throw new ApiErrorException("402215", $"Job {id} was not found.");
    }

    private ApiAnswer List(ApiRequest request)
    {
        string? type = request.Value("type");
        if (type is not (null or "MANUAL" or "SCHEDULED" or "OTHER"))
        {
            throw ApiErrorException.InvalidCode("type", type, "MANUAL, SCHEDULED, OTHER");
        }

        IEnumerable<JObject> found = _library.Jobs.All
            .Where(j => type is null || j.Type == type)
            .Select(j => JobJson.Summary(_library, j));
        return Page(request, "jobs", "job", [.. found]);
    }

    private ApiAnswer Run(ApiRequest request)
    {
        IJob job = RequireJob(request);
        string? operation = request.Value("op");
        if (operation is null)
        {
            throw new ApiErrorException("402220", "The parameter op is missing.");
        }

        if (operation != "run")
        {
            throw new ApiErrorException("402221", $"The operation '{operation}' is not supported.");
        }

        if (job.Type != "MANUAL")
        {
            throw new ApiErrorException("402248", $"The scheduled job {job.Id} cannot be submitted.");
        }

        Dictionary<string, string> parameters = new(StringComparer.Ordinal);
        foreach (JObject parameter in JsonBody.Items(request.ReadBody()["parameter"]))
        {
            parameters[JsonBody.Text(parameter, "name") ?? ""] = JsonBody.Text(parameter, "value") ?? "";
        }

        SimulatedJobRun run = _library.Jobs.Start(job, parameters);
        return ApiAnswer.Of("job", JobJson.Started(_library, job, run));
    }

    private ApiAnswer Instances(ApiRequest request)
    {
        IJob job = RequireJob(request);
        DateOnly? from = Day(request, "submit_date_from");
        DateOnly? to = Day(request, "submit_date_to");
        string? status = request.Value("status");
        if (status is not null && !JobStates.All.Contains(status))
        {
            throw ApiErrorException.InvalidCode("status", status, string.Join(", ", JobStates.All));
        }

        IEnumerable<JObject> found = _library.Jobs.Runs
            .Where(r => r.JobId == job.Id && (status is null || r.Status == status))
            .Where(r => from is null || _library.DayOf(r.SubmitTime) >= from)
            .Where(r => to is null || _library.DayOf(r.SubmitTime) <= to)
            .OrderByDescending(r => r.SubmitTime)
            .Select(r => JobJson.Instance(_library, r));
        return Page(request, "job_instances", "job_instance", [.. found]);
    }

    private ApiAnswer Instance(ApiRequest request)
    {
        string jobId = request.Segments[2];
        string id = request.Segments[4];
        if (jobId != "ALL")
        {
            RequireJob(request);
        }

        SimulatedJobRun? run = _library.Jobs.Runs
            .FirstOrDefault(r => r.Id == id && (jobId == "ALL" || r.JobId == jobId));
        return run is null
            ? throw new ApiErrorException("402216", $"Job instance {id} was not found.")
            : ApiAnswer.Of("job_instance", JobJson.Instance(_library, run));
    }

    private static DateOnly? Day(ApiRequest request, string name)
    {
        string? text = request.Value(name);
        if (text is null)
        {
            return null;
        }

        return JsonBody.ParseDay(text.TrimEnd('Z'))
            ?? throw new ApiErrorException("402217", $"The parameter {name} is not a valid date: '{text}'.");
    }

    private static ApiAnswer Page(ApiRequest request, string root, string name, JObject[] all)
    {
        int limit = request.Number("limit", 10, 100);
        int offset = request.Number("offset", 0, int.MaxValue);
        JObject body = [];
        object[] page = [.. all.Skip(offset).Take(limit)];
        if (page.Length > 0)
        {
            body[name] = new JArray(page);
        }

        body["total_record_count"] = all.Length;
        return ApiAnswer.Of(root, body);
    }
}
