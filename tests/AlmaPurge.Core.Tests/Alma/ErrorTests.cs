using System.Net;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class ErrorTests
{
    private const string Namespace = "xmlns=\"http://com/exlibris/urm/general/xmlbeans\"";

    [Theory]
    [InlineData("""{"errorsExist":true,"errorList":{"error":[{"errorCode":"402119","errorMessage":"Boom","trackingId":"E01"}]},"result":null}""")]
    [InlineData("""{"errorsExist":"true","errorList":{"error":{"errorCode":"402119","errorMessage":"Boom","trackingId":"E01"}}}""")]
    [InlineData("""  {"errorList":{"error":[{"errorCode":402119,"errorMessage":"Boom","trackingId":"E01"}]}}""")]
    public async Task Json_error_is_read_in_every_shape(string body)
    {
        AlmaApiException error = await FailAsync(() => FakeAlma.Json(body, 400));

        Assert.Equal(AlmaErrorKind.Refused, error.Kind);
        Assert.Equal(400, error.StatusCode);
        Assert.Equal("402119", error.AlmaCode);
        Assert.Equal("Boom", error.AlmaMessage);
        Assert.Equal("E01", error.TrackingId);
        Assert.Equal("GET", error.Method);
        Assert.Equal("/almaws/v1/users/0012", error.Path);
        Assert.Contains("402119 Boom", error.Message, StringComparison.Ordinal);
        Assert.Contains("0012", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/xml", Namespace)]
    [InlineData("application/json", Namespace)]
    [InlineData("text/plain", "")]
    public async Task Xml_error_is_read_whatever_it_says_it_is(string type, string ns)
    {
        string xml = $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <web_service_result {ns}><errorsExist>true</errorsExist><errorList><error>
            <errorCode>UNAUTHORIZED</errorCode><errorMessage>API-key not defined or not configured to allow this API.</errorMessage>
            </error></errorList></web_service_result>
            """;

        AlmaApiException error = await FailAsync(() => FakeAlma.Body(xml, type, 400));

        Assert.Equal(AlmaErrorKind.Unauthorized, error.Kind);
        Assert.Equal("UNAUTHORIZED", error.AlmaCode);
        Assert.Null(error.TrackingId);
        Assert.Contains("lacks the area Users", error.Message, StringComparison.Ordinal);
        Assert.Contains("NorthAmerica", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "{}", AlmaErrorKind.Unauthorized)]
    [InlineData(403, "", AlmaErrorKind.Forbidden)]
    [InlineData(404, "<html>no</html>", AlmaErrorKind.NotFound)]
    [InlineData(500, "", AlmaErrorKind.Server)]
    [InlineData(503, "<html><body>Maintenance</body></html>", AlmaErrorKind.Server)]
    [InlineData(408, "", AlmaErrorKind.Timeout)]
    [InlineData(429, "", AlmaErrorKind.RateLimit)]
    [InlineData(400, "<html>proxy</html>", AlmaErrorKind.Unreadable)]
    [InlineData(400, "{\"errorsExist\":true", AlmaErrorKind.Unreadable)]
    [InlineData(400, "{\"errorsExist\":true}", AlmaErrorKind.Refused)]
    public async Task Answer_without_error_list_is_known_by_its_status(int status, string body, AlmaErrorKind kind)
    {
        AlmaApiException error = await FailAsync(() => FakeAlma.Body(body, "application/json", status));

        Assert.Equal(kind, error.Kind);
        Assert.Equal(status, error.StatusCode);
    }

    [Theory]
    [InlineData("DAILY_THRESHOLD", 429, AlmaErrorKind.DailyLimit)]
    [InlineData("DAILY_THRESHOLD", 403, AlmaErrorKind.DailyLimit)]
    [InlineData("PER_SECOND_THRESHOLD", 429, AlmaErrorKind.RateLimit)]
    [InlineData("UNAUTHORIZED", 403, AlmaErrorKind.Unauthorized)]
    [InlineData("FORBIDDEN", 403, AlmaErrorKind.Forbidden)]
    [InlineData("ROUTING_ERROR", 503, AlmaErrorKind.Server)]
    [InlineData("GENERAL_ERROR", 500, AlmaErrorKind.Server)]
    [InlineData("GENERAL_ERROR", 400, AlmaErrorKind.Refused)]
    [InlineData("401652", 400, AlmaErrorKind.Refused)]
    public async Task Code_goes_before_status(string code, int status, AlmaErrorKind kind)
    {
        AlmaApiException error = await FailAsync(() => FakeAlma.Error(code, status: status));

        Assert.Equal(kind, error.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"primary_id\":\"0012\"")]
    [InlineData("{\"primary_id\":\"0012\"} trailing")]
    [InlineData("{\"primary_id\":\"0012\",\"primary_id\":\"0013\"}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("<user><primary_id>0012</primary_id></user>")]
    public async Task Good_status_with_a_bad_body_is_unreadable(string body)
    {
        AlmaApiException error = await FailAsync(() => FakeAlma.Body(body, "application/json", 200));

        Assert.Equal(AlmaErrorKind.Unreadable, error.Kind);
        Assert.DoesNotContain("0012\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_unreadable()
    {
        AlmaApiException error = await FailAsync(() => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent("{\"primary_id\":\"Zo"u8.ToArray().Append((byte)0xEB).Concat("\"}"u8.ToArray()).ToArray()),
        });

        Assert.Equal(AlmaErrorKind.Unreadable, error.Kind);
    }

    [Fact]
    public async Task Error_list_under_a_good_status_is_an_error()
    {
        AlmaApiException error = await FailAsync(() => FakeAlma.Error("401652", "Odd", 200));

        Assert.Equal("401652", error.AlmaCode);
    }

    [Fact]
    public async Task Right_json_under_a_wrong_content_type_is_read()
    {
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Body("\uFEFF{\"primary_id\":\"0012\"}", "text/html", 200));
        using AlmaClient client = alma.Connect();

        AlmaUserRecord? user = await client.GetUserAsync("0012", expand: true, default);

        Assert.Equal("0012", user!.PrimaryId.Value);
    }

    [Fact]
    public async Task Redirect_is_not_followed_and_names_the_host()
    {
        FakeAlma alma = FakeAlma.InTurn(() => new HttpResponseMessage(HttpStatusCode.Found)
        {
            Headers = { Location = new Uri("https://evil.example.org/steal?x=1") },
        });
        using AlmaClient client = alma.Connect();

        AlmaApiException error = await FakeAlma.FailsAsync(() => client.GetUserAsync("0012", expand: true, default));

        Assert.Equal(AlmaErrorKind.NotSent, error.Kind);
        Assert.Contains("evil.example.org", error.Message, StringComparison.Ordinal);
        Assert.Single(alma.Requests);
    }

    [Theory]
    [InlineData("401861")]
    [InlineData("401890")]
    public async Task User_that_alma_does_not_know_is_null(string code)
    {
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Error(code));
        using AlmaClient client = alma.Connect();

        Assert.Null(await client.GetUserAsync("0012", expand: true, default));
        Assert.Single(alma.Requests);
    }

    [Theory]
    [InlineData("""{"errorList":{"error":[{"errorCode":"401861"},{"errorCode":"60101"}]}}""", 400)]
    [InlineData("""{"errorList":{"error":[{"errorCode":"401861"}]}}""", 500)]
    [InlineData("""{"errorList":{"error":[{"errorCode":"60107"}]}}""", 400)]
    [InlineData("", 404)]
    public async Task Nothing_else_makes_a_user_gone(string body, int status)
    {
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Json(body, status));
        using AlmaClient client = alma.Connect();

        await FakeAlma.FailsAsync(() => client.GetUserAsync("0012", expand: true, default));
    }

    private static async Task<AlmaApiException> FailAsync(Func<HttpResponseMessage> answer)
    {
        FakeAlma alma = FakeAlma.InTurn(answer);
        using AlmaClient client = alma.Connect();
        return await FakeAlma.FailsAsync(() => client.GetUserAsync("0012", expand: true, default));
    }
}
