using System.Globalization;
using AlmaPurge.Simulator.Data;
using AlmaPurge.Simulator.Http;
using AlmaPurge.Simulator.Jobs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>Writes jobs and their instances as Alma does.</summary>
internal static class JobJson
{
    public static JObject Summary(Library library, IJob job)
    {
        return new JObject
        {
            ["id"] = job.Id,
            ["name"] = job.Name,
            ["description"] = job.Name,
            ["type"] = JsonBody.Code(job.Type, Labels.Of(job.Type)),
            ["category"] = JsonBody.Code(job.Category, job.Category),
            ["content"] = JsonBody.Code(job.Content, Labels.Of(job.Content)),
            ["link"] = library.Link($"conf/jobs/{job.Id}"),
        };
    }

    public static JObject Job(Library library, IJob job)
    {
        JObject body = Summary(library, job);
        body["parameter"] = new JArray(job.Parameters.Select(p => Parameter(p.Key, p.Value)));
        return body;
    }

    public static JObject Started(Library library, IJob job, SimulatedJobRun run)
    {
        JObject body = Summary(library, job);
        body["parameter"] = new JArray(run.Parameters.Select(p => Parameter(p.Key, p.Value)));
        body["additional_info"] = TriggeredInfo(library, job, run);
        return body;
    }

    /// <summary>Says which instance goes on; its text is no contract (documented as free text).</summary>
    public static JObject TriggeredInfo(Library library, IJob job, SimulatedJobRun run)
    {
        string time = run.SubmitTime.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        return new JObject
        {
            ["value"] = $"Job no. {run.Id} triggered on {time}",
            ["link"] = library.Link($"conf/jobs/{job.Id}/instances/{run.Id}"),
        };
    }

    public static JObject Instance(Library library, SimulatedJobRun run)
    {
        JObject body = new()
        {
            ["id"] = run.Id,
            ["external_id"] = run.Id,
            ["name"] = run.Name,
            ["submitted_by"] = new JObject { ["value"] = run.SubmittedBy },
            ["submit_time"] = JsonBody.Instant(run.SubmitTime),
        };
        AddTime(body, "start_time", run.StartTime);
        AddTime(body, "end_time", run.EndTime);
        body["progress"] = run.Progress;
        body["status"] = JsonBody.Code(run.Status, Labels.Of(run.Status));
        body["status_date"] = JsonBody.Day(DateOnly.FromDateTime((run.EndTime ?? run.SubmitTime).UtcDateTime));
        if (run.EndTime is not null)
        {
            body["alert"] = new JArray(Alert(run));
            body["counter"] = new JArray(run.Counters.Select(c => new JObject
            {
                ["type"] = JsonBody.Code(c.Key, c.Key),
                ["value"] = c.Value.ToString(CultureInfo.InvariantCulture),
            }));
        }

        body["job_info"] = Summary(library, run.Job);
        return body;
    }

    private static JObject Parameter(string name, string value)
    {
        return new JObject { ["name"] = JsonBody.Code(name), ["value"] = value };
    }

    private static JObject Alert(SimulatedJobRun run)
    {
        const string More = " For more information view the report details.";
        return run.Status == "COMPLETED_SUCCESS"
            ? JsonBody.Code("alert_general_success", "The job completed successfully." + More)
            : JsonBody.Code("alert_general_warning", "The job did not process all records." + More);
    }

    private static void AddTime(JObject body, string name, DateTimeOffset? time)
    {
        if (time is DateTimeOffset moment)
        {
            body[name] = JsonBody.Instant(moment);
        }
    }
}
