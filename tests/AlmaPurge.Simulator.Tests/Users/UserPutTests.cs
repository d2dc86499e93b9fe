using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Users;

public sealed class EmbeddedUserPutTests() : UserPutTests(new EmbeddedDoor());

/// <summary>PUT /users/{id}: everything is swapped.</summary>
public abstract class UserPutTests(ITestDoor door) : EndpointTests(door)
{
    private async Task<JObject> NewAsync(Func<SimulatedUserSpec, SimulatedUserSpec>? change = null)
    {
        UseEmpty();
        SimulatedUserSpec spec = new() { PrimaryId = "u1" };
        Simulator.AddUser(change is null ? spec : change(spec));
        return await Client.GetAsync("users/u1");
    }

    private async Task<string> ErrorAsync(JObject body, string name, JToken? value)
    {
        JObject changed = (JObject)body.DeepClone();
        changed[name] = value;
        return (await Client.ErrorAsync(HttpMethod.Put, "users/u1", changed.ToString())).Code;
    }

    [Fact]
    public async Task Fields_changed_by_hand_stay_on_an_external_account_unless_overridden()
    {
        JObject body = await NewAsync(s => s with
        {
            OtherFields = new Dictionary<string, string> { ["job_category"] = "OLD", ["campus_code"] = "OLD" },
            ManualFields = ["job_category"],
        });
        body["job_category"] = "NEW";
        body["campus_code"] = new JObject { ["value"] = "NEW" };
        body["web_site_url"] = "http://example.invalid/";
        JObject after = await Client.ExpectAsync(HttpMethod.Put, "users/u1", body.ToString());
        Assert.Equal("OLD", after["job_category"]!["value"]!.ToString());
        Assert.Equal("NEW", after["campus_code"]!["value"]!.ToString());
        Assert.Equal("http://example.invalid/", after["web_site_url"]!.ToString());
        after = await Client.ExpectAsync(HttpMethod.Put, "users/u1?override=job_category,campus_code", body.ToString());
        Assert.Equal("NEW", after["job_category"]!["value"]!.ToString());
    }

    [Fact]
    public async Task An_empty_protected_field_is_not_updated_but_an_unprotected_one_is()
    {
        JObject body = await NewAsync(s => s with
        {
            OtherFields = new Dictionary<string, string> { ["campus_code"] = "OLD", ["job_description"] = "OLD" },
        });
        body["campus_code"] = "";
        body.Remove("job_description");
        JObject after = await Client.ExpectAsync(HttpMethod.Put, "users/u1", body.ToString());
        Assert.Equal("OLD", after["campus_code"]!["value"]!.ToString());
        Assert.Equal("", after["job_description"]!.ToString());
    }

    [Fact]
    public async Task An_internal_account_has_no_protected_fields()
    {
        JObject body = await NewAsync(s => s with
        {
            AccountType = "INTERNAL",
            ExternalId = null,
            OtherFields = new Dictionary<string, string> { ["campus_code"] = "OLD" },
            ManualFields = ["campus_code"],
        });
        body["campus_code"] = "";
        JObject after = await Client.ExpectAsync(HttpMethod.Put, "users/u1", body.ToString());
        Assert.Equal("", after["campus_code"]!["value"]!.ToString());
    }

    [Fact]
    public async Task What_a_brief_view_left_out_is_wiped_by_a_PUT()
    {
        await NewAsync(s => s with { Blocks = [new("GENERAL", "BARRED", "ACTIVE", null)] });
        JObject brief = await Client.GetAsync("users/u1?view=brief");
        await Client.ExpectAsync(HttpMethod.Put, "users/u1", brief.ToString());
        Assert.Empty(Simulator.FindUser("u1")!.State.Blocks);
        Assert.NotEmpty(Simulator.FindUser("u1")!.State.Roles);
    }

    [Fact]
    public async Task Wrong_bodies_have_codes()
    {
        JObject body = await NewAsync();
        Assert.Equal("401664", await ErrorAsync(body, "last_name", ""));
        Assert.Equal("401852", await ErrorAsync(body, "user_group", "NOPE"));
        Assert.Equal("401855", await ErrorAsync(body, "account_type", "INTEXTAUTH"));
        Assert.Equal("401857", await ErrorAsync(body, "account_type", "ALIEN"));
        Assert.Equal("401858", await ErrorAsync(body, "external_id", "OTHER"));
        Assert.Equal("401860", await ErrorAsync(body, "account_type", "INTERNAL"));
        Assert.Equal("401864", await ErrorAsync(body, "status", "ASLEEP"));
        Assert.Equal("401864", await ErrorAsync(body, "user_identifier", new JArray(new JObject
        {
            ["id_type"] = "NOPE", ["value"] = "1",
        })));
        Assert.Equal("401676", await ErrorAsync(body, "expiry_date", "soon"));
        Assert.Equal("500038", await ErrorAsync(body, "password", "short"));
        Assert.Equal("401676", (await Client.ErrorAsync(HttpMethod.Put, "users/u1", "{")).Code);
        Assert.Equal("401890", (await Client.ErrorAsync(HttpMethod.Put, "users/nobody", body.ToString())).Code);
        Assert.Equal(body.ToString(), (await Client.GetAsync("users/u1")).ToString());
    }
}
