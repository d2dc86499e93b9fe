using System.Globalization;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests;

/// <summary>A whole purge by hand, over plain HTTP, judged by the simulator's own records.</summary>
public sealed class WholePurgeTests
{
    private static readonly DateOnly s_cutoff = new(2025, 11, 22);

    private static (string Name, string Value)[] Marking(string set, DateTimeOffset purgeDate)
    {
        string value = purgeDate.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return
        [
            ("set_id", set), ("job_name", "mark"),
            ("UPDATE_User_Information_UserGroup_Active", "true"),
            ("UPDATE_User_Information_UserGroup_Value", "PURGEUG"),
            ("UPDATE_User_Information_Purge_Date_Active", "true"),
            ("UPDATE_User_Information_Purge_Date_Value", value),
        ];
    }

    [Fact]
    public async Task Those_who_may_go_are_gone_and_nobody_else()
    {
        using TestClient client = TestClient.New(new SimulatorOptions
        {
            UserCount = 500, Now = TestClient.Noon, RequestsPerSecond = 0,
        });
        string[] safe = [.. client.Simulator.PurgeableFor("UNDRGRD", s_cutoff)];
        string set = await client.NewSetAsync("whole", safe);
        await client.FinishAsync(await client.RunAsync("M148", Marking(set, TestClient.Noon.AddDays(-30))));

        JObject marked = await client.GetAsync("users?q=user_group~PURGEUG&expand=full&limit=100&offset=0");
        Assert.True(marked["total_record_count"]!.Value<int>() > safe.Length);

        JObject jobs = await client.GetAsync("conf/jobs?type=MANUAL&limit=100");
        string job = jobs["job"]!.Single(j => j["name"]!.ToString() == "Purge Users")["id"]!.ToString();
        JObject done = await client.FinishAsync(await client.RunAsync(job, ("set_id", set), ("job_name", "purge")));

        Assert.Equal("COMPLETED_SUCCESS", done["status"]!["value"]!.ToString());
        Assert.Equal(safe.Order(StringComparer.Ordinal), Gone(client.Simulator));
        HashSet<string> mustStay = [.. client.Simulator.ManifestFor("UNDRGRD", s_cutoff).Select(e => e.PrimaryId)];
        Assert.DoesNotContain(client.Simulator.Purged, p => mustStay.Contains(p.PrimaryId));
        Assert.Equal(500, mustStay.Count + safe.Length);
        Assert.Empty(client.Simulator.WronglyPurged("UNDRGRD", s_cutoff));
    }

    [Fact]
    public async Task A_careless_client_is_found_out()
    {
        using TestClient client = TestClient.New();
        string[] everyone = [.. client.Simulator.Users.Where(u => u.UserGroup == "UNDRGRD").Select(u => u.PrimaryId)];
        foreach (string id in everyone)
        {
            (await client.SendAsync(HttpMethod.Delete, TestClient.UserPath(id))).Dispose();
        }

        IReadOnlyList<ManifestEntry> wrong = client.Simulator.WronglyPurged("UNDRGRD", s_cutoff);
        Assert.Contains(wrong, e => e.Reasons.Contains("OpenRequests"));
        Assert.DoesNotContain(wrong, e => e.Reasons.Contains("OpenLoans"));
    }

    [Fact]
    public void A_reason_that_came_up_late_counts()
    {
        AlmaSimulator simulator = AlmaSimulator.Create(new SimulatorOptions { UserCount = 0, Now = TestClient.Noon });
        foreach (string id in (string[])["late", "fine", "fee"])
        {
            simulator.AddUser(new SimulatedUserSpec { PrimaryId = id, ExpiryDate = new DateOnly(2020, 1, 1) });
        }

        simulator.AddFee("fee", "Overdue fine", "Exported", 5m, 5m);
        simulator.UpdateUser("late", s => s with { OpenRequests = 1 });
        Assert.Equal(["late", "fine"], simulator.PurgeableFor("UNDRGRD", s_cutoff));
        foreach (SimulatedUser user in simulator.Users)
        {
            simulator.UpdateUser(user.PrimaryId, s => s with { UserGroup = "PURGEUG", PurgeDate = s_cutoff });
        }

        Assert.Equal(3, simulator.PurgeUserRecords(1, "PUBLIC", "PURGEUG", 1).Count);
        IReadOnlyList<ManifestEntry> wrong = simulator.WronglyPurged("UNDRGRD", s_cutoff);
        Assert.Equal(["late", "fee"], wrong.Select(e => e.PrimaryId));
        Assert.Equal(["OpenRequests"], wrong[0].Reasons);
        Assert.Equal(["OwesFees"], wrong[1].Reasons);
    }

    [Fact]
    public async Task An_instant_becomes_a_day_in_the_institutions_zone()
    {
        using TestClient client = TestClient.New(new SimulatorOptions
        {
            UserCount = 0,
            Now = TestClient.Noon,
            TimeZone = TimeZoneInfo.CreateCustomTimeZone("west", TimeSpan.FromHours(-5), "west", "west"),
        });
        client.Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1" });
        string set = await client.NewSetAsync("zone", "u1");
        DateTimeOffset midnight = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
        await client.FinishAsync(await client.RunAsync("M148", Marking(set, midnight)));
        Assert.Equal(new DateOnly(2026, 9, 30), client.Simulator.FindUser("u1")!.PurgeDate);
    }

    private static IEnumerable<string> Gone(AlmaSimulator simulator)
    {
        return simulator.Purged.Select(p => p.PrimaryId).Order(StringComparer.Ordinal);
    }
}
