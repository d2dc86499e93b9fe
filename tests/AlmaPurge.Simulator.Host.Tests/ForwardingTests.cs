using System.Net;
using System.Text.Json.Nodes;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>Over HTTP the simulator answers as embedded, and breaks as embedded.</summary>
public sealed class ForwardingTests
{
    [Theory]
    [InlineData("smith/1", "smith%2F1")]
    [InlineData("a b+c", "a%20b%2Bc")]
    [InlineData("50%2F", "50%252F")]
    [InlineData("lê\u00e9", "l%C3%AA%C3%A9")]
    [InlineData("..", "%2E%2E")]
    public async Task An_identifier_reaches_it_as_it_was_sent(string id, string sent)
    {
        await using TestHost host = await TestHost.StartAsync();
        host.Simulator.AddUser(new SimulatedUserSpec { PrimaryId = id });
        JsonNode user = await host.GetApiAsync("users/" + sent);
        Assert.Equal(id, user["primary_id"]!.GetValue<string>());
        Assert.Equal("/almaws/v1/users/" + sent, host.Simulator.Requests[^1].Path);
    }

    [Fact]
    public async Task A_slash_that_is_not_encoded_is_no_part_of_an_identifier()
    {
        await using TestHost host = await TestHost.StartAsync();
        host.Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "smith/1" });
        using HttpRequestMessage request = host.Api("users/smith/1");
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Links_lead_back_to_the_host()
    {
        await using TestHost host = await TestHost.StartAsync();
        JsonNode jobs = await host.GetApiAsync("conf/jobs");
        string link = jobs["job"]![0]!["link"]!.GetValue<string>();
        Assert.StartsWith(host.Address.AbsoluteUri + "almaws/v1/conf/jobs/", link, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("apikey wrong")]
    public async Task Without_the_key_the_gateway_refuses_in_xml(string? key)
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "almaws/v1/conf/general");
        request.Headers.TryAddWithoutValidation("Authorization", key);
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("UNAUTHORIZED", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_methods_and_headers_go_through_both_ways()
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpRequestMessage create = host.Api("conf/sets", HttpMethod.Post);
        create.Content = new StringContent(
            """{"name":"s","type":{"value":"ITEMIZED"},"content":{"value":"USER"}}""", null, "application/json");
        using HttpResponseMessage created = await host.Http.SendAsync(create);
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        Assert.True(created.Headers.Contains("X-Exl-Api-Remaining"));
        string id = Assert.Single(host.Simulator.Sets).Id;
        using HttpRequestMessage delete = host.Api("conf/sets/" + id, HttpMethod.Delete);
        using HttpResponseMessage deleted = await host.Http.SendAsync(delete);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(host.Simulator.Sets);
    }

    [Fact]
    public async Task An_accepted_post_can_be_cut_off()
    {
        await using TestHost host = await TestHost.StartAsync(new HostOptions { Faults = ["dropAcceptedPost"] });
        using HttpRequestMessage request = host.Api("conf/sets", HttpMethod.Post);
        request.Content = new StringContent(
            """{"name":"s","type":{"value":"ITEMIZED"},"content":{"value":"USER"}}""", null, "application/json");
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Http.SendAsync(request));
        Assert.Single(host.Simulator.Sets);
        await host.GetApiAsync("conf/general");
    }

    /// <summary>
    /// The line ends politely, as when a gateway loses its server. The client here repeats a DELETE without a body by
    /// itself, and the second one removes the person whose barcode the id has become.
    /// </summary>
    [Fact]
    public async Task A_client_that_repeats_a_cut_DELETE_by_itself_removes_somebody_else()
    {
        await using TestHost host = await TestHost.StartAsync(new HostOptions { Faults = ["acceptedDeleteThenCut"] });
        host.Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "u1", UserGroup = "PURGEUG" });
        using HttpRequestMessage request = host.Api("users/u1", HttpMethod.Delete);
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(2, host.Simulator.Purged.Count);
        Assert.NotEqual("u1", host.Simulator.Purged[1].PrimaryId);
    }

    [Fact]
    public async Task Whoever_waits_for_an_answer_that_never_comes_may_leave()
    {
        await using TestHost host = await TestHost.StartAsync(new HostOptions { Faults = ["timeout"] });
        using CancellationTokenSource patience = new();
        using HttpRequestMessage request = host.Api("conf/general");
        Task<HttpResponseMessage> answer = host.Http.SendAsync(request, patience.Token);
        while (host.Simulator.Requests.Count == 0)
        {
            await Task.Delay(5);
        }

        Assert.False(answer.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => answer);
        await host.GetApiAsync("conf/general");
    }

    [Fact]
    public async Task The_request_line_may_name_the_host()
    {
        await using TestHost host = await TestHost.StartAsync();
        string answer = await host.SendRawAsync(
            $"GET {host.Address}almaws/v1/conf/general HTTP/1.1\r\nHost: {host.Address.Authority}\r\n"
            + $"Authorization: apikey {host.Simulator.ApiKey}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }
}
