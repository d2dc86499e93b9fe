using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tests.Alma;
using AlmaPurge.Simulator;

namespace AlmaPurge.Core.Tests.Steps.Sources;

/// <summary>A report read through the API is judged like the file that people export of it, or it is an error.</summary>
public sealed class ReportSourceTests : ReportTestBase
{
    [Fact]
    public async Task Report_is_judged_row_by_row_like_its_export()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 2_600 });
        using AlmaClient client = Connect(alma);
        string export = Path.Combine(Folder, "users");
        alma.ExportUsers(export);

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) =
            Import(NewRun(), ReadTables(await ReportAsync(client, alma.ReportFolder + "/users")));
        (PurgeRun same, List<AlmaPurgeCandidate> likewise) = Import(NewRun(), Read(export));

        Assert.Equal(
            likewise.Select(c => (c.PrimaryId, c.ExpiryDate, c.LastActivityDate, c.PurgeDate)),
            candidates.Select(c => (c.PrimaryId, c.ExpiryDate, c.LastActivityDate, c.PurgeDate)));
        Assert.Equal(Exclusions(same), Exclusions(run));
        Assert.True(candidates.Count > 500);
        Assert.Equal(3, alma.Requests.Count(r => r.Path.Contains("analytics/reports", StringComparison.Ordinal)));
        Assert.Contains(Said.Warnings, w => w.Contains("a day old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fines_report_takes_off_the_same_patrons_as_its_export()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 600 });
        using AlmaClient client = Connect(alma);
        alma.ExportFines(Path.Combine(Folder, "fines"));
        string[] everybody = [.. alma.Users.Select(u => u.PrimaryId)];

        List<string> byReport = Subtract(everybody, await FinesAsync(client, alma.ReportFolder + "/fines"));
        List<string> byFile = Subtract(
            everybody,
            FinesTable.Load([Path.Combine(Folder, "fines")], TableOptions.Default, allowEmpty: false, Said, default));

        Assert.NotEmpty(byReport);
        Assert.Equal(
            byFile.Select(e => e.Replace("fines file", "fines report", StringComparison.Ordinal)), byReport);
    }

    [Theory]
    [InlineData("truncatedBody@2")]
    [InlineData("serverError@3")]
    [InlineData("resetConnection@2")]
    public async Task Report_that_breaks_off_is_read_from_its_beginning_again(string fault)
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 2_600, Faults = [fault] });
        using AlmaClient client = Connect(alma);

        TableSource report = await ReportAsync(client, alma.ReportFolder + "/users");

        Assert.Equal(2_600, ReadTables(report).RowCount);
        Assert.Contains(Said.Warnings, w => w.Contains("beginning again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Throttled_report_goes_on_where_it_was()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 2_600, Faults = ["throttle@2"] });
        using AlmaClient client = Connect(alma);

        Assert.Equal(2_600, ReadTables(await ReportAsync(client, alma.ReportFolder + "/users")).RowCount);
        Assert.DoesNotContain(Said.Warnings, w => w.Contains("beginning again", StringComparison.Ordinal));
        Assert.Equal(4, alma.Requests.Count);
    }

    [Fact]
    public async Task Report_that_breaks_off_again_and_again_lets_nobody_through()
    {
        FakeAlma alma = new((request, _) => request.Uri.Contains("token=", StringComparison.Ordinal)
            ? FakeAlma.Error("INTERNAL_SERVER_ERROR", status: 500)
            : FakeAlma.Xml(ReportPages.First("T1", false, "0001", "0002"), 200));

        AlmaPurgeException error = await StopsAsync("ReportIncomplete", () => ReportAsync(alma));

        Assert.Contains("2 rows", error.Message, StringComparison.Ordinal);
        Assert.Equal("/shared/Reports/who", error.Target);
        Assert.Equal(3, alma.Requests.Count(r => r.Uri.Contains("path=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Report_is_waited_for_while_it_is_computed()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 50, EmptyReportAnswers = 4 });
        using AlmaClient client = Connect(alma);

        Assert.Equal(50, ReadTables(await ReportAsync(client, alma.ReportFolder + "/users")).RowCount);
        Assert.Equal(5, alma.Requests.Count);
    }

    [Fact]
    public async Task Day_without_calls_says_so_by_itself()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 2_600, DailyLimit = 2 });
        using AlmaClient client = Connect(alma);

        AlmaApiException error = await FakeAlma.FailsAsync(() => ReportAsync(client, alma.ReportFolder + "/users"));

        Assert.Equal(AlmaErrorKind.DailyLimit, error.Kind);
    }

    [Theory]
    [InlineData("/shared/Elsewhere/users")]
    [InlineData("/users/librarian/users")]
    public async Task Wrong_path_is_told_with_what_Alma_says(string path)
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 10 });
        using AlmaClient client = Connect(alma);

        AlmaPurgeException error = await StopsAsync("ReportNotFound", () => ReportAsync(client, path));

        Assert.Contains("shared folder", error.Message, StringComparison.Ordinal);
        Assert.Single(alma.Requests);
    }

    [Fact]
    public async Task Empty_report_is_an_error_as_an_empty_file_is()
    {
        const string Bare = "<report><QueryResult><IsFinished>true</IsFinished><ResultXml/></QueryResult></report>";
        foreach (string page in new[] { Bare, ReportPages.First(null, true) })
        {
            TableSource empty = await ReportAsync(FakeAlma.InTurn(() => FakeAlma.Xml(page, 200)));
            TableException error = Assert.Throws<TableException>(() => ReadTables(empty));
            Assert.Equal((TableErrorKind.Empty, "/shared/Reports/who"), (error.Kind, error.Path));
            Assert.Equal("who: the report has no rows. Check the filters of the report.", error.Message);

            using AlmaClient client = FakeAlma.InTurn(() => FakeAlma.Xml(page, 200)).Connect();
            Assert.Equal(
                TableErrorKind.Empty,
                (await Assert.ThrowsAsync<TableException>(() => FinesAsync(client, "/shared/f"))).Kind);
            Assert.Equal(0, (await FinesAsync(client, "/shared/f", allowEmpty: true)).PatronCount);
        }
    }

    [Fact]
    public async Task Row_without_any_value_that_is_read_still_counts_and_is_kept()
    {
        string page = ReportPages.Page(
            null,
            true,
            ReportPages.Schema(("Column1", "Last Name"), ("Column2", "Primary Identifier")),
            ReportPages.Row(("Column1", "Doe")) + ReportPages.Row(("Column2", "0001")) + ReportPages.Row());
        TableSource report = await ReportAsync(FakeAlma.InTurn(() => FakeAlma.Xml(page, 200)));

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), ReadTables(report));

        Assert.Equal(["0001"], candidates.Select(c => c.PrimaryId));
        Assert.Equal("MissingPrimaryId 2", Kept(run));
        Assert.DoesNotContain("Doe", File.ReadAllText(Path.Combine(run.Folder!, run.Document.Inputs[0].Archive!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_heading_in_two_folders_is_refused_unless_the_map_names_one()
    {
        string page = ReportPages.Page(
            null,
            true,
            ReportPages.Schema(
                ("Column1", "Primary Identifier", "User Details", "string"),
                ("Column2", "Expiry Date", "User Details", "date"),
                ("Column3", "Expiry Date", "Borrower", "date")),
            ReportPages.Row(("Column1", "0001"), ("Column2", "2020-01-01"), ("Column3", "2030-01-01")));
        FakeAlma alma = FakeAlma.InTurn(() => FakeAlma.Xml(page, 200));

        TableException error = await Assert.ThrowsAsync<TableException>(() => ReportAsync(alma));
        TableSource report = await ReportAsync(alma, new TableOptions
        {
            ColumnMap = new Dictionary<string, string> { ["ExpiryDate"] = "User Details Expiry Date" },
        });

        Assert.Equal(TableErrorKind.DuplicateColumn, error.Kind);
        Assert.Contains("'Borrower Expiry Date'", error.Message, StringComparison.Ordinal);
        Assert.Equal(new DateTime(2020, 1, 1), Import(NewRun(), ReadTables(report)).Candidates.Single().ExpiryDate);
    }

    [Fact]
    public async Task Report_without_primary_identifier_is_told_with_the_headings_that_it_has()
    {
        string page = ReportPages.Page(null, true, ReportPages.Schema(("Column1", "User Group")), ReportPages.Row(("Column1", "x")));

        TableException error = await Assert.ThrowsAsync<TableException>(() => ReportAsync(FakeAlma.InTurn(() => FakeAlma.Xml(page, 200))));

        Assert.Equal(TableErrorKind.NoIdColumn, error.Kind);
        Assert.Contains("'User Group'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("double", "1.25E1", "12.5")]
    [InlineData("double", "1.250", "1.25")]
    [InlineData("decimal", "0.0", "0")]
    [InlineData("string", "1.250", "1250")]
    public async Task Amount_of_a_number_column_has_a_decimal_point(string type, string written, string owed)
    {
        string page = ReportPages.Page(
            null,
            true,
            ReportPages.Schema(
                ("Column1", "Primary Identifier", "", "string"),
                ("Column2", "Remaining Amount", "", type)),
            ReportPages.Row(("Column1", "0001"), ("Column2", written)));
        using AlmaClient client = FakeAlma.InTurn(() => FakeAlma.Xml(page, 200)).Connect();

        PurgeRun run = NewRun();
        run.Patrons.AddCandidates(["0001"]);
        using SubtractStep step = new(run, await FinesAsync(client, "/shared/f"), Said);
        List<AlmaPurgeCandidate> left = [.. step.Run(run.RemainingCandidates().ToList(), default)];

        Assert.Equal(owed == "0", left.Count == 1);
        Assert.All(run.Patrons.Exclusions(), e => Assert.Contains(owed, e.Evidence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_read_is_recorded_and_the_copy_is_imported_like_the_report()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 300 });
        using AlmaClient client = Connect(alma);
        string path = alma.ReportFolder + "/users";
        string filter = Filter("User Group Code", "UNDRGRD");

        (PurgeRun run, List<AlmaPurgeCandidate> candidates) = Import(NewRun(), ReadTables(await ReportAsync(client, path, filter)));
        (PurgeRun again, _) = Import(NewRun(), ReadTables(await ReportAsync(client, path, filter)));
        RunInput input = run.Document.Inputs.Single();
        (PurgeRun copy, List<AlmaPurgeCandidate> same) =
            Import(NewRun(), Read(Path.Combine(run.Folder!, input.Archive!)));

        Assert.Equal(("users", path, filter), (input.Name, input.Report, input.Filter));
        Assert.Equal(input, again.Document.Inputs.Single());
        Assert.Equal(64, input.Sha256!.Length);
        Assert.Equal(candidates.Select(c => c.PrimaryId), same.Select(c => c.PrimaryId));
        Assert.Equal(Kept(run), Kept(copy));
        Assert.DoesNotContain("OtherUserGroup", Kept(run), StringComparison.Ordinal);
        Assert.Equal(run.Document.Inputs, Store.Open(run.Folder!).Document.Inputs);
    }

    [Fact]
    public async Task Preview_of_a_report_leaves_nothing_on_disk()
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 30 });
        using AlmaClient client = Connect(alma);

        (PurgeRun run, _) = Import(NewRun(preview: true), ReadTables(await ReportAsync(client, alma.ReportFolder + "/users")));

        Assert.True(run.Patrons.Count > 0);
        Assert.False(Directory.Exists(Path.Combine(Folder, "runs")));
        Assert.All(alma.Requests, r => Assert.Equal("GET", r.Method));
    }

    [Theory]
    [InlineData("/shared/My University 01INST/Reports/who")]
    [InlineData("shared/My University 01INST/Reports/who/")]
    [InlineData("  \"/shared/My University 01INST/Reports/who\" ")]
    [InlineData("/shared/My%20University%2001INST/Reports/who")]
    [InlineData("%2Fshared%2FMy%20University%2001INST%2FReports%2Fwho")]
    [InlineData("%2fshared%2FMy+University+01INST%2FReports%2Fwho")]
    [InlineData("//shared//My University 01INST/Reports//who")]
    public void Path_may_be_given_as_people_have_it(string given) =>
        Assert.Equal("/shared/My University 01INST/Reports/who", ReportPath.Normalize(given));

    [Theory]
    [InlineData("/shared/100% + more/a+b", "/shared/100% + more/a+b")]
    [InlineData("%2Fshared%2Fa%2Bb", "/shared/a+b")]
    public void Path_keeps_what_is_not_encoded(string given, string path) => Assert.Equal(path, ReportPath.Normalize(given));

    [Theory]
    [InlineData("")]
    [InlineData(" / ")]
    public void Path_of_nothing_is_refused(string given) =>
        Assert.Equal("ReportPathEmpty", Assert.Throws<AlmaPurgeException>(() => ReportPath.Normalize(given)).Id);

    [Fact]
    public void Filter_goes_on_one_line_with_its_apostrophes_written_out()
    {
        string filter = ReportFilter.Normalize(
            " \r\n<sawx:expr xsi:type=\"sawx:comparison\" op=\"equal\"\n\t xmlns:sawx=\"s\" xmlns:xsi=\"x\">\r\n\t<sawx:expr>\"User Details\".\"User\tGroup\"</sawx:expr>\n"
                + "<sawx:expr>Men's</sawx:expr></sawx:expr>");

        Assert.Equal(
            "<sawx:expr xsi:type=\"sawx:comparison\" op=\"equal\" xmlns:sawx=\"s\" xmlns:xsi=\"x\"><sawx:expr>\"User Details\".\"User Group\"</sawx:expr>"
                + "<sawx:expr>Men&apos;s</sawx:expr></sawx:expr>",
            filter);
    }

    [Theory]
    [InlineData("User Group = 'Graduate'")]
    [InlineData("<sawx:expr op=\"equal\"/>")]
    [InlineData("<filter/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><expr>&b;</expr>")]
    public async Task Filter_that_is_none_is_refused_before_anything_is_asked(string given)
    {
        AlmaSimulator alma = NewSimulator(new SimulatorOptions { UserCount = 10 });
        using AlmaClient client = Connect(alma);

        await StopsAsync("ReportFilterInvalid", () => ReportAsync(client, alma.ReportFolder + "/users", given));

        Assert.Empty(alma.Requests);
    }

    private static string Filter(string column, string value) => string.Create(
        CultureInfo.InvariantCulture,
        $"<sawx:expr xsi:type=\"sawx:comparison\" op=\"equal\" xmlns:sawx=\"com.siebel.analytics.web/expression/v1.1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><sawx:expr xsi:type=\"sawx:sqlExpression\">\"User Details\".\"{column}\"</sawx:expr><sawx:expr xsi:type=\"xsd:string\">{value}</sawx:expr></sawx:expr>");

    private List<string> Subtract(string[] candidates, FinesTable fines)
    {
        PurgeRun run = NewRun();
        run.Patrons.AddCandidates(candidates);
        using SubtractStep step = new(run, fines, Said);
        _ = step.Run(run.RemainingCandidates().ToList(), default).Count();
        return Exclusions(run);
    }

    private static Task<AlmaPurgeException> StopsAsync(string id, Func<Task> work) => PurgeWorldSteps.StopsAsync(id, work);
}
