namespace AlmaPurge.Simulator.Tests.Users;

public sealed class EmbeddedUserDeleteTests() : UserDeleteTests(new EmbeddedDoor());

/// <summary>DELETE /users/{id}.</summary>
public abstract class UserDeleteTests(ITestDoor door) : EndpointTests(door)
{
    [Fact]
    public async Task Whoever_matches_is_gone_whatever_dates_requests_and_blocks_say()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "u1",
            ExpiryDate = new DateOnly(2030, 1, 1),
            OpenRequests = 1,
            Blocks = [new("GENERAL", "BARRED", "ACTIVE", null)],
            Identifiers = [new("BARCODE", "b1")],
        });
        await Client.DeleteAsync("users/b1");
        Assert.Equal("u1", Assert.Single(Simulator.Purged).PrimaryId);
        Assert.Equal("401890", (await Client.ErrorAsync(HttpMethod.Delete, "users/b1")).Code);
    }

    [Fact]
    public async Task Loans_debts_and_hidden_work_refuse_it()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "loan", OpenLoans = 1 });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "fee", Fees = [new("OVERDUEFINE", "ACTIVE", 1, 1)] });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "work", HiddenBlocker = "is assigned to an order line" });
        foreach (string id in (string[])["loan", "fee", "work"])
        {
            (string code, string message) = await Client.ErrorAsync(HttpMethod.Delete, "users/" + id);
            Assert.Equal("401850", code);
            Assert.Contains($"Failed to delete user with identifier {id}", message, StringComparison.Ordinal);
        }

        Assert.Empty(Simulator.Purged);
    }

    [Fact]
    public async Task A_type_narrows_whom_it_takes()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "7", Identifiers = [new("BARCODE", "8")] });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "8" });
        await Client.DeleteAsync("users/8?user_id_type=BARCODE");
        Assert.Equal("7", Assert.Single(Simulator.Purged).PrimaryId);
    }
}
