using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Sets;

public sealed class EmbeddedSetCreateTests() : SetCreateTests(new EmbeddedDoor());

/// <summary>POST /conf/sets.</summary>
public abstract class SetCreateTests(ITestDoor door) : EndpointTests(door)
{
    private static JObject Body(string name, string type = "ITEMIZED", string content = "USER", string? query = null)
    {
        JObject body = new()
        {
            ["name"] = name,
            ["type"] = new JObject { ["value"] = type },
            ["content"] = new JObject { ["value"] = content },
        };
        if (query is not null)
        {
            body["query"] = new JObject { ["value"] = query };
        }

        return body;
    }

    private async Task<JObject> NewAsync(JObject body, string parameters = "")
    {
        return await Client.ExpectAsync(HttpMethod.Post, "conf/sets" + parameters, body.ToString());
    }

    private async Task<string> ErrorAsync(JObject body, string parameters = "")
    {
        return (await Client.ErrorAsync(HttpMethod.Post, "conf/sets" + parameters, body.ToString())).Code;
    }

    private async Task<string[]> MembersAsync(string set)
    {
        JObject page = await Client.GetAsync($"conf/sets/{set}/members?limit=100");
        return [.. (page["member"] ?? new JArray()).Select(m => m["id"]!.ToString())];
    }

    private void Fill()
    {
        UseEmpty();
        foreach (string id in (string[])["a", "b", "c"])
        {
            Simulator.AddUser(new SimulatedUserSpec { PrimaryId = id });
        }
    }

    [Fact]
    public async Task A_new_set_is_empty_private_and_belongs_to_the_api()
    {
        JObject set = await NewAsync(Body("one"));
        Assert.Equal("true", set["private"]!["value"]!.ToString());
        Assert.Equal("exl_api", set["created_by"]!["value"]!.ToString());
        Assert.Equal("ACTIVE", set["status"]!["value"]!.ToString());
        Assert.Equal(0, set["number_of_members"]!["value"]!.Value<int>());
        string xml = "<set><name>two</name><type>ITEMIZED</type><content>USER</content><private>false</private></set>";
        JObject second = await Client.ExpectAsync(HttpMethod.Post, "conf/sets", xml);
        Assert.Equal("false", second["private"]!["value"]!.ToString());
    }

    [Fact]
    public async Task Wrong_bodies_have_codes()
    {
        await NewAsync(Body("taken"));
        Assert.Equal("401664", await ErrorAsync(new JObject { ["name"] = "x" }));
        Assert.Equal("402262", await ErrorAsync(Body("x", type: "ROUND")));
        Assert.Equal("402263", await ErrorAsync(Body("TAKEN")));
        Assert.Equal("402265", await ErrorAsync(Body("x", content: "SHOES")));
        JObject body = Body("x");
        body["private"] = "maybe";
        Assert.Equal("60209", await ErrorAsync(body));
        body = Body("x");
        body["status"] = "ASLEEP";
        Assert.Equal("60210", await ErrorAsync(body));
        Assert.Equal("401676", (await Client.ErrorAsync(HttpMethod.Post, "conf/sets", "<set>")).Code);
        Assert.Single(Simulator.Sets);
    }

    [Theory]
    [InlineData("?population=TOTAL", "500127")]
    [InlineData("?job_instance_id=1", "500127")]
    [InlineData("?population=no%20such&job_instance_id=1", "402266")]
    [InlineData("?population=TOTAL&job_instance_id=1", "402218")]
    [InlineData("?nz_set_from_iz_set=1", "60335")]
    [InlineData("?filter_set=1&indication_rule=r", "402265")]
    [InlineData("?from_logical_set=1", "402264")]
    [InlineData("?set1=1&set2=2", "402264")]
    public async Task What_only_titles_have_or_what_is_not_there_is_refused(string parameters, string code)
    {
        Assert.Equal(code, await ErrorAsync(Body("x"), parameters));
        Assert.Empty(Simulator.Sets);
    }

    [Fact]
    public async Task A_set_of_an_instance_is_for_imports_only()
    {
        Fill();
        string set = await Client.NewSetAsync("s", "a");
        string run = await Client.RunAsync("M148", ("set_id", set), ("job_name", "j"));
        Assert.Equal("402267", await ErrorAsync(Body("x"), "?population=TOTAL&job_instance_id=" + run));
    }

    [Theory]
    [InlineData("", "b")]
    [InlineData("&combine=AND", "b")]
    [InlineData("&combine=OR", "a b c")]
    [InlineData("&combine=NOT", "a")]
    public async Task Two_sets_make_a_third(string combine, string members)
    {
        Fill();
        string first = await Client.NewSetAsync("1", "a", "b");
        string second = await Client.NewSetAsync("2", "b", "c");
        JObject set = await NewAsync(Body("3"), $"?set1={first}&set2={second}{combine}");
        Assert.Equal(members.Split(' '), await MembersAsync(set["id"]!.ToString()));
    }

    [Fact]
    public async Task Wrong_combinations_have_codes()
    {
        Fill();
        string first = await Client.NewSetAsync("1", "a");
        string other = (await NewAsync(Body("items", content: "ITEM")))["id"]!.ToString();
        Assert.Equal("60204", await ErrorAsync(Body("x"), $"?combine=XOR&set1={first}&set2={first}"));
        Assert.Equal("60205", await ErrorAsync(Body("x"), $"?set1={first}&set2={other}"));
        JObject logical = Body("x", type: "LOGICAL", query: "last_name~a");
        Assert.Equal("60206", await ErrorAsync(logical, $"?set1={first}&set2={first}"));
        Assert.Equal("402264", await ErrorAsync(Body("x"), $"?set1={first}"));
    }

    [Fact]
    public async Task A_logical_set_is_evaluated_whenever_it_is_looked_at()
    {
        Fill();
        JObject set = await NewAsync(Body("l", type: "LOGICAL", query: "USER where user_group~GRAD"));
        string id = set["id"]!.ToString();
        Assert.Equal("USER where user_group~GRAD", set["query"]!["value"]!.ToString());
        Assert.Empty(await MembersAsync(id));
        Simulator.UpdateUser("b", s => s with { UserGroup = "GRAD" });
        Assert.Equal(["b"], await MembersAsync(id));
        Assert.Equal("60112", (await Client.ErrorAsync(
            HttpMethod.Post, $"conf/sets/{id}?op=add_members", TestClient.Members("a"))).Code);
        Assert.Equal("402269", await ErrorAsync(Body("x", type: "LOGICAL", query: "ITEM where barcode~1")));
        Assert.Equal("402270", await ErrorAsync(Body("x", type: "LOGICAL", query: "shoe_size~44")));
        Assert.Equal("402265", await ErrorAsync(Body("x", type: "LOGICAL", content: "ITEM", query: "a~b")));
    }

    [Fact]
    public async Task A_logical_set_is_frozen_by_a_job_that_the_answer_names()
    {
        Fill();
        string logical = (await NewAsync(Body("l", type: "LOGICAL", query: "user_group~UNDRGRD")))["id"]!.ToString();
        JObject set = await NewAsync(Body("frozen"), "?from_logical_set=" + logical);
        string id = set["id"]!.ToString();
        Assert.Empty(await MembersAsync(id));
        string instance = set["additional_info"]!["link"]!.ToString().Split("/almaws/v1/")[1];
        Assert.Equal("QUEUED", (await Client.GetAsync(instance))["status"]!["value"]!.ToString());
        Simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("COMPLETED_SUCCESS", (await Client.GetAsync(instance))["status"]!["value"]!.ToString());
        Simulator.UpdateUser("b", s => s with { UserGroup = "GRAD" });
        Assert.Equal(["a", "b", "c"], await MembersAsync(id));
        Assert.Equal(["a", "c"], await MembersAsync(logical));
        Assert.Equal("402265", await ErrorAsync(Body("x"), "?from_logical_set=" + id));
    }

    [Fact]
    public async Task A_job_takes_those_who_are_in_a_logical_set_when_it_ends()
    {
        Fill();
        string logical = (await NewAsync(Body("l", type: "LOGICAL", query: "user_group~UNDRGRD")))["id"]!.ToString();
        string run = await Client.RunAsync(
            "M148",
            ("set_id", logical),
            ("job_name", "j"),
            ("UPDATE_User_Information_Status_Active", "true"),
            ("UPDATE_User_Information_Status_Value", "INACTIVE"));
        Simulator.UpdateUser("b", s => s with { UserGroup = "GRAD" });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "late" });
        await Client.FinishAsync(run);
        Assert.Equal(
            ["a", "c", "late"],
            Simulator.Users.Where(u => u.Status == "INACTIVE").Select(u => u.PrimaryId));
    }
}
