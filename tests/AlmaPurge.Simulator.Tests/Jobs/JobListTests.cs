using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Jobs;

public sealed class EmbeddedJobListTests() : JobListTests(new EmbeddedDoor());

/// <summary>GET /conf/jobs, and what can be submitted.</summary>
public abstract class JobListTests(ITestDoor door) : EndpointTests(door)
{
    private async Task<string[]> IdsAsync(string query)
    {
        JObject page = await Client.GetAsync("conf/jobs?limit=100&" + query);
        return [.. (page["job"] ?? new JArray()).Select(j => j["id"]!.ToString())];
    }

    [Fact]
    public async Task Jobs_are_listed_by_type_category_and_profile()
    {
        Assert.Contains("S131", await IdsAsync(""));
        Assert.DoesNotContain("S131", await IdsAsync("type=MANUAL"));
        Assert.Equal(["S131", "S210"], await IdsAsync("type=SCHEDULED"));
        Assert.Equal(["S131"], await IdsAsync("type=SCHEDULED&category=USERS"));
        Assert.Equal(["M148", "M973"], await IdsAsync("type=MANUAL&category=USERS"));
        Assert.Equal(["S131"], await IdsAsync("profile_id=9563000000000001"));
        Assert.Empty(await IdsAsync("type=OTHER"));
        Assert.Equal(2, (await Client.GetAsync("conf/jobs?limit=2"))["job"]!.Count());
        Assert.Equal("40166410", await Client.GetErrorAsync("conf/jobs?type=ODD"));
        Assert.Equal("40166410", await Client.GetErrorAsync("conf/jobs?type=MANUAL&category=FULFILLMENT"));
    }

    [Fact]
    public async Task A_job_tells_its_parameters_in_both_forms()
    {
        XElement job = await Client.GetXmlAsync("conf/jobs/M148");
        Assert.Equal(72, job.Element("parameters")!.Elements("parameter").Count());
        Assert.Equal("Update/Notify Users", job.Element("name")!.Value);
        Assert.Equal("402215", await Client.GetErrorAsync("conf/jobs/update"));
        Assert.Equal("402216", await Client.GetErrorAsync("conf/jobs/M999"));
    }

    [Fact]
    public async Task Only_some_jobs_can_be_submitted()
    {
        async Task<string> SubmitAsync(string job, object body)
        {
            return (await Client.ErrorAsync(HttpMethod.Post, $"conf/jobs/{job}?op=run", body)).Code;
        }

        string set = await Client.NewSetAsync("s", Client.Present()[0].PrimaryId);
        object body = TestClient.Parameters(("set_id", set), ("job_name", "j"));
        Assert.Equal("402231", await SubmitAsync("M44", body));
        Assert.Equal("402248", await SubmitAsync("S210", body));
        Assert.Equal("402216", await SubmitAsync("M999", body));
        Assert.Equal("402215", await SubmitAsync("purge", body));
        Assert.Equal("60107", await SubmitAsync("M148", TestClient.Parameters(("set_id", "1"), ("job_name", "j"))));
        Assert.Empty(Simulator.JobRuns);
    }

    [Fact]
    public async Task The_student_system_is_synchronized_without_a_set()
    {
        SimulatedUser user = Simulator.Users.First(u => u.PrimaryId == Simulator.StudentLoad()[0]);
        Simulator.UpdateUser(user.PrimaryId, s => s with { PurgeDate = new DateOnly(2020, 1, 1) });
        JObject started = await Client.ExpectAsync(HttpMethod.Post, "conf/jobs/S131?op=run", "{}");
        JObject done = await Client.FinishAsync(started["additional_info"]!["link"]!.ToString().Split('/')[^1]);
        Assert.Equal("COMPLETED_SUCCESS", done["status"]!["value"]!.ToString());
        Assert.Equal(new DateOnly(2028, 11, 22), user.PurgeDate);
    }
}
