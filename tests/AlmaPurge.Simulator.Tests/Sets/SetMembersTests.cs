using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Sets;

public sealed class EmbeddedSetMembersTests() : SetMembersTests(new EmbeddedDoor());

/// <summary>POST /conf/sets/{id}: add, delete and replace members.</summary>
public abstract class SetMembersTests(ITestDoor door) : EndpointTests(door)
{
    private async Task<string> ErrorAsync(string set, string query, object body)
    {
        return (await Client.ErrorAsync(HttpMethod.Post, $"conf/sets/{set}{query}", body)).Code;
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "a", Identifiers = [new("BARCODE", "b-a")] });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "b" });
        string set = await Client.NewSetAsync("s", "a");
        object b = TestClient.Members("b");
        Assert.Equal("60107", await ErrorAsync("1", "?op=add_members", b));
        Assert.Equal("60111", await ErrorAsync(set, "", b));
        Assert.Equal("60111", await ErrorAsync(set, "?op=shuffle_members", b));
        Assert.Equal("60113", await ErrorAsync(set, "?op=add_members", TestClient.Members()));
        Assert.Equal("60114", await ErrorAsync(set, "?op=add_members", """{"members":{"member":[{"id":""}]}}"""));
        Assert.Equal("60115", await ErrorAsync(set, "?op=add_members", TestClient.Members("A")));
        Assert.Equal("60116", await ErrorAsync(set, "?op=add_members", TestClient.Members("x", "y")));
        Assert.Equal("60117", await ErrorAsync(set, "?op=delete_members", b));
        Assert.Equal("60119", await ErrorAsync(set, "?op=add_members", TestClient.Members("b", "B")));
        Assert.Equal("60120", await ErrorAsync(set, "?op=add_members", TestClient.Members("x")));
        Assert.Equal("60120", await ErrorAsync(set, "?op=add_members&id_type=UNIV_ID", TestClient.Members("b")));
        Assert.Equal("60176", await ErrorAsync(set, "?op=add_members&id_type=BARCODE", TestClient.Members("b-a")));
        Assert.Equal("40166410", await ErrorAsync(set, "?op=add_members&id_type=SHOE_SIZE", b));
        Assert.Equal(["a"], Simulator.Sets[0].MemberIds);
    }

    [Fact]
    public async Task Two_identifiers_of_one_person_are_a_duplicate()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "a", Identifiers = [new("BARCODE", "b-a")] });
        string set = await Client.NewSetAsync("s");
        Assert.Equal("60119", await ErrorAsync(set, "?op=add_members", TestClient.Members("a", "b-a")));
    }

    [Fact]
    public async Task Without_fail_on_invalid_id_the_wrong_ones_are_left_out_silently()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "a" });
        string set = await Client.NewSetAsync("s");
        const string Lax = "?op=add_members&fail_on_invalid_id=false";
        JObject after = await Client.ExpectAsync(
            HttpMethod.Post, $"conf/sets/{set}{Lax}", TestClient.Members("a", "x", "A"));
        Assert.Equal(1, after["number_of_members"]!["value"]!.Value<int>());
    }

    [Fact]
    public async Task Sets_of_other_content_have_no_members()
    {
        object body = new { name = "i", type = "ITEMIZED", content = "ITEM" };
        string set = (await Client.ExpectAsync(HttpMethod.Post, "conf/sets", body))["id"]!.ToString();
        object somebody = TestClient.Members(Client.Present()[0].PrimaryId);
        Assert.Equal("60120", await ErrorAsync(set, "?op=add_members", somebody));
        Assert.Equal("40166411", (await Client.ErrorAsync(
            HttpMethod.Post, "conf/jobs/M148?op=run", TestClient.Parameters(("set_id", set), ("job_name", "j")))).Code);
    }
}
