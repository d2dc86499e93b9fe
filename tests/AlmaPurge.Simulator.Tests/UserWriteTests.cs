using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests;

public sealed class EmbeddedUserWriteTests() : UserWriteTests(new EmbeddedDoor());

public abstract class UserWriteTests(ITestDoor door) : EndpointTests(door)
{
    [Fact]
    public async Task What_was_read_can_be_written_back_unchanged()
    {
        foreach (SimulatedUser user in Client.Present().Take(100))
        {
            string path = TestClient.UserPath(user.PrimaryId);
            JObject before = await Client.GetAsync(path);
            JObject after = await Client.ExpectAsync(HttpMethod.Put, path, before);
            before.Remove("last_modified_date");
            after.Remove("last_modified_date");
            Assert.Equal(before.ToString(), after.ToString());
        }
    }

    [Fact]
    public async Task What_was_read_as_xml_can_be_written_back()
    {
        foreach (SimulatedUser user in Client.Present().Take(60))
        {
            string path = TestClient.UserPath(user.PrimaryId);
            JObject before = await Client.GetAsync(path);
            using HttpResponseMessage read = await Client.SendAsync(HttpMethod.Get, path + "?format=xml");
            string xml = XElement.Parse(await read.Content.ReadAsStringAsync()).ToString(SaveOptions.DisableFormatting);
            JObject after = await Client.ExpectAsync(HttpMethod.Put, path, xml);
            string[] fields =
            [
                "user_group", "purge_date", "expiry_date", "user_identifier", "user_role", "user_block",
                "proxy_for_user",
            ];
            foreach (string field in fields)
            {
                Assert.Equal(before[field]?.ToString(), after[field]?.ToString());
            }
        }
    }

    [Fact]
    public async Task A_list_left_out_is_deleted_but_roles_are_kept()
    {
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1",
            PurgeDate = new DateOnly(2026, 1, 1),
            Identifiers = [new("BARCODE", "b1")],
            Blocks = [new("GENERAL", "BARRED", "ACTIVE", null)],
            Roles = [.. SimulatedRole.PatronOnly, new("52", "Instructor", "ACTIVE")],
        });
        JObject body = await Client.GetAsync("users/u1");
        foreach (string list in (string[])["user_identifier", "user_block", "user_role", "purge_date"])
        {
            body.Remove(list);
        }

        await Client.ExpectAsync(HttpMethod.Put, "users/u1", body);
        SimulatedUserSpec state = Simulator.FindUser("u1")!.State;
        Assert.Empty(state.Identifiers);
        Assert.Empty(state.Blocks);
        Assert.Null(state.PurgeDate);
        Assert.Equal(2, state.Roles.Count);
        Assert.Equal("401861", (await Client.ErrorAsync(HttpMethod.Get, "users/b1")).Code);
    }

    [Fact]
    public async Task A_group_set_by_hand_stays_unless_it_is_overridden()
    {
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1", UserGroup = "PURGEUG", UserGroupSetManually = true,
        });
        JObject body = await Client.GetAsync("users/u1");
        body["user_group"] = new JObject { ["value"] = "UNDRGRD" };
        body["purge_date"] = "2027-02-03Z";
        await Client.ExpectAsync(HttpMethod.Put, "users/u1", body);
        Assert.Equal("PURGEUG", Simulator.FindUser("u1")!.UserGroup);
        Assert.Equal(new DateOnly(2027, 2, 3), Simulator.FindUser("u1")!.PurgeDate);
        await Client.ExpectAsync(HttpMethod.Put, "users/u1?override=user_group", body);
        Assert.Equal("UNDRGRD", Simulator.FindUser("u1")!.UserGroup);
    }

    [Theory]
    [InlineData("account_type", "INTERNAL", "401860")]
    [InlineData("external_id", "NOSUCHSIS", "401858")]
    [InlineData("user_group", "NOPE", "401852")]
    [InlineData("last_name", "", "401664")]
    [InlineData("purge_date", "soon", "401676")]
    public async Task A_wrong_value_is_refused(string field, string value, string code)
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1" });
        JObject body = await Client.GetAsync("users/u1");
        body[field] = value;
        Assert.Equal(code, (await Client.ErrorAsync(HttpMethod.Put, "users/u1", body)).Code);
        Assert.Equal("401676", (await Client.ErrorAsync(HttpMethod.Put, "users/u1", "{not json")).Code);
    }

    [Fact]
    public async Task A_user_is_created_once_and_again_after_removal_with_another_creation_date()
    {
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1" });
        JObject body = await Client.GetAsync("users/u1");
        Assert.Equal("401851", (await Client.ErrorAsync(HttpMethod.Post, "users", body)).Code);
        (await Client.SendAsync(HttpMethod.Delete, "users/u1")).Dispose();
        Simulator.Clock.Advance(TimeSpan.FromHours(1));
        JObject again = await Client.ExpectAsync(HttpMethod.Post, "users", body);
        Assert.NotEqual(body["created_date"]!.ToString(), again["created_date"]!.ToString());
        Assert.False(Simulator.FindUser("u1")!.IsDeleted);
    }
}
