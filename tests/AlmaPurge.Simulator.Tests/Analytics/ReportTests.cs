using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Analytics;

public sealed class EmbeddedReportTests() : ReportTests(new EmbeddedDoor());

/// <summary>GET /analytics/reports.</summary>
public abstract class ReportTests(ITestDoor door) : EndpointTests(door)
{
    private static readonly XNamespace s_saw = "urn:saw-sql";

    private string Path(string report = "users")
    {
        return "analytics/reports?path=" + Uri.EscapeDataString(Simulator.ReportFolder + "/" + report);
    }

    private async Task<XElement> ResultAsync(string path)
    {
        return (await Client.GetXmlAsync(path)).Element("QueryResult")!;
    }

    private async Task<(int Status, string Code, string Message)> FailAsync(string path)
    {
        using HttpResponseMessage response = await Client.SendAsync(HttpMethod.Get, path);
        JObject body = TestClient.Parse(await response.Content.ReadAsStringAsync());
        JToken error = body["errorList"]!["error"]![0]!;
        return ((int)response.StatusCode, error["errorCode"]!.ToString(), error["errorMessage"]!.ToString());
    }

    private static XElement[] Rows(XElement result)
    {
        return [.. result.Descendants().Where(e => e.Name.LocalName == "Row")];
    }

    private static Dictionary<string, string> Columns(XElement result)
    {
        return result.Descendants()
            .Where(e => e.Attribute(s_saw + "columnHeading") is not null)
            .ToDictionary(e => e.Attribute(s_saw + "columnHeading")!.Value, e => e.Attribute("name")!.Value);
    }

    private static string? Cell(XElement row, string? column)
    {
        return row.Elements().FirstOrDefault(e => e.Name.LocalName == column)?.Value;
    }

    private static string Filter(string column, string value, string operation = "equal")
    {
        return "<sawx:expr xsi:type=\"sawx:comparison\" op=\"" + operation + "\""
            + " xmlns:sawx=\"com.siebel.analytics.web/expression/v1.1\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">"
            + $"<sawx:expr xsi:type=\"sawx:sqlExpression\">\"User Details\".\"{column}\"</sawx:expr>"
            + $"<sawx:expr xsi:type=\"xsd:string\">{value}</sawx:expr></sawx:expr>";
    }

    [Fact]
    public async Task Pages_follow_by_token_and_hold_everybody_once()
    {
        XElement page = await ResultAsync(Path() + "&limit=75");
        string token = page.Element("ResumptionToken")!.Value;
        string column = Columns(page)["Primary Identifier"];
        List<string> ids = [];
        bool first = true;
        while (true)
        {
            Assert.Equal(first, page.Element("ResumptionToken") is not null);
            Assert.Equal(first, page.Descendants().Any(e => e.Name.LocalName == "schema"));
            Assert.All(Rows(page), r => Assert.Equal("0", Cell(r, "Column0")));
            ids.AddRange(Rows(page).Select(r => Cell(r, column)!));
            if (page.Element("IsFinished")!.Value == "true")
            {
                break;
            }

            first = false;
            page = await ResultAsync($"analytics/reports?token={token}&limit=75");
        }

        Assert.Equal(Simulator.Users.Select(u => u.PrimaryId), ids);
        Assert.Equal((500, "420033", "No more rows to fetch."), await FailAsync("analytics/reports?token=" + token));
    }

    [Fact]
    public async Task Cells_without_a_value_are_left_out_and_columns_come_in_another_order()
    {
        XElement page = await ResultAsync(Path() + "&limit=1000");
        Dictionary<string, string> columns = Columns(page);
        Assert.Equal(15, columns.Count);
        Assert.Equal("Column0", columns["0"]);
        Assert.NotEqual("Column1", columns["Primary Identifier"]);
        foreach (XElement row in Rows(page))
        {
            SimulatedUser user = Simulator.FindUser(Cell(row, columns["Primary Identifier"])!)!;
            string? expiry = user.ExpiryDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.Equal(expiry, Cell(row, columns["Expiry Date"]));
            Assert.Equal(user.LastPatronActivityDate is null, Cell(row, columns["Last Activity Date"]) is null);
        }
    }

    [Fact]
    public async Task Fines_have_a_row_for_each_fee()
    {
        XElement page = await ResultAsync(Path("fines") + "&limit=1000");
        Dictionary<string, string> columns = Columns(page);
        Assert.Equal(Simulator.Users.Sum(u => u.Fees.Count), Rows(page).Length);
        Assert.Contains(Rows(page), r => Cell(r, columns["Fine Fee Status"]) == "In dispute");
    }

    [Fact]
    public async Task Headings_can_be_left_out()
    {
        XElement page = await ResultAsync(Path() + "&col_names=false");
        Assert.Empty(Columns(page));
        Assert.Equal(25, Rows(page).Length);
    }

    [Theory]
    [InlineData("User Group", "Graduate Students")]
    [InlineData("User Group Code", "GRAD")]
    public async Task A_prompted_column_filters(string column, string value)
    {
        XElement page = await ResultAsync(Path() + "&limit=1000&filter=" + Uri.EscapeDataString(Filter(column, value)));
        Assert.Equal(Simulator.Users.Count(u => u.UserGroup == "GRAD"), Rows(page).Length);
    }

    [Fact]
    public async Task Filters_compare_dates_are_joined_and_ignore_what_is_not_prompted()
    {
        string early = Filter("Expiry Date", "2025-01-01", "less");
        string both = "<sawx:expr xsi:type=\"sawx:logical\" op=\"and\""
            + " xmlns:sawx=\"com.siebel.analytics.web/expression/v1.1\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
            + early + Filter("User Group Code", "GRAD") + "</sawx:expr>";
        DateOnly day = new(2025, 1, 1);
        async Task<int> CountAsync(string filter)
        {
            return Rows(await ResultAsync(Path() + "&limit=1000&filter=" + Uri.EscapeDataString(filter))).Length;
        }

        Assert.Equal(Simulator.Users.Count(u => u.ExpiryDate < day), await CountAsync(early));
        Assert.Equal(Simulator.Users.Count(u => u.ExpiryDate < day && u.UserGroup == "GRAD"), await CountAsync(both));
        Assert.Equal(Simulator.Users.Count, await CountAsync(Filter("Status", "Active")));
        Assert.Equal("402119", await Client.GetErrorAsync(Path() + "&filter=nonsense"));
    }

    [Fact]
    public async Task Data_are_those_of_last_night()
    {
        SimulatedUser user = Simulator.Users[0];
        Simulator.UpdateUser(user.PrimaryId, s => s with { ExpiryDate = new DateOnly(2031, 1, 1) });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "new" });
        int before = Simulator.Users.Count - 1;
        async Task<(int Count, bool Changed)> ReadAsync()
        {
            XElement page = await ResultAsync(Path() + "&limit=1000");
            string expiry = Columns(page)["Expiry Date"];
            return (Rows(page).Length, Rows(page).Any(r => Cell(r, expiry) == "2031-01-01"));
        }

        Assert.Equal((before, false), await ReadAsync());
        Simulator.Clock.Advance(TimeSpan.FromHours(11.9));
        Assert.Equal((before, false), await ReadAsync());
        Simulator.Clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal((before + 1, true), await ReadAsync());
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "newer" });
        Simulator.LoadAnalytics();
        Assert.Equal((before + 2, true), await ReadAsync());
    }

    [Fact]
    public async Task A_purged_patron_is_reported_as_deleted_without_the_id()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "gone" });
        await Client.DeleteAsync("users/gone");
        Simulator.LoadAnalytics();
        XElement page = await ResultAsync(Path());
        XElement row = Assert.Single(Rows(page));
        Assert.Equal("Deleted", Cell(row, Columns(page)["Status"]));
        Assert.NotEqual("gone", Cell(row, Columns(page)["Primary Identifier"]));
    }

    [Fact]
    public async Task The_first_answer_may_be_empty_while_the_report_is_computed()
    {
        Use(new SimulatorOptions { UserCount = 5, EmptyReportAnswers = 2, RequestsPerSecond = 0 });
        for (int i = 0; i < 2; i++)
        {
            XElement empty = await ResultAsync(Path());
            Assert.Equal("false", empty.Element("IsFinished")!.Value);
            Assert.Null(empty.Element("ResumptionToken"));
            Assert.Empty(Rows(empty));
        }

        Assert.Equal(5, Rows(await ResultAsync(Path())).Length);
    }

    [Fact]
    public async Task In_json_the_report_is_a_text_of_xml()
    {
        JObject answer = await Client.GetAsync(Path() + "&limit=25");
        XElement result = XElement.Parse(Assert.Single(answer["anies"]!).ToString());
        Assert.Equal("QueryResult", result.Name.LocalName);
        Assert.Equal(25, Rows(result).Length);
    }

    [Fact]
    public async Task Limits_are_rounded_up_to_blocks_of_25()
    {
        Assert.Equal(50, Rows(await ResultAsync(Path() + "&limit=30")).Length);
        Assert.Equal("40166411", await Client.GetErrorAsync(Path() + "&limit=24"));
        Assert.Equal("40166411", await Client.GetErrorAsync(Path() + "&limit=1001"));
    }

    [Fact]
    public async Task Wrong_paths_and_tokens_are_refused()
    {
        (int status, string code, string message) = await FailAsync("analytics/reports?path=%2Fshared%2Fnone");
        Assert.Equal((500, "INTERNAL_SERVER_ERROR", "Path not found (/shared/none)"), (status, code, message));
        (status, _, message) = await FailAsync("analytics/reports?path=%2Fusers%2Fme%2Freport");
        Assert.Equal(500, status);
        Assert.Contains("access denied", message, StringComparison.Ordinal);
        Assert.Equal("402119", await Client.GetErrorAsync("analytics/reports"));
        Assert.Equal("402119", await Client.GetErrorAsync("analytics/reports?token=unknown"));
        TestClient other = Client.As(Simulator.AddKey("users:write"));
        using HttpResponseMessage refused = await other.SendAsync(HttpMethod.Get, Path());
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
