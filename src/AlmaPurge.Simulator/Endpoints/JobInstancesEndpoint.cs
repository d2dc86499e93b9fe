using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// The instances of a job. What each user came to is not among them: events are those of student loads and hold
/// rejected entries only, matches and files are those of imports (documented). No instance can be stopped.
/// </summary>
internal sealed class JobInstancesEndpoint
{
    private readonly Library _library;

    public JobInstancesEndpoint(Library library)
    {
        _library = library;
    }

    public ApiAnswer? Serve(ApiRequest request)
    {
        if (request.Method != "GET")
        {
            return null;
        }

        return request.Segments switch
        {
            ["conf", "jobs", _, "instances"] => List(request),
            ["conf", "jobs", _, "instances", _] =>
                ApiAnswer.Of("job_instance", JobJson.Instance(_library, Require(request))),
            ["conf", "jobs", _, "instances", _, "events"] => Events(request),
            ["conf", "jobs", _, "instances", _, "matches"] => Matches(request),
            ["conf", "jobs", _, "instances", _, "download"] => throw NotAnImport(Require(request)),
            _ => null,
        };
    }

    private ApiAnswer List(ApiRequest request)
    {
        IJob job = JobsEndpoint.Require(_library, request);
        DateOnly? from = Day(request, "submit_date_from");
        DateOnly? to = Day(request, "submit_date_to");
        string? status = request.Value("status");
        if (status is not null && !JobStates.All.Contains(status))
        {
            throw ApiErrorException.InvalidCode("status", status, string.Join(", ", JobStates.All));
        }

        SimulatedJobRun[] found = [.. _library.Jobs.Runs
            .Where(r => r.JobId == job.Id && (status is null || r.Status == status))
            .Where(r => from is null || _library.DayOf(r.SubmitTime) >= from)
            .Where(r => to is null || _library.DayOf(r.SubmitTime) <= to)
            .OrderByDescending(r => r.SubmitTime)];
        return ListPage.Of(request, "job_instances", "job_instance", found, r => JobJson.Instance(_library, r));
    }

    /// <summary>The instance that the path names; ALL stands for any job (documented).</summary>
    private SimulatedJobRun Require(ApiRequest request)
    {
        string jobId = request.Segments[2];
        string id = request.Segments[4];
        if (jobId != "ALL")
        {
            JobsEndpoint.Require(_library, request);
        }

        return _library.Jobs.Runs.FirstOrDefault(r => r.Id == id && (jobId == "ALL" || r.JobId == jobId))
            ?? throw new ApiErrorException("402218", $"Invalid job instance id: {id}.");
    }

    private ApiAnswer Events(ApiRequest request)
    {
        return Require(request).Job is StudentLoadJob
            ? ListPage.Of(request, "events", "event", 0, _ => [])
            : throw new ApiErrorException(
                "60332", "This service will only work for the job category and type of USERS/SIS.");
    }

    private ApiAnswer Matches(ApiRequest request)
    {
        string? population = request.Value("population");
        if (population is not ("SINGLE_MATCHES" or "MULTI_MATCHES"))
        {
            throw new ApiErrorException("40166410", $"Population value is invalid: '{population}'.");
        }

        throw NotAnImport(Require(request));
    }

    /// <summary>That these are for imports is documented; what they answer to other jobs is not.</summary>
    private static ApiErrorException NotAnImport(SimulatedJobRun run)
    {
        return new ApiErrorException("402119", $"General error: job instance {run.Id} is not one of an import.");
    }

    private static DateOnly? Day(ApiRequest request, string name)
    {
        string? text = request.Value(name);
        return text is null
            ? null
            : JsonBody.ParseDay(text.TrimEnd('Z'))
                ?? throw new ApiErrorException("402217", $"Invalid date format: {name} '{text}'.");
    }
}
