using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Users;

public sealed class EmbeddedUserPostTests() : UserPostTests(new EmbeddedDoor());

/// <summary>POST /users and POST /users/{id}.</summary>
public abstract class UserPostTests(ITestDoor door) : EndpointTests(door)
{
    private static JObject Body(string id = "new")
    {
        return new JObject
        {
            ["primary_id"] = id, ["last_name"] = "N", ["record_type"] = "PUBLIC", ["account_type"] = "EXTERNAL",
            ["external_id"] = "SIS", ["status"] = "ACTIVE", ["user_group"] = "UNDRGRD",
        };
    }

    private async Task<string> ErrorAsync(string name, JToken? value, string query = "")
    {
        JObject body = Body();
        body[name] = value;
        return (await Client.ErrorAsync(HttpMethod.Post, "users" + query, body.ToString())).Code;
    }

    [Fact]
    public async Task A_user_is_made_from_json_or_xml()
    {
        UseEmpty();
        JObject made = await Client.ExpectAsync(HttpMethod.Post, "users", Body("a").ToString());
        Assert.Equal("Undergraduate Students", made["user_group"]!["desc"]!.ToString());
        string xml = "<user><primary_id>b</primary_id><last_name>N</last_name><record_type>PUBLIC</record_type>"
            + "<account_type>INTERNAL</account_type><status>ACTIVE</status><user_group>GRAD</user_group>"
            + "<user_identifiers><user_identifier><id_type>BARCODE</id_type><value>77</value></user_identifier>"
            + "</user_identifiers></user>";
        await Client.ExpectAsync(HttpMethod.Post, "users", xml);
        Assert.Equal("77", Simulator.FindUser("b")!.State.Identifiers[0].Value);
        Assert.Equal("INTERNAL", Simulator.FindUser("b")!.AccountType);
    }

    [Fact]
    public async Task Refusals_have_their_codes()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "there", Identifiers = [new("BARCODE", "b1")] });
        Assert.Equal("401851", await ErrorAsync("primary_id", "THERE"));
        Assert.Equal("401851", await ErrorAsync("primary_id", "b1"));
        Assert.Equal("401851", await ErrorAsync("user_identifier", new JArray(new JObject
        {
            ["id_type"] = "BARCODE", ["value"] = "b1",
        })));
        Assert.Equal("401852", await ErrorAsync("user_group", "NOPE"));
        Assert.Equal("401853", await ErrorAsync("account_type", "INTERNAL"));
        Assert.Equal("401854", await ErrorAsync("external_id", ""));
        Assert.Equal("401858", await ErrorAsync("external_id", "OTHER"));
        Assert.Equal("401664", await ErrorAsync("status", null));
        Assert.Single(Simulator.Users);
    }

    [Fact]
    public async Task A_copy_of_another_institutions_user_is_made_once()
    {
        UseEmpty();
        const string Query = "?source_institution_code=01OTHER_INST&source_user_id=77";
        await Client.ExpectAsync(HttpMethod.Post, "users" + Query, Body("copy").ToString());
        Assert.Equal("77", Simulator.FindUser("copy")!.State.SourceLinkId);
        Assert.Equal("60227", await ErrorAsync("primary_id", "again", Query));
        const string Nobody = "?source_institution_code=01NOBODY&source_user_id=1";
        Assert.Equal("401651", await ErrorAsync("primary_id", "x", Nobody));
    }

    [Fact]
    public async Task Signing_in_needs_an_internal_account_and_no_right_to_write()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "in", AccountType = "INTERNAL", ExternalId = null });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "ex" });
        TestClient reader = Client.As(Simulator.AddKey("users:read"));
        string right = "?op=auth&password=" + SimulatorOptions.InternalPassword;
        using HttpResponseMessage answer = await reader.SendAsync(HttpMethod.Post, "users/in" + right);
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal("401866", (await Client.ErrorAsync(HttpMethod.Post, "users/in?password=wrong")).Code);
        Assert.Equal("401866", (await Client.ErrorAsync(HttpMethod.Post, "users/ex" + right)).Code);
        Assert.Equal("401890", (await Client.ErrorAsync(HttpMethod.Post, "users/nobody" + right)).Code);
        Assert.Equal("40166410", (await Client.ErrorAsync(HttpMethod.Post, "users/in?op=dance")).Code);
    }

    [Fact]
    public async Task A_copy_is_refreshed()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "own" });
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "copy", SourceInstitutionCode = "01OTHER_INST", SourceLinkId = "77",
        });
        using HttpResponseMessage answer = await Client.SendAsync(HttpMethod.Post, "users/copy?op=refresh");
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal("60229", (await Client.ErrorAsync(HttpMethod.Post, "users/own?op=refresh")).Code);
        Assert.Equal("401861", (await Client.ErrorAsync(HttpMethod.Post, "users/nobody?op=refresh")).Code);
    }
}
