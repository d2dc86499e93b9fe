using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Jobs;

public sealed class EmbeddedJobInstanceTests() : JobInstanceTests(new EmbeddedDoor());

/// <summary>GET /conf/jobs/{id}/instances and what hangs on an instance.</summary>
public abstract class JobInstanceTests(ITestDoor door) : EndpointTests(door)
{
    private async Task<string> RunAsync()
    {
        string set = await Client.NewSetAsync("s", Client.Present()[0].PrimaryId);
        return await Client.RunAsync("M148", ("set_id", set), ("job_name", "mark"));
    }

    [Fact]
    public async Task An_instance_is_found_under_its_job_or_ALL()
    {
        string id = await RunAsync();
        foreach (string job in (string[])["M148", "ALL"])
        {
            JObject instance = await Client.GetAsync($"conf/jobs/{job}/instances/{id}");
            Assert.Equal(("mark", "QUEUED"), (instance["name"]!.ToString(), instance["status"]!["value"]!.ToString()));
            Assert.Null(instance["end_time"]);
        }

        Assert.Equal("402218", await Client.GetErrorAsync("conf/jobs/M973/instances/" + id));
        Assert.Equal("402218", await Client.GetErrorAsync("conf/jobs/ALL/instances/1"));
        Assert.Equal("402216", await Client.GetErrorAsync("conf/jobs/M999/instances/" + id));
    }

    [Fact]
    public async Task Instances_are_listed_by_day_and_status_newest_first()
    {
        await Client.FinishAsync(await RunAsync());
        JObject today = await Client.GetAsync(
            "conf/jobs/M148/instances?submit_date_from=2026-11-22&submit_date_to=2026-11-22&status=COMPLETED_SUCCESS");
        Assert.Single(today["job_instance"]!);
        foreach (string none in (string[])
            ["submit_date_from=2026-11-23", "submit_date_to=2026-11-21", "status=FAILED", "offset=1"])
        {
            Assert.Null((await Client.GetAsync("conf/jobs/M148/instances?" + none))["job_instance"]);
        }

        Assert.Equal("402217", await Client.GetErrorAsync("conf/jobs/M148/instances?submit_date_to=soon"));
        Assert.Equal("40166410", await Client.GetErrorAsync("conf/jobs/M148/instances?status=ASLEEP"));
        Assert.Equal("402216", await Client.GetErrorAsync("conf/jobs/M999/instances"));
    }

    [Fact]
    public async Task Counters_are_text_and_come_when_the_job_has_ended()
    {
        string id = await RunAsync();
        await Client.FinishAsync(id);
        JObject done = await Client.GetAsync("conf/jobs/M148/instances/" + id);
        Assert.All(done["counter"]!, c => Assert.Equal(JTokenType.String, c["value"]!.Type));
        Assert.Equal("alert_general_success", done["alert"]![0]!["value"]!.ToString());
        XElement xml = await Client.GetXmlAsync("conf/jobs/M148/instances/" + id);
        Assert.Equal(3, xml.Element("counters")!.Elements("counter").Count());
        Assert.Equal("M148", xml.Element("job_info")!.Element("id")!.Value);
    }

    [Fact]
    public async Task No_endpoint_tells_what_became_of_each_user()
    {
        string path = "conf/jobs/M148/instances/" + await RunAsync();
        Assert.Equal("60332", await Client.GetErrorAsync(path + "/events"));
        Assert.Equal("402119", await Client.GetErrorAsync(path + "/matches?population=SINGLE_MATCHES"));
        Assert.Equal("40166410", await Client.GetErrorAsync(path + "/matches"));
        Assert.Equal("402119", await Client.GetErrorAsync(path + "/download"));
        using HttpResponseMessage stop = await Client.SendAsync(HttpMethod.Delete, path);
        Assert.Equal(403, (int)stop.StatusCode);
    }

    [Fact]
    public async Task A_student_load_has_events_and_none_are_rejected()
    {
        JObject started = await Client.ExpectAsync(HttpMethod.Post, "conf/jobs/S131?op=run", "{}");
        string path = started["additional_info"]!["link"]!.ToString().Split("/almaws/v1/")[1];
        Assert.Equal(
            """{"total_record_count":0}""",
            (await Client.GetAsync(path + "/events")).ToString(Newtonsoft.Json.Formatting.None));
    }
}
