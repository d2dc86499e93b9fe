using System.Net;
using System.Reflection;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class KeyTests
{
    public static TheoryData<string> Answers => ["echo-json", "echo-xml", "echo-exception", "echo-inner", "echo-code", "redirect", "timeout"];

    [Fact]
    public async Task Key_travels_in_the_header_and_nowhere_else()
    {
        FakeAlma alma = FakeAlma.Saying("""{"id":"1","primary_id":"1","total_record_count":0}""");
        using AlmaClient client = alma.Connect();
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));
        await client.GetUserAsync("1", expand: true, default);
        await writer.CreateUserSetAsync("n", "d", default);
        await writer.DeleteUserAsync("1", default);

        Assert.All(alma.Requests, request =>
        {
            Assert.Equal("apikey " + FakeAlma.Key, request.Authorization);
            Assert.Equal("application/json", request.Accept);
            Assert.DoesNotContain(FakeAlma.Key, request.Uri + request.Body, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Key_is_in_no_exception_even_if_the_server_sends_it_back(string kind)
    {
        FakeAlma alma = FakeAlma.InTurn(() => Answer(kind));
        using AlmaClient client = alma.Connect();
        IAlmaWriter writer = client.GetWriter(WriteApproval.Given("test"));

        AlmaApiException read = await FakeAlma.FailsAsync(() => client.GetUserAsync("1", expand: true, default));
        AlmaApiException change = await FakeAlma.FailsAsync(() => writer.DeleteUserAsync("1", default));

        AssertClean(read);
        AssertClean(change);
    }

    [Fact]
    public void Key_is_in_no_text_of_client_or_options()
    {
        AlmaClientOptions options = new() { BaseAddress = AlmaRegions.All["Europe"], ApiKey = FakeAlma.Key };
        using AlmaClient client = new(options);

        Assert.DoesNotContain(FakeAlma.Key, options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(FakeAlma.Key, client.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(FakeAlma.Key, client.Facts.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("umläut")]
    public void Impossible_key_is_refused_without_being_repeated(string key)
    {
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(
            () => new AlmaClient(new AlmaClientOptions { BaseAddress = AlmaRegions.All["Europe"], ApiKey = key }));

        Assert.Equal("InvalidApiKey", error.Id);
        Assert.True(key.Trim().Length == 0 || !error.ToString().Contains(key, StringComparison.Ordinal));
    }

    private static void AssertClean(AlmaApiException error)
    {
        Assert.DoesNotContain(FakeAlma.Key, error.ToString(), StringComparison.OrdinalIgnoreCase);
        foreach (PropertyInfo property in typeof(AlmaApiException).GetProperties())
        {
            string text = property.GetValue(error) switch
            {
                IEnumerable<AlmaError> errors => string.Join(" ", errors),
                object value => value.ToString()!,
                null => string.Empty,
            };
            Assert.DoesNotContain(FakeAlma.Key, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static HttpResponseMessage Answer(string kind) => kind switch
    {
        "echo-json" => FakeAlma.Error("401652", $"Key {FakeAlma.Key} may not"),
        "echo-code" => FakeAlma.Error(FakeAlma.Key.ToUpperInvariant()),
        "echo-xml" => FakeAlma.Xml(
            $"<r><error><errorCode>UNAUTHORIZED</errorCode><errorMessage>{FakeAlma.Key}</errorMessage><trackingId>{FakeAlma.Key}</trackingId></error></r>",
            400),
        "echo-exception" => throw new HttpRequestException("cannot send header apikey " + FakeAlma.Key),
        "echo-inner" => throw new HttpRequestException("cannot send", new IOException("apikey " + FakeAlma.Key)),
        "timeout" => throw new TaskCanceledException("apikey " + FakeAlma.Key),
        _ => new HttpResponseMessage(HttpStatusCode.Found)
        {
            Headers = { Location = new Uri("https://example.org/?apikey=" + FakeAlma.Key) },
        },
    };
}
