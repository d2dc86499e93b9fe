using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Configuration;

public sealed class EmbeddedConfigurationTests() : ConfigurationTests(new EmbeddedDoor());

/// <summary>Tables, libraries and integration profiles.</summary>
public abstract class ConfigurationTests(ITestDoor door) : EndpointTests(door)
{
    private async Task<string> PutErrorAsync(string path, object body)
    {
        return (await Client.ErrorAsync(HttpMethod.Put, path, body)).Code;
    }

    [Theory]
    [InlineData("UserGroups", "PURGEUG")]
    [InlineData("SetContentType", "USER")]
    [InlineData("UserIdentifierTypes", "BARCODE")]
    [InlineData("HPaTaskChain.type", "USERS")]
    [InlineData("systemJobsGroups", "REPOSITORY")]
    [InlineData("systemJobStatus", "COMPLETED_NO_BULKS")]
    [InlineData("AddNewUserOptions", "CONTACT")]
    [InlineData("IntegrationTypes", "USERS")]
    public async Task Code_tables_have_rows_in_both_forms(string name, string code)
    {
        JObject table = await Client.GetAsync("conf/code-tables/" + name + "?lang=en&scope=01SIM_INST");
        Assert.Single(table["row"]!, r => r["code"]!.ToString() == code);
        XElement xml = await Client.GetXmlAsync("conf/code-tables/" + name);
        Assert.Single(xml.Element("rows")!.Elements("row"), r => r.Element("code")!.Value == code);
        JObject list = await Client.GetAsync("conf/code-tables");
        Assert.Single(list["code_table"]!, t => t["name"]!.ToString() == name);
    }

    [Fact]
    public async Task Wrong_tables_and_scopes_are_refused()
    {
        Assert.Equal("402119", await Client.GetErrorAsync("conf/code-tables/Nothing"));
        Assert.Equal("40166411", await Client.GetErrorAsync("conf/code-tables/UserGroups?scope=MOON"));
        Assert.Equal("402119", await Client.GetErrorAsync("conf/mapping-tables/Nothing"));
        Assert.Equal("40166411", await Client.GetErrorAsync("conf/mapping-tables/UserRecordTypeUserGroup?scope=MOON"));
        object rows = new { row = Array.Empty<object>() };
        Assert.Equal("90101", await PutErrorAsync("conf/code-tables/Nothing", rows));
        Assert.Equal("90123", await PutErrorAsync("conf/code-tables/UserGroups", rows));
        Assert.Equal("90123", await PutErrorAsync("conf/code-tables/systemJobStatus", rows));
        Assert.Equal("90101", await PutErrorAsync("conf/mapping-tables/Nothing", rows));
        Assert.Equal("90125", await PutErrorAsync("conf/mapping-tables/UserRecordTypeUserGroup", rows));
    }

    [Fact]
    public async Task User_groups_are_swapped_where_that_is_allowed()
    {
        Use(new SimulatorOptions { UserCount = 0, UserGroupsCustomizable = true, RequestsPerSecond = 0 });
        JObject table = await Client.GetAsync("conf/code-tables/UserGroups");
        JArray rows = (JArray)table["row"]!;
        rows.Add(new JObject { ["code"] = "PURGENEW", ["description"] = "New", ["default"] = false });
        await Client.ExpectAsync(HttpMethod.Put, "conf/code-tables/UserGroups", table.ToString());
        Assert.Contains(Simulator.UserGroups, g => g.Code == "PURGENEW" && g.RecordTypes.Count == 0);
        Assert.Contains("PUBLIC", Simulator.UserGroups.First(g => g.Code == "PURGEUG").RecordTypes);
        rows[0]!["default"] = true;
        rows[1]!["default"] = true;
        Assert.Equal("90122", await PutErrorAsync("conf/code-tables/UserGroups", table.ToString()));
    }

    [Fact]
    public async Task The_mapping_table_says_which_groups_a_record_type_may_have()
    {
        JObject table = await Client.GetAsync("conf/mapping-tables/UserRecordTypeUserGroup");
        Assert.Equal(
            ["PUBLIC"],
            table["row"]!.Where(r => r["column1"]!.ToString() == "PURGEUG").Select(r => r["column0"]!.ToString()));
        JObject list = await Client.GetAsync("conf/mapping-tables");
        Assert.Equal("UserRecordTypeUserGroup", Assert.Single(list["mapping_table"]!)["name"]!.ToString());
    }

    [Fact]
    public async Task A_table_of_one_row_is_an_object_only_if_told_so()
    {
        Assert.IsType<JArray>((await Client.GetAsync("conf/code-tables/IntegrationTypes"))["row"]);
        Use(new SimulatorOptions { UserCount = 0, SingleElementsAsObjects = true, RequestsPerSecond = 0 });
        Assert.IsType<JObject>((await Client.GetAsync("conf/code-tables/IntegrationTypes"))["row"]);
        Assert.IsType<JArray>((await Client.GetAsync("conf/code-tables/UserGroups"))["row"]);
    }

    [Fact]
    public async Task Libraries_are_listed()
    {
        JObject list = await Client.GetAsync("conf/libraries");
        Assert.Equal("MAIN", Assert.Single(list["library"]!)["code"]!.ToString());
        Assert.Equal("Main", (await Client.GetAsync("conf/libraries/MAIN"))["name"]!.ToString());
        Assert.Equal("402119", await Client.GetErrorAsync("conf/libraries/MOON"));
    }

    [Fact]
    public async Task The_student_systems_profile_tells_its_settings()
    {
        JObject list = await Client.GetAsync("conf/integration-profiles?type=USERS&q=name~student");
        JToken profile = Assert.Single(list["integration_profile"]!);
        JObject full = await Client.GetAsync("conf/integration-profiles/" + profile["id"]);
        Dictionary<string, string> settings = full["parameter"]!.ToDictionary(
            p => p["name"]!["value"]!.ToString(), p => p["value"]!.ToString());
        Assert.Equal("true", settings["SYNCHRONIZE_ACTIVE"]);
        Assert.Equal("false", settings["IMPORT_ACTIVE"]);
        Assert.Equal("DO_NOTHING", settings["SYNCHRONIZE_UNMATCHED_RECORDS_ACTION"]);
        Assert.Null((await Client.GetAsync("conf/integration-profiles?q=name~finance"))["integration_profile"]);
        Assert.Equal("40166404", await Client.GetErrorAsync("conf/integration-profiles?type=MOON"));
        Assert.Equal("40166410", await Client.GetErrorAsync("conf/integration-profiles?q=color~blue"));
        Assert.Equal("60304", await Client.GetErrorAsync("conf/integration-profiles/1"));
    }

    [Fact]
    public async Task General_settings_come_in_both_forms()
    {
        Assert.Equal("SANDBOX", (await Client.GetAsync("conf/general"))["environment_type"]!.ToString());
        XElement general = await Client.GetXmlAsync("conf/general");
        Assert.Equal("01SIM_INST", general.Element("institution")!.Value);
        TestClient reader = Client.As(Simulator.AddKey("configuration:read"));
        using HttpResponseMessage refused = await reader.SendAsync(
            HttpMethod.Put, "conf/code-tables/UserGroups", new { row = Array.Empty<object>() });
        Assert.Equal(403, (int)refused.StatusCode);
    }
}
