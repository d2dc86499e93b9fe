using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class AddressTests
{
    [Theory]
    [InlineData("A/1", "A%2F1")]
    [InlineData("A 1", "A%201")]
    [InlineData("a@b.org", "a%40b.org")]
    [InlineData("50%", "50%25")]
    [InlineData("%2F", "%252F")]
    [InlineData("x+y", "x%2By")]
    [InlineData("q?a#b", "q%3Fa%23b")]
    [InlineData("Zoë", "Zo%C3%AB")]
    [InlineData("...", "...")]
    [InlineData("..\\x", "..%5Cx")]
    [InlineData("../conf", "..%2Fconf")]
    [InlineData("𝒜", "%F0%9D%92%9C")]
    public async Task Identifier_arrives_as_one_segment(string id, string escaped)
    {
        FakeAlma alma = FakeAlma.Saying("""{"primary_id":"x"}""");
        using AlmaClient client = alma.Connect();

        await client.GetUserAsync(id, expand: false, default);

        Assert.Equal($"https://api-na.hosted.exlibrisgroup.com/almaws/v1/users/{escaped}", alma.Requests.Single().Uri);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    public async Task Identifier_that_an_address_cannot_hold_is_not_sent(string id)
    {
        FakeAlma alma = FakeAlma.Saying("""{"primary_id":"x"}""");
        using AlmaClient client = alma.Connect();
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));

        AlmaApiException read = await FakeAlma.FailsAsync(() => client.GetUserAsync(id, expand: true, default));
        AlmaApiException deletion = await FakeAlma.FailsAsync(() => writer.DeleteUserAsync(id, default));

        Assert.Equal(AlmaErrorKind.NotSent, read.Kind);
        Assert.Equal(AlmaErrorKind.NotSent, deletion.Kind);
        Assert.False(deletion.OutcomeUnknown);
        Assert.Empty(alma.Requests);
    }

    [Fact]
    public async Task Half_a_character_is_not_replaced_silently()
    {
        FakeAlma alma = FakeAlma.Saying("""{"primary_id":"x"}""");
        using AlmaClient client = alma.Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(() => client.GetUserAsync("a\ud835", expand: true, default));

        Assert.Equal(AlmaErrorKind.NotSent, error.Kind);
        Assert.Empty(alma.Requests);
    }

    [Theory]
    [InlineData("http://api-na.hosted.exlibrisgroup.com")]
    [InlineData("http://localhost.example.org")]
    [InlineData("ftp://api-na.hosted.exlibrisgroup.com")]
    [InlineData("https://someone@api-na.hosted.exlibrisgroup.com")]
    [InlineData("https://api-na.hosted.exlibrisgroup.com/?apikey=1")]
    public void Address_to_which_no_key_may_travel_is_refused(string address)
    {
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => FakeAlma.Saying("{}").Connect(region: address));

        Assert.Equal("InvalidBaseUri", error.Id);
        Assert.DoesNotContain(FakeAlma.Key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080/almaws/v1/users/x")]
    [InlineData("http://127.0.0.1:5000/", "http://127.0.0.1:5000/almaws/v1/users/x")]
    [InlineData("http://alma.simulator.localhost/", "http://alma.simulator.localhost/almaws/v1/users/x")]
    [InlineData("https://gate.example.org/alma/", "https://gate.example.org/alma/almaws/v1/users/x")]
    [InlineData("https://api-eu.hosted.exlibrisgroup.com/almaws/v1/", "https://api-eu.hosted.exlibrisgroup.com/almaws/v1/users/x")]
    public async Task Address_may_be_this_machine_or_have_a_path(string address, string expected)
    {
        FakeAlma alma = FakeAlma.Saying("""{"primary_id":"x"}""");
        using AlmaClient client = alma.Connect(region: address);

        await client.GetUserAsync("x", expand: false, default);

        Assert.Equal(expected, alma.Requests.Single().Uri);
    }

    [Theory]
    [InlineData("NorthAmerica", "api-na.hosted.exlibrisgroup.com")]
    [InlineData("europe", "api-eu.hosted.exlibrisgroup.com")]
    [InlineData("AsiaPacific", "api-ap.hosted.exlibrisgroup.com")]
    [InlineData("Australia", "api-aps.hosted.exlibrisgroup.com")]
    [InlineData("Canada", "api-ca.hosted.exlibrisgroup.com")]
    [InlineData("China", "api-cn.hosted.exlibrisgroup.com.cn")]
    public void Regions_have_their_hosts(string region, string host)
    {
        Assert.Equal(host, AlmaRegions.All[region].Host);
        Assert.Equal(region, AlmaRegions.NameOf(new Uri("https://" + host)), ignoreCase: true);
    }
}
