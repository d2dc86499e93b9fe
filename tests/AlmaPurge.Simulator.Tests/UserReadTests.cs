using System.Globalization;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests;

public sealed class EmbeddedUserReadTests() : UserReadTests(new EmbeddedDoor());

public abstract class UserReadTests(ITestDoor door) : EndpointTests(door)
{
    [Fact]
    public async Task Every_patron_is_found_by_primary_id_however_odd_it_is()
    {
        string[] ids = [.. Client.Present().Select(u => u.PrimaryId)];
        Assert.Contains(ids, id => id.Contains('/', StringComparison.Ordinal));
        Assert.Contains(ids, id => id.Contains("%2F", StringComparison.Ordinal));
        Assert.Contains(ids, id => id.StartsWith("00", StringComparison.Ordinal));
        foreach (string id in ids)
        {
            JObject user = await Client.GetAsync(TestClient.UserPath(id));
            Assert.Equal(id, user["primary_id"]!.ToString());
        }
    }

    [Fact]
    public async Task Primary_ids_match_in_any_case()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "a.Öztürk@uni/42" });
        JObject user = await Client.GetAsync(TestClient.UserPath("A.ÖZTÜRK@UNI/42"));
        Assert.Equal("a.Öztürk@uni/42", user["primary_id"]!.ToString());
    }

    [Fact]
    public async Task Someone_elses_barcode_matches_once_the_primary_id_is_gone()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "first" });
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "second", Identifiers = [new("BARCODE", "FIRST", "INACTIVE")],
        });
        Assert.Equal("first", (await Client.GetAsync("users/first"))["primary_id"]!.ToString());
        using HttpResponseMessage deleted = await Client.SendAsync(HttpMethod.Delete, "users/first");
        Assert.Equal(204, (int)deleted.StatusCode);
        Assert.Equal("second", (await Client.GetAsync("users/first"))["primary_id"]!.ToString());
    }

    [Fact]
    public async Task Not_found_is_a_400_with_its_own_code_for_a_type()
    {
        (string code, string message) = await Client.ErrorAsync(HttpMethod.Get, "users/nobody");
        Assert.Equal("401861", code);
        Assert.Equal("User with identifier nobody was not found.", message);
        Assert.Equal("401890", (await Client.ErrorAsync(HttpMethod.Get, "users/nobody?user_id_type=BARCODE")).Code);
    }

    [Fact]
    public async Task Expanded_counts_are_there_and_others_null()
    {
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1",
            OpenLoans = 2,
            OpenRequests = 1,
            Fees =
            [
                new("OVERDUEFINE", "ACTIVE", 12.5m, 50m), new("CREDIT", "ACTIVE", -2m, -2m),
                new("OVERDUEFINE", "INDISPUTE", 7m, 7m),
            ],
        });
        JObject plain = await Client.GetAsync("users/u1");
        Assert.Equal(JTokenType.Null, plain["loans"]!.Type);
        JObject full = await Client.GetAsync("users/u1?expand=loans,requests,fees");
        Assert.Equal("2", full["loans"]!["value"]!.ToString());
        Assert.Equal("1", full["requests"]!["value"]!.ToString());
        Assert.Equal(10.5m, Convert.ToDecimal(((JValue)full["fees"]!["value"]!).Value, CultureInfo.InvariantCulture));
        Assert.EndsWith("/users/u1/loans", full["loans"]!["link"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("401666", (await Client.ErrorAsync(HttpMethod.Get, "users/u1?expand=everything")).Code);
    }

    [Fact]
    public async Task Expanded_values_come_as_numbers_and_as_strings()
    {
        HashSet<JTokenType> types = [];
        foreach (SimulatedUser user in Client.Present().Take(20))
        {
            JObject body = await Client.GetAsync(TestClient.UserPath(user.PrimaryId) + "?expand=loans");
            types.Add(body["loans"]!["value"]!.Type);
        }

        Assert.Equal([JTokenType.Integer, JTokenType.String], types.Order());
    }

    [Fact]
    public async Task Optional_fields_are_absent_as_often_as_in_life()
    {
        List<JObject> users = [];
        for (int offset = 0; offset < Simulator.Users.Count; offset += 100)
        {
            JObject page = await Client.GetAsync($"users?limit=100&expand=full&offset={offset}");
            users.AddRange(page["user"]!.Cast<JObject>());
        }

        Assert.Equal(Client.Present().Count, users.Count);
        Assert.InRange(users.Count(u => u["last_patron_activity_date"] is null), 50, 80);
        Assert.True(users.Count(u => u["is_researcher"] is null) > 150);
        Assert.True(users.Count(u => u["linking_id"] is null) > 150);
        Assert.Contains(users, u => u["source_link_id"] is null);
        Assert.Contains(users, u => u["source_link_id"] is { Type: JTokenType.Null });
        Assert.Contains(users, u => u["source_link_id"] is { Type: JTokenType.String });
        Assert.All(users, u => Assert.NotEmpty(u["contact_info"]!["email"]!));
    }

    [Fact]
    public async Task A_search_for_a_group_also_finds_words_of_descriptions()
    {
        JObject page = await Client.GetAsync("users?q=user_group~PURGEUG&limit=100&expand=full");
        JToken[] found = [.. page["user"]!];
        Assert.NotEmpty(found);
        Assert.DoesNotContain(found, u => u["user_group"]!["value"]!.ToString() == "PURGEUG");
        Assert.Equal(found.Length, page["total_record_count"]!.Value<int>());

        JObject none = await Client.GetAsync("users?q=user_group~PURGENOBODY");
        Assert.Null(none["user"]);
        Assert.Equal(0, none["total_record_count"]!.Value<int>());
        Assert.Equal(-1, (await Client.GetAsync("users?q=shoe_size~44"))["total_record_count"]!.Value<int>());
    }

    [Fact]
    public async Task Pages_of_a_search_cover_the_group_once()
    {
        List<string> ids = [];
        for (int offset = 0; offset < 100; offset += 30)
        {
            JObject page = await Client.GetAsync(
                $"users?q=user_group~UNDRGRD&limit=30&offset={offset}&order_by=primary_id");
            ids.AddRange((page["user"] ?? new JArray()).Select(u => u["primary_id"]!.ToString()));
        }

        string[] group = [.. Client.Present().Where(u => u.UserGroup == "UNDRGRD").Select(u => u.PrimaryId)];
        Assert.Equal(group.Order(StringComparer.Ordinal), ids);
        Assert.Equal("40166411", (await Client.ErrorAsync(HttpMethod.Get, "users?limit=101")).Code);
    }

    [Fact]
    public async Task Fees_are_listed_by_status()
    {
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1",
            Fees =
            [
                new("OVERDUEFINE", "ACTIVE", 10m, 10m), new("CREDIT", "ACTIVE", -10m, -10m),
                new("OVERDUEFINE", "EXPORTED", 0m, 40m),
            ],
        });
        JObject active = await Client.GetAsync("users/u1/fees");
        Assert.Equal(2, active["total_record_count"]!.Value<int>());
        Assert.Equal(0m, active["total_sum"]!.Value<decimal>());
        JObject exported = await Client.GetAsync("users/u1/fees?status=EXPORTED");
        Assert.Equal("EXPORTED", exported["fee"]![0]!["status"]!["value"]!.ToString());
        JObject disputed = await Client.GetAsync("users/u1/fees?status=INDISPUTE");
        Assert.Null(disputed["fee"]);
        Assert.Equal(0, disputed["total_record_count"]!.Value<int>());
        Assert.Equal("401666", (await Client.ErrorAsync(HttpMethod.Get, "users/u1/fees?status=PAID")).Code);
    }

    [Fact]
    public async Task Loans_and_requests_are_counted_and_paged()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1", OpenLoans = 12, OpenRequests = 1 });
        JObject page = await Client.GetAsync("users/u1/loans?offset=10");
        Assert.Equal(2, page["item_loan"]!.Count());
        Assert.Equal(12, page["total_record_count"]!.Value<int>());
        Assert.Single((await Client.GetAsync("users/u1/requests"))["user_request"]!);
        Assert.Null((await Client.GetAsync("users/u1/loans?loan_status=Complete"))["item_loan"]);
    }
}
