namespace AlmaPurge.Simulator.Tests.Faults;

/// <summary>What happens to people between two steps of a purge, and who answers to an id afterwards.</summary>
public class BetweenFaultTests : FaultTestBase
{
    [Fact]
    public async Task People_return_right_after_the_first_look_and_in_each_way()
    {
        using TestClient client = New("userReturnsBetween:1");
        AddPatrons(client, 4, "ALUMNI");
        foreach (string id in Ids(4))
        {
            var user = await client.GetAsync($"users/{id}?expand=loans,requests,fees");
            Assert.Equal("0", user["loans"]!["value"]!.ToString());
            Assert.Single(user["user_role"]!);
            await client.GetAsync($"users/{id}");
        }

        SimulatedUserSpec[] now = [.. Ids(4).Select(id => client.Simulator.FindUser(id)!.State)];
        Assert.Equal(
            (1, 12.5m, 1, "52"),
            (now[0].OpenLoans, now[1].Fees.Single().Balance, now[2].OpenRequests, now[3].Roles[^1].Type));
        Assert.All(now, s => Assert.Equal(1, s.OpenLoans + s.OpenRequests + s.Fees.Count + s.Roles.Count - 1));
    }

    [Theory]
    [InlineData("look")]
    [InlineData("job")]
    [InlineData("delete")]
    public async Task The_student_load_comes_after_the_marking_and_before_what_follows(string next)
    {
        (TestClient client, string set) = await WithSetAsync("studentLoadBetween", 60);
        using (client)
        {
            string purge = await PurgeJobAsync(client);
            await client.GetAsync("users/u0");
            await RunAsync(client, "M148", set);
            Assert.Equal("INACTIVE", client.Simulator.FindUser("u0")!.Status);

            Func<Task> follows = next switch
            {
                "look" => () => client.GetAsync("users/u7"),
                "job" => () => RunAsync(client, purge, set),
                _ => () => client.SendAsync(HttpMethod.Delete, "users/u7"),
            };
            await follows();

            string[] back = [.. Ids(60).Where(id => client.Simulator.FindUser(id)!.ExpiryDate > new DateOnly(2027, 1, 1))];
            Assert.Equal(["u0", "u50"], back);
            Assert.Equal("ACTIVE", client.Simulator.FindUser("u50")!.Status);
        }
    }

    [Fact]
    public async Task A_barcode_answers_to_the_id_of_one_who_was_deleted()
    {
        using TestClient client = New("barcodeTwin");
        AddPatrons(client, 2, "PURGEUG");
        await client.SendAsync(HttpMethod.Delete, "users/u1");
        string twin = await PrimaryIdAsync(client, "u1");
        Assert.NotEqual("u1", twin);
        Assert.NotEqual("PURGEUG", client.Simulator.FindUser(twin)!.UserGroup);

        // Who now deletes "u1" once more removes somebody else, and the records say so.
        await client.SendAsync(HttpMethod.Delete, "users/u1");
        Assert.Equal(["u1", twin], client.Simulator.Purged.Select(p => p.PrimaryId));
        ManifestEntry wrong = Assert.Single(
            client.Simulator.WronglyPurged("PURGEUG", new DateOnly(2025, 1, 1)), e => e.PrimaryId == twin);
        Assert.Contains("OtherUserGroup", wrong.Reasons);
    }

    [Fact]
    public async Task A_barcode_answers_to_the_ids_of_those_whom_a_job_purged()
    {
        (TestClient client, string set) = await WithSetAsync("barcodeTwin", 3);
        using (client)
        {
            await RunAsync(client, await PurgeJobAsync(client), set);
            Assert.Equal(Ids(3), client.Simulator.Purged.Select(p => p.PrimaryId));
            string[] twins = [await PrimaryIdAsync(client, "u0"), await PrimaryIdAsync(client, "u2")];
            Assert.Equal(4, twins.Concat(["u0", "u2"]).Distinct().Count());
        }
    }

    [Fact]
    public async Task A_DELETE_is_done_and_cut_and_somebody_else_answers_to_the_id()
    {
        using TestClient client = New("acceptedDeleteThenCut");
        AddPatrons(client, 2, "PURGEUG");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(HttpMethod.Delete, "users/u0"));
        Assert.Equal("u0", Assert.Single(client.Simulator.Purged).PrimaryId);
        Assert.NotEqual("u0", await PrimaryIdAsync(client, "u0"));

        using HttpResponseMessage next = await client.SendAsync(HttpMethod.Delete, "users/u1");
        Assert.Equal(204, (int)next.StatusCode);
        Assert.Equal("401861", (await client.ErrorAsync(HttpMethod.Get, "users/u1")).Code);
    }

    [Fact]
    public async Task Faults_can_be_changed_while_the_simulator_runs_and_mixed()
    {
        using TestClient client = New();
        Assert.Equal("200", await StatusOfAsync(client, "conf/general"));
        client.Simulator.SetFaults("throttle@2", "serverError@1");
        Assert.Equal("500", await StatusOfAsync(client, "conf/general"));
        Assert.Equal("429", await StatusOfAsync(client, "conf/general"));
        Assert.Equal("200", await StatusOfAsync(client, "conf/general"));
        client.Simulator.SetFaults("throttle:1");
        Assert.Throws<ArgumentException>(() => client.Simulator.SetFaults("gremlins"));
        Assert.Equal("429", await StatusOfAsync(client, "conf/general"));
        client.Simulator.SetFaults();
        Assert.Equal("200", await StatusOfAsync(client, "conf/general"));
    }

    [Fact]
    public void Each_fault_says_what_it_does_and_when()
    {
        Assert.Equal(25, AlmaSimulator.FaultDescriptions.Count);
        Assert.Equal(AlmaSimulator.KnownFaults, AlmaSimulator.FaultDescriptions.Select(f => f.Name));
        Assert.All(AlmaSimulator.FaultDescriptions, f =>
        {
            Assert.EndsWith(".", f.Description, StringComparison.Ordinal);
            Assert.Matches("^(:(0\\.\\d+|1)|@\\d+)$", f.DefaultTrigger);
            AlmaSimulator.Create(new SimulatorOptions { UserCount = 0, Faults = [f.Name + f.DefaultTrigger] });
        });
    }
}
