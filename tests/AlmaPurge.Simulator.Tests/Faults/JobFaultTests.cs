using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Faults;

/// <summary>Jobs that end otherwise than they should, or not at all.</summary>
public class JobFaultTests : FaultTestBase
{
    [Fact]
    public async Task A_job_sets_the_day_before()
    {
        (TestClient client, string set) = await WithSetAsync("wrongDayMark", 2);
        using (client)
        {
            long noon = new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            JObject done = await client.FinishAsync(await client.RunAsync(
                "M148",
                ("set_id", set),
                ("job_name", "j"),
                ("UPDATE_User_Information_Purge_Date_Active", "true"),
                ("UPDATE_User_Information_Purge_Date_Value", FormattableString.Invariant($"{noon}"))));
            Assert.Equal("COMPLETED_SUCCESS", done["status"]!["value"]!.ToString());
            Assert.Equal("2026-09-30Z", (await client.GetAsync("users/u1"))["purge_date"]!.ToString());
        }
    }

    [Fact]
    public async Task A_job_ends_with_a_warning_although_all_is_done()
    {
        (TestClient client, string set) = await WithSetAsync("jobWarning", 4);
        using (client)
        {
            JObject done = await RunAsync(client, await PurgeJobAsync(client), set);
            Assert.Equal("COMPLETED_WARNING", done["status"]!["value"]!.ToString());
            Assert.Equal("100", done["progress"]!.ToString());
            Assert.Equal(4, client.Simulator.Purged.Count);
        }
    }

    [Fact]
    public async Task A_stuck_job_does_half_and_never_ends()
    {
        (TestClient client, string set) = await WithSetAsync("jobStuck", 4);
        using (client)
        {
            JObject stuck = await RunAsync(client, await PurgeJobAsync(client), set);
            client.Simulator.Clock.Advance(TimeSpan.FromDays(3));
            JObject later = await client.GetAsync("conf/jobs/ALL/instances/" + stuck["id"]);
            Assert.Equal(("RUNNING", "50"), (later["status"]!["value"]!.ToString(), later["progress"]!.ToString()));
            Assert.Null(later["end_time"]);
            Assert.Equal(2, client.Simulator.Purged.Count);
        }
    }

    [Fact]
    public async Task The_purge_group_is_gone_from_the_table_and_for_the_jobs()
    {
        (TestClient client, string set) = await WithSetAsync("groupGone@2", 2);
        using (client)
        {
            Assert.Contains("PURGEUG", await GroupsAsync(client));
            Assert.DoesNotContain("PURGEUG", await GroupsAsync(client));
            Assert.Contains("UNDRGRD", await GroupsAsync(client));
            (string code, _) = await client.ErrorAsync(
                HttpMethod.Post,
                "conf/jobs/M148?op=run",
                TestClient.Parameters(
                    ("set_id", set),
                    ("job_name", "j"),
                    ("UPDATE_User_Information_UserGroup_Active", "true"),
                    ("UPDATE_User_Information_UserGroup_Value", "PURGEUG")));
            Assert.Equal("40166411", code);
        }
    }

    private static async Task<string[]> GroupsAsync(TestClient client)
    {
        JObject table = await client.GetAsync("conf/code-tables/UserGroups");
        return [.. table["row"]!.Select(r => r["code"]!.ToString())];
    }
}
