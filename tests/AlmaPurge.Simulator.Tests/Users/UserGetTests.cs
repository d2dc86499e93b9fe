using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Users;

public sealed class EmbeddedUserGetTests() : UserGetTests(new EmbeddedDoor());

/// <summary>GET /users/{id}.</summary>
public abstract class UserGetTests(ITestDoor door) : EndpointTests(door)
{
    private async Task<string> IdAsync(string path)
    {
        return (await Client.GetAsync(path))["primary_id"]!.ToString();
    }

    [Fact]
    public async Task Any_identifier_matches_and_a_type_narrows_it()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "Ann@uni/1",
            LinkingId = "990",
            Identifiers = [new("BARCODE", "b/1", "INACTIVE"), new("UNIV_ID", "u1")],
        });
        foreach (string path in (string[])
            ["users/ann%40UNI%2F1", "users/b%2F1", "users/U1", "users/u1?user_id_type=UNIV_ID",
             "users/990?user_id_type=linking_id", "users/u1?user_id_type=all_unique"])
        {
            Assert.Equal("Ann@uni/1", await IdAsync(path));
        }

        Assert.Equal("401861", await Client.GetErrorAsync("users/b"));
        Assert.Equal("401890", await Client.GetErrorAsync("users/u1?user_id_type=BARCODE"));
        Assert.Equal("4019998", await Client.GetErrorAsync("users/u1?user_id_type=linking_id"));
    }

    [Fact]
    public async Task A_copy_is_found_by_its_source()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "copy", SourceInstitutionCode = "01OTHER_INST", SourceLinkId = "77",
        });
        Assert.Equal("copy", await IdAsync("users/77?source_institution_code=01OTHER_INST"));
        Assert.Equal("4019990", await Client.GetErrorAsync("users/copy?source_institution_code=01OTHER_INST"));
    }

    [Fact]
    public async Task A_brief_view_leaves_out_what_a_PUT_would_then_wipe()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1", Identifiers = [new("BARCODE", "b1")] });
        JObject brief = await Client.GetAsync("users/u1?view=brief");
        Assert.Single(brief["user_identifier"]!);
        Assert.Single(brief["contact_info"]!["email"]!);
        Assert.NotNull(brief["user_statistic"]);
        foreach (string name in (string[])["user_role", "user_block", "user_note", "proxy_for_user"])
        {
            Assert.Null(brief[name]);
        }

        Assert.Null(brief["contact_info"]!["address"]);
        Assert.Equal("401666", await Client.GetErrorAsync("users/u1?view=short"));
    }

    [Fact]
    public async Task A_key_for_other_areas_does_not_read_users()
    {
        TestClient other = Client.As(Simulator.AddKey("configuration:write"));
        using HttpResponseMessage refused = await other.SendAsync(HttpMethod.Get, "users");
        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Equal("application/xml", refused.Content.Headers.ContentType!.MediaType);
    }
}
