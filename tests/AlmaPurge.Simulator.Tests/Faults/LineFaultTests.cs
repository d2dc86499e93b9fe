using System.Net;

namespace AlmaPurge.Simulator.Tests.Faults;

/// <summary>Trouble on the way: of the gateway, of the connection, of the answer.</summary>
public class LineFaultTests : FaultTestBase
{
    [Fact]
    public async Task The_calls_of_the_day_are_used_up_until_midnight_GMT()
    {
        using TestClient client = New("dailyLimit@3");
        string[] statuses =
        [
            await StatusOfAsync(client, "conf/general"), await StatusOfAsync(client, "conf/general"),
            await StatusOfAsync(client, "conf/general"), await StatusOfAsync(client, "conf/sets"),
        ];
        Assert.Equal(["200", "200", "429", "429"], statuses);
        using HttpResponseMessage refused = await client.SendAsync(HttpMethod.Get, "conf/general");
        Assert.Contains("DAILY_THRESHOLD", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("0", refused.Headers.GetValues("X-Exl-Api-Remaining").Single());

        client.Simulator.Clock.Advance(TimeSpan.FromHours(13));
        Assert.Equal("200", await StatusOfAsync(client, "conf/general"));
    }

    [Fact]
    public async Task A_web_page_comes_in_place_of_an_answer_and_nothing_was_done()
    {
        using TestClient client = New("htmlErrorPage@1");
        object set = new { name = "s", type = new { value = "ITEMIZED" }, content = new { value = "USER" } };
        using HttpResponseMessage response = await client.SendAsync(HttpMethod.Post, "conf/sets", set);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<!DOCTYPE html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(client.Simulator.Sets);
        Assert.Equal((503, null), (client.Simulator.Requests[0].StatusCode, client.Simulator.Requests[0].ErrorCode));
        await client.NewSetAsync("s");
    }

    [Fact]
    public async Task A_connection_that_is_reset_has_done_nothing()
    {
        using TestClient client = New("resetConnection@1");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.NewSetAsync("s"));
        Assert.Empty(client.Simulator.Sets);
        Assert.Equal(0, client.Simulator.Requests[0].StatusCode);
        await client.NewSetAsync("s");
    }

    [Fact]
    public async Task A_truncated_answer_breaks_off_after_it_was_served()
    {
        using TestClient client = New("truncatedBody@1");
        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => client.NewSetAsync("s"));
        Assert.IsAssignableFrom<IOException>(error.InnerException);
        Assert.Equal("s", Assert.Single(client.Simulator.Sets).Name);
    }

    [Fact]
    public async Task A_truncated_answer_promises_its_full_length_and_gives_half()
    {
        using TestClient client = New("truncatedBody@2");
        string whole = (await client.GetAsync("conf/general")).ToString(Newtonsoft.Json.Formatting.None);
        using HttpResponseMessage response = await client.StartAsync(HttpMethod.Get, "conf/general");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(whole.Length, response.Content.Headers.ContentLength);
        using Stream body = await response.Content.ReadAsStreamAsync();
        using MemoryStream half = new();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(half));
        Assert.InRange(half.Length, 1, whole.Length - 1);
    }

    [Fact]
    public async Task A_page_repeats_rows_and_lacks_others()
    {
        using TestClient client = New("shuffledPages");
        AddPatrons(client, 30, "ALUMNI");
        string set = await client.NewSetAsync("s", Ids(30));
        List<string> rows = [];
        for (int offset = 0; offset < 30; offset += 10)
        {
            rows.AddRange((await client.GetAsync(
                FormattableString.Invariant($"conf/sets/{set}/members?limit=10&offset={offset}")))["member"]!
                .Select(m => m["id"]!.ToString()));
        }

        Assert.Equal(30, rows.Count);
        Assert.InRange(rows.Distinct().Count(), 20, 29);
        Assert.Equal(Ids(10), rows.Take(10));
    }

    [Fact]
    public async Task A_lagging_index_shows_the_state_of_half_a_minute_ago()
    {
        using TestClient client = New("laggingIndex");
        AddPatrons(client, 3, "PURGEUG");
        client.Simulator.UpdateUser("u1", s => s with { UserGroup = "GRAD", PurgeDate = null });
        await client.SendAsync(HttpMethod.Delete, "users/u2");
        client.Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "new", UserGroup = "PURGEUG" });

        Assert.Equal(["u0", "u1", "u2"], await InGroupAsync());
        Assert.Equal("GRAD", (await client.GetAsync("users/u1"))["user_group"]!["value"]!.ToString());
        Assert.Equal("401861", (await client.ErrorAsync(HttpMethod.Get, "users/u2")).Code);
        Assert.True(client.Simulator.FindUser("u2")!.IsDeleted);

        client.Simulator.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(["u0", "new"], await InGroupAsync());

        async Task<string[]> InGroupAsync() =>
            [.. (await client.GetAsync("users?q=user_group~PURGEUG&expand=full&limit=100"))["user"]!
                .Where(u => u["user_group"]!["value"]!.ToString() == "PURGEUG")
                .Select(u => u["primary_id"]!.ToString())];
    }

    [Fact]
    public async Task The_environment_switches_and_stays_switched()
    {
        using TestClient client = New("environmentSwitched");
        List<string> told = [];
        for (int i = 0; i < 3; i++)
        {
            var general = await client.GetAsync("conf/general");
            told.Add(general["institution"]!["value"] + " " + general["environment_type"]);
        }

        Assert.Equal(["01SIM_INST SANDBOX", "01OTHER_INST PRODUCTION", "01OTHER_INST PRODUCTION"], told);
    }
}
