using System.Net;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>Pages elsewhere on the web cannot reach the host through somebody's browser.</summary>
public sealed class GuardTests : IClassFixture<SharedHost>
{
    private readonly TestHost _host;

    public GuardTests(SharedHost shared) => _host = shared.Host;

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task What_another_site_sends_is_not_done(string header, string value)
    {
        foreach (string path in (string[])["purge", "simulator/purge-user-records", "almaws/v1/conf/sets", "bench/clock"])
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path);
            request.Headers.Add(header, value);
            request.Content = new FormUrlEncodedContent([new("recordType", "PUBLIC"), new("days", "1")]);
            using HttpResponseMessage response = await _host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        Assert.Empty(_host.Simulator.JobRuns);
        Assert.Empty(_host.Simulator.Requests);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("alma.localhost", 200)]
    public async Task Only_names_of_this_machine_are_answered(string name, int status)
    {
        foreach (string path in (string[])["", "simulator/log", "staff.css"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Host = name;
            using HttpResponseMessage response = await _host.Http.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Pages_run_nothing_from_elsewhere_and_cannot_be_framed()
    {
        using HttpResponseMessage response = await _host.Http.GetAsync("purge");
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }
}
