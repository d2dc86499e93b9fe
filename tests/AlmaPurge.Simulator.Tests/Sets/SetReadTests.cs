using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Sets;

public sealed class EmbeddedSetReadTests() : SetReadTests(new EmbeddedDoor());

/// <summary>GET, PUT and DELETE of sets.</summary>
public abstract class SetReadTests(ITestDoor door) : EndpointTests(door)
{
    private async Task<string[]> NamesAsync(string query)
    {
        JObject page = await Client.GetAsync("conf/sets?limit=100" + query);
        return [.. (page["set"] ?? new JArray()).Select(s => s["name"]!.ToString())];
    }

    private async Task<string> NewAsync(string name, string type = "ITEMIZED", string content = "USER")
    {
        object body = new { name, type = new { value = type }, content, query = "last_name~a" };
        return (await Client.ExpectAsync(HttpMethod.Post, "conf/sets", body))["id"]!.ToString();
    }

    [Fact]
    public async Task Sets_are_found_by_name_creator_type_and_content()
    {
        await NewAsync("purge of May");
        await NewAsync("purge_of_June", type: "LOGICAL");
        await NewAsync("shelves", content: "ITEM");
        Assert.Equal(["purge of May", "purge_of_June"], await NamesAsync("&q=name~purge_of"));
        Assert.Equal(3, (await NamesAsync("&q=created_by~exl_api")).Length);
        Assert.Empty(await NamesAsync("&q=created_by~staff"));
        Assert.Equal(["purge_of_June"], await NamesAsync("&set_type=LOGICAL"));
        Assert.Equal(["shelves"], await NamesAsync("&content_type=ITEM"));
        Assert.Empty(await NamesAsync("&set_origin=UI_CZ"));
        Assert.Single((await Client.GetAsync("conf/sets?limit=1&offset=2"))["set"]!);
        Assert.Equal("60106", await Client.GetErrorAsync("conf/sets?q=color~blue"));
        foreach (string wrong in (string[])["set_type=ROUND", "content_type=SHOES", "set_origin=MOON"])
        {
            Assert.Equal("40166410", await Client.GetErrorAsync("conf/sets?" + wrong));
        }
    }

    [Fact]
    public async Task A_set_is_changed_but_for_its_type_and_content()
    {
        string id = await NewAsync("one");
        await NewAsync("two");
        JObject set = await Client.GetAsync("conf/sets/" + id);
        set["name"] = "uno";
        set["description"] = "first";
        set["private"] = new JObject { ["value"] = "false" };
        JObject after = await Client.ExpectAsync(HttpMethod.Put, "conf/sets/" + id, set.ToString());
        Assert.Equal("uno first false", $"{after["name"]} {after["description"]} {after["private"]!["value"]}");

        Assert.Equal("402263", await PutErrorAsync(id, set, "name", "two"));
        Assert.Equal("402228", await PutErrorAsync(id, set, "name", ""));
        Assert.Equal("40166408", await PutErrorAsync(id, set, "type", "LOGICAL"));
        Assert.Equal("402261", (await Client.ErrorAsync(HttpMethod.Put, "conf/sets/" + id, "{")).Code);
        Assert.Equal("60107", (await Client.ErrorAsync(HttpMethod.Put, "conf/sets/1", set.ToString())).Code);
    }

    [Fact]
    public async Task A_logical_sets_query_is_changed()
    {
        string id = await NewAsync("l", type: "LOGICAL");
        JObject set = await Client.GetAsync("conf/sets/" + id);
        set["query"] = new JObject { ["value"] = "last_name~b" };
        await Client.ExpectAsync(HttpMethod.Put, "conf/sets/" + id, set.ToString());
        Assert.Equal("last_name~b", Simulator.Sets[0].Query);
        Assert.Equal("402270", await PutErrorAsync(id, set, "query", "nonsense"));
        Assert.Equal("402269", await PutErrorAsync(id, set, "query", "ITEM where barcode~1"));
    }

    [Fact]
    public async Task A_set_is_deleted_unless_a_job_runs_on_it()
    {
        string id = await Client.NewSetAsync("s", Client.Present()[0].PrimaryId);
        string run = await Client.RunAsync("M148", ("set_id", id), ("job_name", "j"));
        Assert.Equal("402282", (await Client.ErrorAsync(HttpMethod.Delete, "conf/sets/" + id)).Code);
        await Client.FinishAsync(run);
        await Client.DeleteAsync("conf/sets/" + id);
        Assert.Equal("402264", (await Client.ErrorAsync(HttpMethod.Delete, "conf/sets/" + id)).Code);
        Assert.Equal("60107", await Client.GetErrorAsync($"conf/sets/{id}/members"));
    }

    [Fact]
    public async Task A_set_and_its_members_come_as_xml_too()
    {
        string id = await Client.NewSetAsync("s", [.. Client.Present().Take(3).Select(u => u.PrimaryId)]);
        XElement set = await Client.GetXmlAsync("conf/sets/" + id);
        Assert.Equal("ITEMIZED", set.Element("type")!.Value);
        Assert.Equal("3", set.Element("number_of_members")!.Value);
        XElement members = await Client.GetXmlAsync($"conf/sets/{id}/members");
        Assert.Equal("3", members.Attribute("total_record_count")!.Value);
        Assert.Equal(Client.Present()[0].PrimaryId, members.Elements("member").First().Element("id")!.Value);
    }

    private async Task<string> PutErrorAsync(string id, JObject set, string field, string value)
    {
        JObject changed = (JObject)set.DeepClone();
        changed[field] = value;
        return (await Client.ErrorAsync(HttpMethod.Put, "conf/sets/" + id, changed.ToString())).Code;
    }
}
