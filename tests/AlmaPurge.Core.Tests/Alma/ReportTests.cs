using System.Net;
using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

/// <summary>Analytics reports with all that was seen of them in life.</summary>
public sealed class ReportTests
{
    private const string Path = "/shared/My University 01INST/Reports/who & what";

    private static readonly AlmaReportRequest s_report = new(Path);

    [Fact]
    public async Task First_call_names_the_path_and_the_others_the_token_with_everything_else_the_same()
    {
        FakeAlma alma = Answering(
            ReportPages.First("T1", false, "0001"), ReportPages.Next(false, "0002"), ReportPages.Next(true, "0003"));

        Assert.Equal(["0001", "0002", "0003"], await IdsAsync(alma, s_report with { Filter = "<x a=\"1\"/>" }));

        const string Root = "https://api-na.hosted.exlibrisgroup.com/almaws/v1/analytics/reports?";
        Assert.Equal(
            [
                Root + "path=%2Fshared%2FMy%20University%2001INST%2FReports%2Fwho%20%26%20what&limit=1000&col_names=true&filter=%3Cx%20a%3D%221%22%2F%3E",
                Root + "token=T1&limit=1000&col_names=true",
                Root + "token=T1&limit=1000&col_names=true",
            ],
            alma.Requests.Select(r => r.Uri));
        Assert.All(alma.Requests, r => Assert.Equal(("GET", "application/xml"), (r.Method, r.Accept)));
    }

    [Fact]
    public async Task Token_of_a_later_page_replaces_the_first_one_and_an_empty_one_does_not()
    {
        FakeAlma alma = Answering(
            ReportPages.First("T1", false, "0001"),
            ReportPages.Page("", false, "", ReportPages.Rows("0002")),
            ReportPages.Page("T2", false, "", ReportPages.Rows("0003")),
            ReportPages.Next(true, "0004"));

        Assert.Equal(4, (await IdsAsync(alma)).Count);
        Assert.Equal(["path", "T1", "T1", "T2"], alma.Requests.Select(r => Query(r, "token") ?? "path"));
    }

    [Fact]
    public async Task Report_that_is_being_computed_is_asked_for_again_by_its_path()
    {
        FakeAlma alma = Answering(ReportPages.Computing, ReportPages.Computing, ReportPages.First(null, true, "0001"));

        Assert.Equal(["0001"], await IdsAsync(alma));
        Assert.Equal([Path, Path, Path], alma.Requests.Select(r => Query(r, "path")));
        Assert.Equal(2, alma.Time.Waits.Count(w => w == TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task Report_that_is_never_computed_is_an_error_in_the_end()
    {
        FakeAlma alma = Answering(ReportPages.Computing);

        AlmaApiException error = await FakeAlma.FailsAsync(() => IdsAsync(alma));

        Assert.Equal(AlmaErrorKind.Unreadable, error.Kind);
        Assert.Equal(101, alma.Requests.Count);
    }

    [Fact]
    public async Task Cells_belong_to_the_column_of_their_name_and_those_without_a_value_are_missing()
    {
        const string Rows = "<r:Row><r:Column0>0</r:Column0><r:Column2>0002</r:Column2></r:Row>"
            + "<r:Row><r:Column2>0003</r:Column2><r:Column1>2020-01-31</r:Column1></r:Row>"
            + "<r:Row><r:Column0>0</r:Column0></r:Row>";
        string prefixed = ReportPages.First(null, true)
            .Replace("<rowset xmlns=", "<r:rowset xmlns:r=", StringComparison.Ordinal)
            .Replace("</rowset>", Rows + "</r:rowset>", StringComparison.Ordinal);

        AlmaReportPage page = (await Answering(prefixed).Connect().ReadReportAsync(s_report, default).ToListAsync()).Single();

        Assert.Equal(["0", "Expiry Date", "Primary Identifier"], page.Columns.Select(c => c.Heading));
        Assert.Equal(
            [["0", null, "0002"], [null, "2020-01-31", "0003"], ["0", null, null]], page.Rows);
    }

    [Fact]
    public async Task Report_may_come_as_text_within_JSON()
    {
        string xml = ReportPages.First(null, true, "0001 \"ä\" <1>");
        FakeAlma alma = FakeAlma.Saying($"{{\"anies\":[{Newtonsoft.Json.JsonConvert.ToString(xml)}]}}");

        Assert.Equal(["0001 \"ä\" <1>"], await IdsAsync(alma));
    }

    [Fact]
    public async Task No_more_rows_is_the_end_of_a_report_that_gave_some()
    {
        FakeAlma alma = FakeAlma.InTurn(
            () => FakeAlma.Xml(ReportPages.First("T1", false, "0001"), 200),
            () => FakeAlma.Error("420033", "No more rows to fetch", 500));

        Assert.Equal(["0001"], await IdsAsync(alma));
        Assert.Equal(2, alma.Requests.Count);
    }

    [Fact]
    public async Task No_more_rows_proves_nothing_of_a_report_that_gave_none()
    {
        FakeAlma alma = FakeAlma.InTurn(
            () => FakeAlma.Xml(ReportPages.First("T1", false), 200),
            () => FakeAlma.Error("420033", "No more rows to fetch", 500));

        Assert.Equal("420033", (await FakeAlma.FailsAsync(() => IdsAsync(alma))).AlmaCode);
    }

    [Fact]
    public async Task Report_without_rows_gives_one_page_without_rows()
    {
        const string Bare = "<report><QueryResult><IsFinished>true</IsFinished><ResultXml/></QueryResult></report>";

        AlmaReportPage page = (await Answering(Bare).Connect().ReadReportAsync(s_report, default).ToListAsync()).Single();
        AlmaReportPage with = (await Answering(ReportPages.First(null, true)).Connect()
            .ReadReportAsync(s_report, default).ToListAsync()).Single();

        Assert.Equal((0, 0), (page.Rows.Count, page.Columns.Count));
        Assert.Equal((0, 3), (with.Rows.Count, with.Columns.Count));
    }

    [Theory]
    [InlineData("token", "<report><QueryResult><IsFinished>false</IsFinished><ResultXml><rowset>{schema}{row}</rowset></ResultXml></QueryResult></report>")]
    [InlineData("last one", "<report><QueryResult><ResultXml><rowset>{schema}{row}</rowset></ResultXml></QueryResult></report>")]
    [InlineData("last one", "<report><QueryResult><IsFinished>perhaps</IsFinished></QueryResult></report>")]
    [InlineData("schema", "<report><QueryResult><IsFinished>true</IsFinished><ResultXml><rowset>{row}</rowset></ResultXml></QueryResult></report>")]
    [InlineData("Column7", "<report><QueryResult><IsFinished>true</IsFinished><ResultXml><rowset>{schema}<Row><Column7>1</Column7></Row></rowset></ResultXml></QueryResult></report>")]
    [InlineData("two values", "<report><QueryResult><IsFinished>true</IsFinished><ResultXml><rowset>{schema}<Row><Column2>1</Column2><Column2>2</Column2></Row></rowset></ResultXml></QueryResult></report>")]
    [InlineData("two columns", "<report><QueryResult><IsFinished>true</IsFinished><ResultXml><rowset>{schema}{schema}</rowset></ResultXml></QueryResult></report>", "<x:schema xmlns:x=\"x\"><x:element name=\"Column2\"/><x:element name=\"Column2\"/></x:schema>")]
    [InlineData("no report", "<report/>")]
    [InlineData("breaks off", "<report><QueryResult><IsFinished>true</IsFinished><ResultXml><rowset>")]
    public async Task Page_that_is_not_what_it_must_be_is_an_error(string about, string page, string? schema = null)
    {
        string text = page
            .Replace("{schema}", schema ?? ReportPages.Schema(("Column1", "Expiry Date"), ("Column2", "Primary Identifier")), StringComparison.Ordinal)
            .Replace("{row}", ReportPages.Rows("0001").Replace("<Column0>0</Column0>", "", StringComparison.Ordinal), StringComparison.Ordinal);

        AlmaApiException error = await FakeAlma.FailsAsync(() => IdsAsync(Answering(text)));

        Assert.Equal(AlmaErrorKind.Unreadable, error.Kind);
        Assert.Contains(about, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0001", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_page_with_other_columns_is_an_error()
    {
        FakeAlma alma = Answering(
            ReportPages.First("T1", false, "0001"),
            ReportPages.Page(null, true, ReportPages.Schema(("Column0", "0"), ("Column2", "Expiry Date")), ReportPages.Rows("0002")));

        Assert.Contains("other columns", (await FakeAlma.FailsAsync(() => IdsAsync(alma))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "INTERNAL_SERVER_ERROR")]
    [InlineData(503, "ROUTING_ERROR")]
    [InlineData(504, null)]
    [InlineData(200, null)]
    public async Task Page_by_token_is_never_asked_for_twice_since_Alma_would_give_the_next_one(int status, string? code)
    {
        FakeAlma alma = FakeAlma.InTurn(
            () => FakeAlma.Xml(ReportPages.First("T1", false, "0001"), 200),
            () => code is not null ? FakeAlma.Error(code, status: status) : FakeAlma.Body("", "text/plain", status),
            () => FakeAlma.Xml(ReportPages.Next(true, "0003"), 200));

        await FakeAlma.FailsAsync(() => IdsAsync(alma));

        Assert.Equal(2, alma.Requests.Count);
        Assert.Equal([null, ""], alma.Requests.Select(r => r.Body));
    }

    [Fact]
    public async Task Page_by_token_that_the_gateway_refused_is_asked_for_again()
    {
        FakeAlma alma = FakeAlma.InTurn(
            () => FakeAlma.Xml(ReportPages.First("T1", false, "0001"), 200),
            () => FakeAlma.Error("PER_SECOND_THRESHOLD", status: 429),
            () => FakeAlma.Xml(ReportPages.Next(true, "0002"), 200));

        Assert.Equal(["0001", "0002"], await IdsAsync(alma));
    }

    [Fact]
    public async Task First_call_is_repeated_like_any_read()
    {
        FakeAlma alma = FakeAlma.InTurn(
            () => FakeAlma.Error("INTERNAL_SERVER_ERROR", status: 500),
            () => FakeAlma.Xml(ReportPages.First(null, true, "0001"), 200));

        Assert.Equal(["0001"], await IdsAsync(alma));
    }

    [Theory]
    [InlineData("Path not found (/x)", AlmaErrorKind.NotFound)]
    [InlineData("access denied - make sure the report is saved in a shared folder", AlmaErrorKind.Forbidden)]
    public async Task Wrong_path_is_told_from_an_outage_and_asked_once(string message, AlmaErrorKind kind)
    {
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Error("INTERNAL_SERVER_ERROR", message, 500));

        Assert.Equal(kind, (await FakeAlma.FailsAsync(() => IdsAsync(alma))).Kind);
        Assert.Single(alma.Requests);
    }

    [Fact]
    public async Task The_same_words_about_a_user_say_nothing_of_the_kind()
    {
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Error("INTERNAL_SERVER_ERROR", "Path not found (/x)", 500));

        AlmaApiException error = await FakeAlma.FailsAsync(() => alma.Connect().GetUserAsync("u1", expand: true, default));

        Assert.Equal(AlmaErrorKind.Server, error.Kind);
    }

    [Fact]
    public async Task Web_page_and_error_list_are_no_report()
    {
        FakeAlma page = FakeAlma.InTurn(() => FakeAlma.Body("<!doctype html><HTML><body>Sign in</body></HTML>", "text/html", 200));
        FakeAlma list = FakeAlma.InTurn(() => FakeAlma.Xml(
            "<web_service_result><errorList><error><errorCode>402119</errorCode></error></errorList></web_service_result>", 200));

        Assert.Equal(AlmaErrorKind.Unreadable, (await FakeAlma.FailsAsync(() => IdsAsync(page))).Kind);
        Assert.Equal("402119", (await FakeAlma.FailsAsync(() => IdsAsync(list))).AlmaCode);
    }

    private static FakeAlma Answering(params string[] pages) => FakeAlma.InTurn(
        [.. pages.Select<string, Func<HttpResponseMessage>>(p => () => FakeAlma.Xml(p, 200))]);

    private static async Task<List<string?>> IdsAsync(FakeAlma alma, AlmaReportRequest? report = null)
    {
        using AlmaClient client = alma.Connect();
        List<string?> ids = [];
        await foreach (AlmaReportPage page in client.ReadReportAsync(report ?? s_report, default))
        {
            ids.AddRange(page.Rows.Select(r => r[^1]));
        }

        return ids;
    }

    private static string? Query(SeenRequest request, string name) =>
        new Uri(request.Uri).Query.TrimStart('?').Split('&')
            .Where(p => p.StartsWith(name + "=", StringComparison.Ordinal))
            .Select(p => WebUtility.UrlDecode(p[(name.Length + 1)..]))
            .FirstOrDefault();
}
