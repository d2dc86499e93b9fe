using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests;

public sealed class EmbeddedPurgeTests() : PurgeTests(new EmbeddedDoor());

public abstract class PurgeTests(ITestDoor door) : EndpointTests(door)
{
    private static readonly DateOnly s_due = new(2026, 10, 1);

    private SimulatedUser Add(string id, DateOnly? purgeDate, Func<SimulatedUserSpec, SimulatedUserSpec>? with = null)
    {
        SimulatedUserSpec spec = new() { PrimaryId = id, UserGroup = "PURGEUG", PurgeDate = purgeDate };
        return Simulator.AddUser(with is null ? spec : with(spec));
    }

    private static async Task<JObject> PurgeAsync(TestClient client, string set, string days = "1", string waive = "1")
    {
        JObject list = await client.GetAsync("conf/jobs?type=MANUAL&limit=100");
        JToken job = list["job"]!.Single(j => j["name"]!.ToString() == "Purge Users");
        JObject full = await client.GetAsync("conf/jobs/" + job["id"]);
        string Named(string part)
        {
            return full["parameter"]!.Select(p => p["name"]!["value"]!.ToString())
                .Single(n => n.Contains(part, StringComparison.Ordinal));
        }

        string run = await client.RunAsync(
            job["id"]!.ToString(),
            ("set_id", set),
            ("job_name", "purge"),
            (Named("Days"), days),
            (Named("Waive"), waive));
        return await client.FinishAsync(run);
    }

    [Fact]
    public async Task The_set_job_takes_those_who_are_due_and_says_how_many()
    {
        Add("good", s_due);
        Add("requests", s_due, s => s with { OpenRequests = 2 });
        Add("cents", s_due, s => s with { Fees = [new("OVERDUEFINE", "ACTIVE", 1m, 1m)] });
        Add("exported", s_due, s => s with { Fees = [new("OVERDUEFINE", "EXPORTED", 40m, 40m)] });
        Add("nodate", null);
        Add("future", new DateOnly(2027, 1, 1));
        Add("loans", s_due, s => s with { OpenLoans = 1 });
        Add("owes", s_due, s => s with { Fees = [new("OVERDUEFINE", "INDISPUTE", 1.01m, 2m)] });
        Add("locked", s_due, s => s with { HiddenBlocker = "is locked by a running job" });
        Add("outside", s_due);
        string set = await Client.NewSetAsync(
            "s", "good", "requests", "cents", "exported", "nodate", "future", "loans", "owes", "locked");

        JObject done = await PurgeAsync(Client, set);
        Assert.Equal("COMPLETED_WARNING", done["status"]!["value"]!.ToString());
        Assert.Equal(["9", "4", "5"], done["counter"]!.Select(c => c["value"]!.ToString()));
        Assert.Equal(["good", "requests", "cents", "exported"], Simulator.Purged.Select(p => p.PrimaryId));
        Assert.All(Simulator.Purged, p => Assert.Equal(PurgeWay.SetJob, p.Way));
        Assert.Equal("401861", (await Client.ErrorAsync(HttpMethod.Get, "users/good")).Code);
        Assert.True(Simulator.FindUser("good")!.IsDeleted);
        Assert.False(Simulator.FindUser("loans")!.IsDeleted);
    }

    [Theory]
    [InlineData("10", "2026-12-09", true)]
    [InlineData("10", "2026-12-10", false)]
    [InlineData("0", "2026-12-20", true)]
    [InlineData("0", "2026-12-21", false)]
    public async Task Days_after_purge_date_count_as_on_December_20(string days, string purgeDate, bool purged)
    {
        Simulator.Clock.Set(new DateTimeOffset(2026, 12, 20, 9, 0, 0, TimeSpan.Zero));
        Add("u1", DateOnly.Parse(purgeDate, System.Globalization.CultureInfo.InvariantCulture));
        await PurgeAsync(Client, await Client.NewSetAsync("s", "u1"), days);
        Assert.Equal(purged, Simulator.FindUser("u1")!.IsDeleted);
    }

    [Theory]
    [InlineData("KeepFullyReportable", "u1", "Lost")]
    [InlineData("KeepStatistics", null, "u1")]
    [InlineData("FullyRemove", null, null)]
    public async Task The_Delete_User_Policy_decides_what_is_left(string policy, string? reportedId, string? lastName)
    {
        TestClient client = Use(new SimulatorOptions
        {
            UserCount = 0, DeleteUserPolicy = policy, Now = TestClient.Noon,
        });
        client.Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1", LastName = "Lost", UserGroup = "PURGEUG", PurgeDate = s_due,
        });
        await PurgeAsync(client, await client.NewSetAsync("s", "u1"));
        using StringWriter csv = new();
        client.Simulator.ExportUsers(csv);
        string[] rows = csv.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("u1", Assert.Single(client.Simulator.Purged).PrimaryId);
        Assert.Equal(policy, client.Simulator.Purged[0].Policy);
        Assert.Equal(lastName is null ? 1 : 2, rows.Length);
        if (lastName is not null)
        {
            string[] fields = rows[1].Split(',');
            Assert.Equal((lastName, "PURGEUG", "Deleted"), (fields[2], fields[4], fields[7]));
            Assert.Equal(reportedId is not null, fields[0] == "u1");
        }
    }

    [Fact]
    public async Task DELETE_looks_at_nothing_but_loans_fees_and_hidden_blockers()
    {
        Add("fresh", null, s => s with { ExpiryDate = new DateOnly(2030, 1, 1), OpenRequests = 1 });
        Add("owes", s_due, s => s with { Fees = [new("OVERDUEFINE", "ACTIVE", 0.01m, 1m)] });
        using HttpResponseMessage gone = await Client.SendAsync(HttpMethod.Delete, "users/fresh");
        Assert.Equal(204, (int)gone.StatusCode);
        Assert.Empty(await gone.Content.ReadAsStringAsync());
        Assert.Equal("401890", (await Client.ErrorAsync(HttpMethod.Delete, "users/fresh")).Code);
        (string code, string message) = await Client.ErrorAsync(HttpMethod.Delete, "users/owes");
        Assert.Equal("401850", code);
        const string Start = "Failed to delete user with identifier owes of type all_unique";
        Assert.StartsWith(Start, message, StringComparison.Ordinal);
        Assert.Equal(PurgeWay.UserDelete, Assert.Single(Simulator.Purged).Way);
    }

    [Fact]
    public async Task A_repeated_DELETE_takes_whoever_has_the_id_as_a_barcode()
    {
        Add("77", s_due);
        Add("innocent", null, s => s with { Identifiers = [new("BARCODE", "77")] });
        (await Client.SendAsync(HttpMethod.Delete, "users/77")).Dispose();
        (await Client.SendAsync(HttpMethod.Delete, "users/77")).Dispose();
        Assert.Equal(["77", "innocent"], Simulator.Purged.Select(p => p.PrimaryId));
    }

    [Fact]
    public void The_classic_page_takes_every_group_unless_one_is_named()
    {
        Add("u1", s_due);
        Add("staff", s_due, s => s with { RecordType = "STAFF" });
        Add("other", s_due, s => s with { UserGroup = "GRAD" });
        Assert.Equal(["u1"], Simulator.PurgeUserRecords(1, "Public", "PURGEUG", 0));
        Assert.Contains("other", Simulator.PurgeUserRecords(1, "Public", null, 0));
        Assert.False(Simulator.FindUser("staff")!.IsDeleted);
        Assert.All(Simulator.Purged, p => Assert.Equal(PurgeWay.ClassicPage, p.Way));
    }

    [Fact]
    public void The_student_load_brings_people_back()
    {
        SimulatedUser user = Simulator.Users.First(u => u.UserGroup == "UNDRGRD" && u.AccountType == "EXTERNAL");
        Simulator.UpdateUser(user.PrimaryId, s => s with { UserGroup = "PURGEUG", PurgeDate = s_due });
        Assert.Equal([user.PrimaryId], Simulator.StudentLoad([user.PrimaryId]));
        Assert.Equal("UNDRGRD", user.UserGroup);
        Assert.Equal(new DateOnly(2028, 11, 22), user.PurgeDate);
        Assert.NotEmpty(Simulator.StudentLoad());
    }
}
