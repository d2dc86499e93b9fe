using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Faults;

/// <summary>
/// What tests of faults share. They speak to the simulator through the client alone and look at its records besides, so
/// that a class that derives from one of them can run the same tests through another door.
/// </summary>
public abstract class FaultTestBase
{
    /// <summary>The way to the simulator.</summary>
    protected virtual ITestDoor Door { get; } = new EmbeddedDoor();

    protected TestClient New(params string[] faults)
    {
        TestClient client = Door.Open(TestClient.Quiet(faults));
        client.Simulator.Clock.Freeze();
        return client;
    }

    /// <summary>A client, and a set of marked patrons u0, u1 and on.</summary>
    protected async Task<(TestClient Client, string Set)> WithSetAsync(string fault, int members)
    {
        TestClient client = New(fault);
        AddPatrons(client, members, "PURGEUG");
        return (client, await client.NewSetAsync("s", Ids(members)));
    }

    protected static string[] Ids(int count)
    {
        return [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"u{i}"))];
    }

    protected static void AddPatrons(TestClient client, int count, string group)
    {
        foreach (string id in Ids(count))
        {
            client.Simulator.AddUser(new SimulatedUserSpec
            {
                PrimaryId = id,
                UserGroup = group,
                PurgeDate = new DateOnly(2026, 1, 1),
                CreatedDate = TestClient.Noon.AddYears(-5),
            });
        }
    }

    /// <summary>Runs a job that would set the status Inactive, or the purge job, to its end.</summary>
    protected static async Task<JObject> RunAsync(TestClient client, string job, string set)
    {
        return await client.FinishAsync(await client.RunAsync(
            job,
            ("set_id", set),
            ("job_name", "j"),
            ("UPDATE_User_Information_Status_Active", "true"),
            ("UPDATE_User_Information_Status_Value", "INACTIVE")));
    }

    protected static async Task<string> PurgeJobAsync(TestClient client)
    {
        JObject jobs = await client.GetAsync("conf/jobs?limit=100");
        return jobs["job"]!.Single(j => j["name"]!.ToString() == "Purge Users")["id"]!.ToString();
    }

    protected static async Task<string> StatusOfAsync(TestClient client, string path)
    {
        using HttpResponseMessage response = await client.SendAsync(HttpMethod.Get, path);
        return ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    protected static async Task<string> PrimaryIdAsync(TestClient client, string id)
    {
        return (await client.GetAsync(TestClient.UserPath(id)))["primary_id"]!.ToString();
    }
}
