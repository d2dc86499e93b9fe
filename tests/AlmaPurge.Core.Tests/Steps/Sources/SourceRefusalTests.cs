using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Alma;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps.Sources;

/// <summary>What sources of Alma say where they are refused, break off or move: words that people act by.</summary>
public sealed class SourceRefusalTests : ReportTestBase
{
    [Fact]
    public async Task Report_that_is_not_given_is_told_with_Almas_words()
    {
        FakeAlma alma = new((_, _) => FakeAlma.Error("420033", "Path not found", 404));

        AlmaPurgeException error = await StopsAsync("ReportNotFound", () => ReportAsync(alma));

        Assert.Equal(
            "Alma does not give the report '/shared/Reports/who': Path not found. Give the path as the report's properties in Analytics "
                + "show it. The report must be in a shared folder of your institution (/shared/...), and the key needs the area Analytics.",
            error.Message);
    }

    [Fact]
    public async Task Report_that_breaks_off_is_told_each_time_and_in_the_end()
    {
        FakeAlma alma = new((request, _) => request.Uri.Contains("token=", StringComparison.Ordinal)
            ? FakeAlma.Error("INTERNAL_SERVER_ERROR", "no luck", status: 500)
            : FakeAlma.Xml(ReportPages.First("T1", false, "0001", "0002"), 200));

        AlmaPurgeException error = await StopsAsync("ReportIncomplete", () => ReportAsync(alma));

        Assert.StartsWith("The report '/shared/Reports/who' could not be read to its end (2 rows came): ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Nobody was let through. Try again later, make the report smaller with filters of its own, or export it to a file.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(2, Said.Warnings.Count);
        Assert.All(Said.Warnings, w => Assert.StartsWith(
            "The report 'who' broke off after 2 rows and is read from its beginning again. ", w, StringComparison.Ordinal));
    }

    [Fact]
    public async Task First_page_that_never_comes_is_Almas_trouble_and_is_not_read_again()
    {
        FakeAlma alma = new((_, _) => FakeAlma.Error("INTERNAL_SERVER_ERROR", status: 500));

        Assert.Equal(AlmaErrorKind.Server, (await FakeAlma.FailsAsync(() => ReportAsync(alma))).Kind);

        Assert.Empty(Said.Warnings);
    }

    [Fact]
    public async Task First_page_that_cannot_be_understood_is_an_incomplete_report()
    {
        FakeAlma alma = new((_, _) => FakeAlma.Xml("<report><Query", 200));

        AlmaPurgeException error = await StopsAsync("ReportIncomplete", () => ReportAsync(alma));

        Assert.Contains("(0 rows came)", error.Message, StringComparison.Ordinal);
        Assert.Empty(Said.Warnings);
    }

    [Fact]
    public async Task Day_that_ends_in_the_middle_of_a_report_is_no_reason_to_begin_again()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 2_600, DailyLimit = 2 });
        using AlmaClient client = Connect(alma);

        await FakeAlma.FailsAsync(() => ReportAsync(client, alma.ReportFolder + "/users"));

        Assert.Empty(Said.Warnings);
        Assert.InRange(alma.Requests.Count, 2, 3);
    }

    [Fact]
    public async Task Reports_that_were_read_are_named_with_their_age()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 20 });
        using AlmaClient client = Connect(alma);
        string path = alma.ReportFolder + "/users";

        await ReportSource.OfPatrons(client, Said).ReadAsync([path, path], null, TableOptions.Default, default);

        Assert.Equal(
            "Analytics is loaded overnight, so 'users', 'users' may be a day old: what has happened since is not in it. The live check "
                + "of each patron (Confirm-AlmaPurgeCandidate) decides by what is so now.",
            Assert.Single(Said.Warnings));
    }

    [Fact]
    public async Task Fines_report_of_nobody_is_told_with_what_is_wrong()
    {
        string schema = ReportPages.Schema(("Column1", "Primary Identifier"), ("Column2", "Remaining Amount"));
        string nobody = ReportPages.Row(("Column2", "5")) + ReportPages.Row(("Column1", "Grand Total"), ("Column2", "5"));

        async Task<string> MessageAsync(string rows)
        {
            using AlmaClient client = FakeAlma.InTurn(() => FakeAlma.Xml(ReportPages.Page(null, true, schema, rows), 200)).Connect();
            return (await Assert.ThrowsAsync<TableException>(() => FinesAsync(client, "/shared/f"))).Message;
        }

        Assert.Contains("the report has no rows.", await MessageAsync(""), StringComparison.Ordinal);
        Assert.Contains("no row has a primary identifier.", await MessageAsync(nobody), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_cannot_be_told_apart_are_named_with_the_way_out()
    {
        string page = ReportPages.Page(
            null,
            true,
            ReportPages.Schema(
                ("Column1", "Primary Identifier", "User Details", "string"),
                ("Column2", "Expiry Date", "User Details", "date"),
                ("Column3", "Expiry Date", "Borrower", "date")),
            ReportPages.Row(("Column1", "0001")));

        TableException error = await Assert.ThrowsAsync<TableException>(
            () => ReportAsync(FakeAlma.InTurn(() => FakeAlma.Xml(page, 200))));

        Assert.Contains(
            "the report has several columns 'Expiry Date': 'User Details Expiry Date', 'Borrower Expiry Date'.", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Remove all but one of them from the report, or name the right one in -ColumnMap @{ ExpiryDate = 'User Details Expiry Date' }.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<filter/>", "it begins with the element 'filter' and not with 'expr'.")]
    [InlineData("User Group = 'Graduate'", "it is no XML: ")]
    public void Filter_that_is_none_is_told_with_what_one_looks_like(string given, string why)
    {
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => ReportFilter.Normalize(given));

        Assert.StartsWith("The filter of the report cannot be used: " + why, error.Message, StringComparison.Ordinal);
        Assert.Equal(
            "Give one expression with its namespaces, as on the Advanced page of the report in Analytics: "
                + "<sawx:expr xsi:type=\"sawx:comparison\" op=\"equal\" xmlns:sawx=... >...</sawx:expr>.",
            error.NextStep);
    }

    [Fact]
    public void Path_of_nothing_is_told_with_what_one_looks_like() => Assert.Equal(
        "' / ' is no path of an Analytics report. Give the path as the report's properties in Analytics show it, such as "
            + "'/shared/My University 01INST/Reports/expired'.",
        Assert.Throws<AlmaPurgeException>(() => ReportPath.Normalize(" / ")).Message);

    [Theory]
    [InlineData("/shared/My%20University/who", "/shared/My University/who")]
    [InlineData("/shared/My University%2fwho", "/shared/My University/who")]
    public void Path_of_which_only_some_is_encoded_is_decoded(string given, string path) =>
        Assert.Equal(path, ReportPath.Normalize(given));

    [Theory]
    [InlineData("""{"id":"1","name":"odd","content":{"value":"BIB_MMS"},"type":{"value":"ITEMIZED"}}""", "SetNotOfUsers",
        "The set 'odd' (1) holds BIB_MMS and not users. Give a set with the content type User.")]
    [InlineData("""{"id":"1","name":"odd","type":{"value":"ITEMIZED"}}""", "SetNotOfUsers",
        "The set 'odd' (1) holds nobody knows what and not users. Give a set with the content type User.")]
    [InlineData("""{"id":"1","name":"odd","content":{"value":"USER"},"type":{"value":"ITEMIZED"},"member":[],"total_record_count":0}""", "SetEmpty",
        "The set 'odd' (1) has no members. Make sure that it is the right set.")]
    public async Task Set_that_will_not_do_is_told_as_such(string set, string id, string message)
    {
        using AlmaClient client = FakeAlma.Saying(set).Connect();

        Assert.Equal(message, (await StopsAsync(id, () => new SetSource(client, Said).ReadByIdAsync("1", default))).Message);
    }

    [Fact]
    public async Task Set_that_is_not_there_or_not_alone_is_told_as_such()
    {
        const string list = "List the itemized ones with Get-AlmaUserSet. A private set may be seen by its owner alone: make it public in Alma.";
        const string twins = """
            {"set":[{"id":"1","name":"twin","content":{"value":"USER"}},{"id":"2","name":"twin","content":{"value":"USER"}}],"total_record_count":2}
            """;
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 1 });
        using AlmaClient client = Connect(alma);
        using AlmaClient two = FakeAlma.Saying(twins).Connect();

        async Task<string> MessageAsync(string id, Func<Task> read) => (await StopsAsync(id, read)).Message;

        Assert.Equal($"Alma has no user set named 'x'. {list}", await MessageAsync("SetNotFound", () => new SetSource(client, Said).ReadByNameAsync("x", default)));
        Assert.Equal($"Alma has no set with the id '1'. {list}", await MessageAsync("SetNotFound", () => new SetSource(client, Said).ReadByIdAsync("1", default)));
        Assert.Equal(
            "Alma has several user sets named 'twin': 1, 2. Give the id of one with -SetId.",
            await MessageAsync("SetAmbiguous", () => new SetSource(two, Said).ReadByNameAsync("twin", default)));
    }

    private static Task<AlmaPurgeException> StopsAsync(string id, Func<Task> work) => PurgeWorldSteps.StopsAsync(id, work);
}
