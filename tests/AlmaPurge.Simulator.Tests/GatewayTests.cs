using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests;

public sealed class EmbeddedGatewayTests() : GatewayTests(new EmbeddedDoor());

/// <summary>Keys, limits, formats, and what the institution tells of itself.</summary>
public abstract class GatewayTests(ITestDoor door) : EndpointTests(door)
{
    private static async Task<(int Status, string? Code)> XmlErrorAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/xml", response.Content.Headers.ContentType!.MediaType);
        XElement body = XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("http://com/exlibris/urm/general/xmlbeans", body.Name.NamespaceName);
        return ((int)response.StatusCode, body.Descendants().First(e => e.Name.LocalName == "errorCode").Value);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_xml_and_never_logged()
    {
        TestClient bad = Client.As("wrong");
        using HttpResponseMessage response = await bad.SendAsync(HttpMethod.Get, "conf/general?apikey=alsowrong&%61pikey=wrongtoo&x=1");
        Assert.Equal((400, "UNAUTHORIZED"), await XmlErrorAsync(response));
        LoggedRequest logged = Assert.Single(Simulator.Requests);
        Assert.Equal(("GET", "/almaws/v1/conf/general?x=1"), (logged.Method, logged.Path));
        Assert.Equal((400, "UNAUTHORIZED"), (logged.StatusCode, logged.ErrorCode));
    }

    [Fact]
    public async Task A_key_may_do_only_what_its_areas_allow()
    {
        TestClient reader = Client.As(Simulator.AddKey("users:read"));
        string path = TestClient.UserPath(Simulator.Users[0].PrimaryId);
        await reader.GetAsync(path);
        using HttpResponseMessage write = await reader.SendAsync(HttpMethod.Delete, path);
        Assert.Equal(403, (await XmlErrorAsync(write)).Status);
        using HttpResponseMessage other = await reader.SendAsync(HttpMethod.Get, "conf/general");
        Assert.Equal(403, (await XmlErrorAsync(other)).Status);
        Assert.Empty(Simulator.Purged);
        Assert.Throws<ArgumentException>(() => Simulator.AddKey("everything"));
    }

    [Fact]
    public async Task More_than_the_limit_in_a_second_is_throttled()
    {
        Use(new SimulatorOptions { UserCount = 10, RequestsPerSecond = 5 });
        for (int i = 0; i < 5; i++)
        {
            await Client.GetAsync("conf/general");
        }

        using HttpResponseMessage refused = await Client.SendAsync(HttpMethod.Get, "conf/general");
        Assert.Equal((429, "PER_SECOND_THRESHOLD"), await XmlErrorAsync(refused));
        Simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        await Client.GetAsync("conf/general");
    }

    [Fact]
    public async Task The_daily_limit_counts_down_and_starts_anew_at_midnight()
    {
        Use(new SimulatorOptions
        {
            UserCount = 10, DailyLimit = 2, Now = TestClient.Noon,
        });
        using HttpResponseMessage first = await Client.SendAsync(HttpMethod.Get, "users/nobody");
        Assert.Equal("1", first.Headers.GetValues("X-Exl-Api-Remaining").Single());
        await Client.GetAsync("conf/general");
        using HttpResponseMessage refused = await Client.SendAsync(HttpMethod.Get, "conf/general");
        Assert.Equal((429, "DAILY_THRESHOLD"), await XmlErrorAsync(refused));
        Assert.Equal("0", refused.Headers.GetValues("X-Exl-Api-Remaining").Single());
        Simulator.Clock.Advance(TimeSpan.FromHours(12));
        await Client.GetAsync("conf/general");
    }

    [Fact]
    public async Task Links_begin_with_the_address_that_the_simulator_was_given()
    {
        Use(new SimulatorOptions { BaseAddress = new Uri("http://127.0.0.1:8680") });
        JObject jobs = await Client.GetAsync("conf/jobs");
        Assert.StartsWith(
            Simulator.BaseAddress + "almaws/v1/conf/jobs/", jobs["job"]![0]!["link"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Business_errors_follow_the_form_asked_for()
    {
        using HttpResponseMessage json = await Client.SendAsync(HttpMethod.Get, "users/nobody");
        JObject body = TestClient.Parse(await json.Content.ReadAsStringAsync());
        Assert.True(body["errorsExist"]!.Value<bool>());
        Assert.StartsWith("E01-", body["errorList"]!["error"]![0]!["trackingId"]!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage xml = await Client.SendAsync(HttpMethod.Get, "users/nobody?format=xml");
        Assert.Equal((400, "401861"), await XmlErrorAsync(xml));
    }

    [Fact]
    public async Task Users_and_lists_are_written_as_xml_too()
    {
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "a/b", OpenLoans = 1, Identifiers = [new("BARCODE", "1<2")],
        });
        using HttpResponseMessage one = await Client.SendAsync(HttpMethod.Get, "users/a%2Fb?expand=loans&format=xml");
        XElement user = XElement.Parse(await one.Content.ReadAsStringAsync());
        Assert.Equal("user", user.Name.LocalName);
        Assert.Equal("Undergraduate Students", user.Element("user_group")!.Attribute("desc")!.Value);
        Assert.Equal("1<2", user.Element("user_identifiers")!.Element("user_identifier")!.Element("value")!.Value);
        Assert.Equal("1", user.Element("loans")!.Value);
        Assert.Equal("200", user.Element("user_roles")!.Element("user_role")!.Element("role_type")!.Value);
        using HttpResponseMessage many = await Client.SendAsync(HttpMethod.Get, "users?limit=3&format=xml");
        XElement users = XElement.Parse(await many.Content.ReadAsStringAsync());
        Assert.Equal(3, users.Elements("user").Count());
        string count = Client.Present().Count.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(count, users.Attribute("total_record_count")!.Value);
    }

    [Fact]
    public async Task The_institution_tells_what_it_is()
    {
        Use(new SimulatorOptions
        {
            UserCount = 0, EnvironmentType = "PRODUCTION",
        });
        JObject general = await Client.GetAsync("conf/general");
        Assert.Equal("PRODUCTION", general["environment_type"]!.ToString());
        Assert.Equal("01SIM_INST", general["institution"]!["value"]!.ToString());
        JObject groups = await Client.GetAsync("conf/code-tables/UserGroups");
        JToken group = Assert.Single(groups["row"]!, r => r["code"]!.ToString() == "PURGEUG");
        Assert.Equal("Purge Undergraduates", group["description"]!.ToString());
        Assert.Equal("90123", (await Client.ErrorAsync(HttpMethod.Put, "conf/code-tables/UserGroups", "{}")).Code);
        JObject mapping = await Client.GetAsync("conf/mapping-tables/UserRecordTypeUserGroup");
        JToken mapped = Assert.Single(mapping["row"]!, r => r["column1"]!.ToString() == "PURGEUG");
        Assert.Equal("PUBLIC", mapped["column0"]!.ToString());
        JObject profiles = await Client.GetAsync("conf/integration-profiles");
        Assert.Equal("SIS", profiles["integration_profile"]![0]!["code"]!.ToString());
        foreach (string area in (string[])["users/operation/test", "conf/test", "analytics/test"])
        {
            Assert.Equal("GET - OK - institutionCode: 01SIM_INST", await TestTextAsync(HttpMethod.Get, area));
            Assert.Equal("POST - OK", await TestTextAsync(HttpMethod.Post, area));
        }
    }

    private async Task<string> TestTextAsync(HttpMethod method, string path)
    {
        using HttpResponseMessage response = await Client.SendAsync(method, path);
        Assert.Equal("application/xml", response.Content.Headers.ContentType!.MediaType);
        return XElement.Parse(await response.Content.ReadAsStringAsync()).Value;
    }

    [Fact]
    public async Task A_list_of_one_is_an_object_only_if_told_so()
    {
        Use(new SimulatorOptions { UserCount = 0, SingleElementsAsObjects = true });
        using HttpResponseMessage response = await Client.SendAsync(HttpMethod.Get, "users/nobody");
        JObject body = TestClient.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("401861", body["errorList"]!["error"]!["errorCode"]!.ToString());
    }

    [Fact]
    public async Task An_unknown_path_is_refused()
    {
        using HttpResponseMessage response = await Client.SendAsync(HttpMethod.Get, "bibs/99");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
