using System.Globalization;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests;

public sealed class EmbeddedJobTests() : JobTests(new EmbeddedDoor());

public abstract class JobTests(ITestDoor door) : EndpointTests(door)
{
    private const string Prefix = "UPDATE_User_Information_";

    private static (string Name, string Value)[] Mark(string set, params (string Name, string Value)[] others)
    {
        return [("set_id", set), ("job_name", "mark"), .. others];
    }

    private static string Milliseconds(DateTimeOffset time)
    {
        return time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Jobs_are_listed_with_the_full_parameters_of_M148()
    {
        JObject list = await Client.GetAsync("conf/jobs?type=MANUAL&limit=100");
        Assert.Contains(list["job"]!, j => j["id"]!.ToString() == "M148");
        Assert.DoesNotContain(list["job"]!, j => j["type"]!["value"]!.ToString() != "MANUAL");
        JToken purge = Assert.Single(list["job"]!, j => j["name"]!.ToString() == "Purge Users");
        Assert.Equal("USER", purge["content"]!["value"]!.ToString());
        JObject job = await Client.GetAsync("conf/jobs/M148");
        string[] names = [.. job["parameter"]!.Select(p => p["name"]!["value"]!.ToString())];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(72, names.Length);
        Assert.Equal("402216", (await Client.ErrorAsync(HttpMethod.Get, "conf/jobs/M999")).Code);
    }

    [Fact]
    public async Task Only_what_is_active_acts_and_only_when_the_job_ends()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1", ExpiryDate = new DateOnly(2020, 1, 1) });
        string set = await Client.NewSetAsync("s", "u1");
        string run = await Client.RunAsync("M148", Mark(
            set,
            (Prefix + "Purge_Date_Active", "true"),
            (Prefix + "Purge_Date_Value", Milliseconds(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero))),
            (Prefix + "UserGroup_Active", "true"),
            (Prefix + "UserGroup_Value", "PURGEUG"),
            (Prefix + "Expiry_Date_Active", "false"),
            (Prefix + "Expiry_Date_Value", "0"),
            (Prefix + "Status_Active", "false"),
            (Prefix + "Status_Value", "INACTIVE")));
        JObject queued = await Client.GetAsync("conf/jobs/M148/instances/" + run);
        Assert.Equal("QUEUED", queued["status"]!["value"]!.ToString());
        Simulator.Clock.Advance(TimeSpan.FromMilliseconds(250));
        JObject running = await Client.GetAsync("conf/jobs/M148/instances/" + run);
        Assert.Equal("RUNNING", running["status"]!["value"]!.ToString());
        Assert.Equal(50, running["progress"]!.Value<int>());
        Assert.Equal("UNDRGRD", Simulator.FindUser("u1")!.UserGroup);

        JObject done = await Client.FinishAsync(run);
        Assert.Equal("COMPLETED_SUCCESS", done["status"]!["value"]!.ToString());
        Assert.Equal("1", done["counter"]![1]!["value"]!.ToString());
        SimulatedUser user = Simulator.FindUser("u1")!;
        Assert.Equal(("PURGEUG", "ACTIVE"), (user.UserGroup, user.Status));
        Assert.Equal(new DateOnly(2026, 10, 1), user.PurgeDate);
        Assert.Equal(new DateOnly(2020, 1, 1), user.ExpiryDate);
        Assert.Empty(Simulator.JobRuns[0].Notified);
    }

    [Theory]
    [InlineData("1790812800", 1970, 1, 21)]
    [InlineData("0", 1970, 1, 1)]
    public async Task A_date_in_the_wrong_unit_does_what_Alma_would_do(string value, int year, int month, int day)
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1" });
        string set = await Client.NewSetAsync("s", "u1");
        await Client.FinishAsync(await Client.RunAsync(
            "M148", Mark(set, (Prefix + "Purge_Date_Active", "true"), (Prefix + "Purge_Date_Value", value))));
        Assert.Equal(new DateOnly(year, month, day), Simulator.FindUser("u1")!.PurgeDate);
    }

    [Fact]
    public async Task A_group_must_exist_and_fit_the_record_type()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1", RecordType = "STAFF" });
        string set = await Client.NewSetAsync("s", "u1");
        (string, string)[] unknown = Mark(
            set, (Prefix + "UserGroup_Active", "true"), (Prefix + "UserGroup_Value", "NOPE"));
        Assert.Equal("40166411", (await Client.ErrorAsync(
            HttpMethod.Post, "conf/jobs/M148?op=run", TestClient.Parameters(unknown))).Code);
        JObject done = await Client.FinishAsync(await Client.RunAsync(
            "M148", Mark(set, (Prefix + "UserGroup_Active", "true"), (Prefix + "UserGroup_Value", "PURGEUG"))));
        Assert.Equal("COMPLETED_WARNING", done["status"]!["value"]!.ToString());
        Assert.Equal("UNDRGRD", Simulator.FindUser("u1")!.UserGroup);
    }

    [Fact]
    public async Task Parameters_are_mandatory_and_may_come_as_xml()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1" });
        string set = await Client.NewSetAsync("s", "u1");
        Assert.Equal("402220", (await Client.ErrorAsync(HttpMethod.Post, "conf/jobs/M148", "{}")).Code);
        Assert.Equal("402221", (await Client.ErrorAsync(HttpMethod.Post, "conf/jobs/M148?op=stop", "{}")).Code);
        Assert.Equal("402228", (await Client.ErrorAsync(HttpMethod.Post, "conf/jobs/M148?op=run", "{}")).Code);
        Assert.Equal("402229", (await Client.ErrorAsync(
            HttpMethod.Post, "conf/jobs/M148?op=run", TestClient.Parameters(("set_id", ""), ("job_name", "x")))).Code);
        string xml = "<job><parameters>"
            + $"<parameter><name>set_id</name><value>{set}</value></parameter>"
            + "<parameter><name>job_name</name><value>by xml</value></parameter>"
            + "<parameter><name>UPDATE_User_Information_Status_Active</name><value>true</value></parameter>"
            + "<parameter><name>UPDATE_User_Information_Status_Value</name><value>INACTIVE</value></parameter>"
            + "</parameters></job>";
        await Client.ExpectAsync(HttpMethod.Post, "conf/jobs/M148?op=run", xml);
        Simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("INACTIVE", Simulator.FindUser("u1")!.Status);
        Assert.Equal("by xml", Simulator.JobRuns[0].Name);
    }

    [Fact]
    public async Task Three_jobs_run_at_a_time_and_none_overlap()
    {
        List<string> sets = [];
        for (int i = 0; i < 4; i++)
        {
            sets.Add(await Client.NewSetAsync("s" + i, Simulator.Users[i].PrimaryId));
        }

        await Client.RunAsync("M148", Mark(sets[0]));
        Assert.Equal("60347", await StartErrorAsync(sets[0]));
        await Client.RunAsync("M148", Mark(sets[1]));
        await Client.RunAsync("M148", Mark(sets[2]));
        Assert.Equal("402222", await StartErrorAsync(sets[3]));
        Simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        await Client.RunAsync("M148", Mark(sets[3]));
    }

    [Fact]
    public async Task A_job_starts_five_times_an_hour()
    {
        string set = await Client.NewSetAsync("s", Simulator.Users[0].PrimaryId);
        for (int i = 0; i < 5; i++)
        {
            await Client.RunAsync("M148", Mark(set));
            Simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("402223", await StartErrorAsync(set));
        Simulator.Clock.Advance(TimeSpan.FromHours(1));
        await Client.RunAsync("M148", Mark(set));
    }

    [Fact]
    public async Task Instances_are_found_by_date_and_status()
    {
        string set = await Client.NewSetAsync("s", Simulator.Users[0].PrimaryId);
        await Client.FinishAsync(await Client.RunAsync("M148", Mark(set)));
        const string Path = "conf/jobs/M148/instances?submit_date_from=2026-11-22&submit_date_to=2026-11-22";
        JObject today = await Client.GetAsync(Path);
        Assert.Equal("mark", today["job_instance"]![0]!["name"]!.ToString());
        Assert.Null((await Client.GetAsync(Path + "&status=FAILED"))["job_instance"]);
        Assert.Null((await Client.GetAsync("conf/jobs/M148/instances?submit_date_from=2026-11-23"))["job_instance"]);
        Assert.Equal("402217", (await Client.ErrorAsync(
            HttpMethod.Get, "conf/jobs/M148/instances?submit_date_from=22.11.2026")).Code);
    }

    [Fact]
    public async Task An_empty_set_ends_with_nothing_to_process()
    {
        string set = await Client.NewSetAsync("s");
        JObject done = await Client.FinishAsync(await Client.RunAsync("M148", Mark(set)));
        Assert.Equal("COMPLETED_NO_BULKS", done["status"]!["value"]!.ToString());
    }

    private async Task<string> StartErrorAsync(string set)
    {
        return (await Client.ErrorAsync(
            HttpMethod.Post, "conf/jobs/M148?op=run", TestClient.Parameters(Mark(set)))).Code;
    }
}
