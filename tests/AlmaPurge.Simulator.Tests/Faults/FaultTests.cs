using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Faults;

/// <summary>When faults strike, and what members and jobs come to under them.</summary>
public class FaultTests : FaultTestBase
{
    private static async Task<List<int>> StatusesAsync(TestClient client, int count)
    {
        List<int> statuses = [];
        for (int i = 0; i < count; i++)
        {
            using HttpResponseMessage response = await client.SendAsync(HttpMethod.Get, "conf/general");
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }

    [Theory]
    [InlineData("throttle@3", 429)]
    [InlineData("serverError@3", 500)]
    public async Task A_number_strikes_once(string fault, int status)
    {
        using TestClient client = New(fault);
        Assert.Equal([200, 200, status, 200, 200], await StatusesAsync(client, 5));
    }

    [Fact]
    public async Task A_rate_strikes_as_often_and_the_same_way_each_time()
    {
        using TestClient one = New("throttle:0.2");
        using TestClient two = New("throttle:0.2");
        List<int> statuses = await StatusesAsync(one, 500);
        Assert.InRange(statuses.Count(s => s == 429), 60, 140);
        Assert.Equal(statuses, await StatusesAsync(two, 500));
    }

    [Theory]
    [InlineData("throtle", "Known: ")]
    [InlineData("throttle:2", "throttle:2")]
    [InlineData("throttle@0", "throttle@0")]
    public void An_unknown_fault_is_refused_with_the_known_ones(string fault, string expected)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => AlmaSimulator.Create(new SimulatorOptions { UserCount = 0, Faults = [fault] }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("dropAcceptedPost", AlmaSimulator.KnownFaults);
    }

    [Fact]
    public async Task A_dropped_POST_was_done()
    {
        using TestClient client = New("dropAcceptedPost");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.NewSetAsync("dropped"));
        Assert.Equal("dropped", Assert.Single(client.Simulator.Sets).Name);
        Assert.Equal(0, client.Simulator.Requests[0].StatusCode);
        await client.NewSetAsync("next");
    }

    [Fact]
    public async Task Silent_invalid_ids_vanish_although_the_call_was_strict()
    {
        using TestClient client = New("silentInvalidIds");
        string known = client.Simulator.Users[0].PrimaryId;
        await client.NewSetAsync("s", known, "nobody");
        Assert.Equal([known], client.Simulator.Sets[0].MemberIds);
    }

    [Fact]
    public async Task A_page_of_members_repeats_a_row()
    {
        (TestClient client, string set) = await WithSetAsync("duplicateMembers", 3);
        using (client)
        {
            JObject page = await client.GetAsync($"conf/sets/{set}/members?limit=100");
            Assert.Equal(["u0", "u1", "u2", "u0"], page["member"]!.Select(m => m["id"]!.ToString()));
            Assert.Equal("3", page["total_record_count"]!.ToString());
        }
    }

    [Fact]
    public async Task A_partial_mark_claims_success()
    {
        (TestClient client, string set) = await WithSetAsync("partialMark", 8);
        using (client)
        {
            JObject done = await RunAsync(client, "M148", set);
            Assert.Equal("COMPLETED_SUCCESS", done["status"]!["value"]!.ToString());
            Assert.Equal("8", done["counter"]![1]!["value"]!.ToString());
            Assert.Equal(6, client.Simulator.Users.Count(u => u.UserGroup == "PURGEUG" && u.Status == "INACTIVE"));
        }
    }

    [Fact]
    public async Task A_purge_claims_to_be_done_while_users_remain()
    {
        (TestClient client, string set) = await WithSetAsync("doneButUsersRemain", 10);
        using (client)
        {
            JObject done = await RunAsync(client, await PurgeJobAsync(client), set);
            Assert.Equal("COMPLETED_SUCCESS", done["status"]!["value"]!.ToString());
            Assert.Equal("10", done["counter"]![1]!["value"]!.ToString());
            Assert.Equal(8, client.Simulator.Purged.Count);
        }
    }

    [Fact]
    public async Task A_job_fails_halfway()
    {
        (TestClient client, string set) = await WithSetAsync("jobFailsHalfway@1", 10);
        using (client)
        {
            string job = await PurgeJobAsync(client);
            JObject done = await RunAsync(client, job, set);
            Assert.Equal("COMPLETED_FAILED", done["status"]!["value"]!.ToString());
            Assert.Equal(5, client.Simulator.Purged.Count);
            await RunAsync(client, job, set);
            Assert.Equal(10, client.Simulator.Purged.Count);
        }
    }

    [Fact]
    public async Task A_timeout_serves_the_request_and_never_answers()
    {
        using TestClient client = New("timeout@2");
        await client.GetAsync("conf/general");
        Task<HttpResponseMessage> waiting = client.SendAsync(HttpMethod.Get, "conf/general");
        await client.GetAsync("conf/general");
        Assert.False(waiting.IsCompleted);
        Assert.Equal(3, client.Simulator.Requests.Count);
    }
}
