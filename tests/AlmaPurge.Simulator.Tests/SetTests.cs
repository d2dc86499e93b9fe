using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests;

public sealed class EmbeddedSetTests() : SetTests(new EmbeddedDoor());

public abstract class SetTests(ITestDoor door) : EndpointTests(door)
{
    private string[] Some(int count, int skip = 0)
    {
        return [.. Client.Present().Skip(skip).Take(count).Select(u => u.PrimaryId)];
    }

    private Task<(string Code, string Message)> AddErrorAsync(string set, params string[] ids)
    {
        return Client.ErrorAsync(HttpMethod.Post, $"conf/sets/{set}?op=add_members", TestClient.Members(ids));
    }

    private async Task<List<string>> MembersAsync(string set)
    {
        List<string> all = [];
        for (int offset = 0; ; offset += 100)
        {
            JObject page = await Client.GetAsync($"conf/sets/{set}/members?limit=100&offset={offset}");
            if (page["member"] is not JArray rows)
            {
                return all;
            }

            all.AddRange(rows.Select(r => r["id"]!.ToString()));
        }
    }

    [Fact]
    public async Task A_set_is_made_filled_read_in_pages_and_deleted()
    {
        string id = await Client.NewSetAsync("one", Some(150));
        JObject set = await Client.GetAsync("conf/sets/" + id);
        Assert.Equal("one", set["name"]!.ToString());
        Assert.Equal("false", set["private"]!["value"]!.ToString());
        Assert.Equal(150, set["number_of_members"]!["value"]!.Value<int>());
        Assert.Equal(Some(150), await MembersAsync(id));
        using HttpResponseMessage gone = await Client.SendAsync(HttpMethod.Delete, "conf/sets/" + id);
        Assert.Equal(204, (int)gone.StatusCode);
        Assert.Equal("60107", (await Client.ErrorAsync(HttpMethod.Get, "conf/sets/" + id)).Code);
    }

    [Fact]
    public async Task An_empty_set_has_no_array_of_members()
    {
        string id = await Client.NewSetAsync("empty");
        JObject page = await Client.GetAsync($"conf/sets/{id}/members");
        Assert.Null(page["member"]);
        Assert.Equal("0", page["total_record_count"]!.ToString());
    }

    [Fact]
    public async Task A_name_is_taken_once_and_found_by_its_words()
    {
        await Client.NewSetAsync("AlmaPurge 2026 b1");
        var content = new { value = "USER" };
        object again = new { name = "almapurge 2026 B1", type = new { value = "ITEMIZED" }, content };
        Assert.Equal("402263", (await Client.ErrorAsync(HttpMethod.Post, "conf/sets", again)).Code);
        object logical = new { name = "x", type = new { value = "LOGICAL" }, content };
        Assert.Equal("402270", (await Client.ErrorAsync(HttpMethod.Post, "conf/sets", logical)).Code);
        await Client.NewSetAsync("AlmaPurge 2026 b10");
        JObject found = await Client.GetAsync("conf/sets?q=name~AlmaPurge_2026_b1");
        Assert.Equal(2, found["total_record_count"]!.Value<int>());
        found = await Client.GetAsync("conf/sets?q=name~other");
        Assert.Equal(0, found["total_record_count"]!.Value<int>());
    }

    [Fact]
    public async Task A_call_takes_a_thousand_members_and_no_more()
    {
        TestClient client = Use(new SimulatorOptions { UserCount = 1_100, RequestsPerSecond = 0 });
        string[] ids = [.. client.Present().Take(1_001).Select(u => u.PrimaryId)];
        string set = await client.NewSetAsync("big");
        string path = $"conf/sets/{set}?op=add_members";
        Assert.Equal("60118", (await client.ErrorAsync(HttpMethod.Post, path, TestClient.Members(ids))).Code);
        JObject filled = await client.ExpectAsync(HttpMethod.Post, path, TestClient.Members(ids[..1_000]));
        Assert.Equal(1_000, filled["number_of_members"]!["value"]!.Value<int>());
    }

    [Fact]
    public async Task An_unknown_id_refuses_the_whole_call_and_is_named()
    {
        string set = await Client.NewSetAsync("strict");
        (string code, string message) = await AddErrorAsync(set, [.. Some(2), "nobody"]);
        Assert.Equal("60120", code);
        Assert.Contains("nobody", message, StringComparison.Ordinal);
        (code, message) = await AddErrorAsync(set, [.. Some(2), "nobody", "noone"]);
        Assert.Equal("60116", code);
        Assert.Contains("'nobody', 'noone'", message, StringComparison.Ordinal);
        Assert.Empty(await MembersAsync(set));

        string lax = $"conf/sets/{set}?op=add_members&fail_on_invalid_id=false";
        await Client.ExpectAsync(HttpMethod.Post, lax, TestClient.Members([.. Some(2), "nobody"]));
        Assert.Equal(Some(2), await MembersAsync(set));
    }

    [Fact]
    public async Task Repeated_and_present_ids_are_refused()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "abc" });
        string set = await Client.NewSetAsync("twice", "abc");
        Assert.Equal("60119", (await AddErrorAsync(set, "xyz", "XYZ")).Code);
        Assert.Equal("60115", (await AddErrorAsync(set, "ABC")).Code);
        string path = $"conf/sets/{set}?op=delete_members";
        await Client.ExpectAsync(HttpMethod.Post, path, TestClient.Members("abc"));
        Assert.Equal("60117", (await Client.ErrorAsync(HttpMethod.Post, path, TestClient.Members("abc"))).Code);
    }

    [Fact]
    public async Task A_barcode_is_taken_but_the_member_shows_its_primary_id()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "abc", Identifiers = [new("BARCODE", "B-77")] });
        string set = await Client.NewSetAsync("barcode", "B-77");
        Assert.Equal(["abc"], await MembersAsync(set));
    }

    [Fact]
    public async Task Members_are_replaced_and_taken_as_xml()
    {
        string set = await Client.NewSetAsync("xml", Some(3));
        string[] others = ["x&y", "z"];
        foreach (string id in others)
        {
            Simulator.AddUser(new SimulatedUserSpec { PrimaryId = id });
        }

        const string Body =
            "<set><members><member><id>x&amp;y</id></member><member><id>z</id></member></members></set>";
        await Client.ExpectAsync(HttpMethod.Post, $"conf/sets/{set}?op=replace_members", Body);
        Assert.Equal(others, await MembersAsync(set));
    }
}
