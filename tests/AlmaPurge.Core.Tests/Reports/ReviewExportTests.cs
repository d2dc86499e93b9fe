using System.IO.Compression;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Tests.Reports;

/// <summary>What is in the review workbook, and when it is not written.</summary>
public sealed class ReviewExportTests : ReviewTestBase
{
    [Fact]
    public async Task Workbook_has_who_would_go_who_would_stay_and_what_was_asked()
    {
        PurgeRun run = ImportPatrons();

        string path = await ExportAsync(run);

        Assert.Equal(["0001", "0002", "a/3 _x005F_x0041_"], Cells(path, "Will go").Skip(1).Select(r => r[0]));
        Assert.Equal(
            ["Primary Identifier", "Veto", "User group", "Expiry date", "Account type", "Status", "Checked live"],
            Cells(path, "Will go")[0]);
        Assert.Equal(
            ["0004", "StaffRecord", "A record whose type is not Public.", "record type is Staff", "StaffRecord", "Import"],
            Cells(path, "Will stay")[1]);
        Dictionary<string, string> criteria = Cells(path, "Criteria").Skip(1).ToDictionary(r => r[0], r => r[1]);
        Assert.Equal((run.RunId, "1", "UNDRGRD", "2025-01-01"), (criteria["Run"], criteria["Review"], criteria["User group"], criteria["Expired before"]));
        Assert.Equal("patrons.csv: 4 rows", criteria["Input of Import"]);
        Assert.Contains(Cells(path, "Counts"), r => r.SequenceEqual(["Will stay", "Rule", "StaffRecord", "1"]));
        Assert.Contains("3 of 3 patrons who would go have no live check yet", Assert.Single(Said.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Criteria_sheet_names_releases_and_keep_lists()
    {
        PurgeRun run = Store.Create(
            new PurgeCriteria
            {
                UserGroup = "UNDRGRD",
                ExpiredBefore = Cutoff,
                IgnoredRules = PurgeCriteria.Names(["Proxy", "Blocked"]),
                AllowedRoles = PurgeCriteria.Names(["Instructor"]),
                IgnoredBlockTypes = PurgeCriteria.Names(["GENERAL"]),
                FeeTolerance = 2.5m,
                FeeCheck = AlmaFeeCheck.Balance,
                KeepList = await KeepListReader.ReadAsync([Export("keep.txt")], ["0001"], default),
            },
            preview: false);
        Import(run, Read(Write(Patrons)));

        string[][] criteria = Cells(await ExportAsync(run), "Criteria");

        foreach (string[] line in (string[][])
            [["Released: rules", "Blocked, Proxy"], ["Released: roles", "Instructor"], ["Released: block types", "GENERAL"],
            ["Released: fee tolerance", "2.50"], ["Released: fee check", "disputed and exported fees are not looked at"],
            ["Keep list", "keep.txt: 2 identifiers"], ["Keep list", "-KeepPrimaryId: 1 identifiers"]])
        {
            Assert.Contains(criteria, r => r.SequenceEqual(line));
        }
    }

    [Fact]
    public async Task Identifiers_are_text_header_is_frozen_and_veto_offers_a_list()
    {
        string path = await ExportAsync(ImportPatrons());

        Change(path, "Will go", (sheet, _) =>
        {
            Assert.All(sheet.Descendants<Row>().Skip(1), r =>
            {
                Cell id = r.Elements<Cell>().First();
                Assert.Equal(CellValues.InlineString, id.DataType!.Value);
                Assert.Equal(1u, id.StyleIndex!.Value);
            });
            Pane pane = sheet.Descendants<Pane>().Single();
            Assert.Equal((1d, PaneStateValues.Frozen), (pane.VerticalSplit!.Value, pane.State!.Value));
            Assert.Equal("A1:G4", sheet.Descendants<AutoFilter>().Single().Reference!.Value);
            DataValidation choice = sheet.Descendants<DataValidation>().Single();
            Assert.Equal(("B2:B4", "\"Veto\"", DataValidationValues.List), (choice.SequenceOfReferences!.InnerText, choice.Formula1!.Text, choice.Type!.Value));
            Assert.False(choice.ShowErrorMessage!.Value);
        });
        foreach (string name in (string[])["Will stay", "Criteria", "Counts"])
        {
            Change(path, name, (sheet, _) => Assert.NotNull(sheet.Descendants<AutoFilter>().SingleOrDefault()));
        }
    }

    [Fact]
    public async Task Names_are_nowhere_unless_asked_for_and_then_in_the_workbook_alone()
    {
        PurgeRun run = ImportPatrons();
        string plain = await ExportAsync(run);

        string named = await ExportAsync(run, with: o => o with { IncludedColumns = ["full name", "Expiry Date"] });

        Assert.DoesNotContain("Doe", AllText(plain), StringComparison.Ordinal);
        string[][] going = Cells(named, "Will go");
        Assert.Equal(["full name", "Expiry Date (file)"], going[0][^2..]);
        Assert.Equal(["Doe Ann", "2020-05-01"], going[1][^2..]);
        Assert.Equal("Moe Di", Cells(named, "Will stay")[1][^2]);
        Assert.DoesNotContain("@", AllText(named), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(run.Folder!), f => File.ReadAllText(f).Contains("Doe", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Patrons.Exclusions(), e => e.Evidence.Contains("Moe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Input_is_found_in_another_session_by_its_content()
    {
        PurgeRun run = ImportPatrons();
        run.ImportedFiles = [];
        File.Move(Path.Combine(Folder, "patrons.csv"), Path.Combine(Folder, "moved.csv"));

        await RefusedAsync("ReviewInputNotFound", () => ExportAsync(run, with: o => o with { IncludedColumns = ["Full Name"] }));
        string named = await ExportAsync(run, with: o => o with
        {
            IncludedColumns = ["Full Name"], InputPaths = [Path.Combine(Folder, "moved.csv")],
        });

        Assert.Contains("Roe Bo", AllText(named), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_that_changed_since_the_import_is_refused()
    {
        PurgeRun run = ImportPatrons();
        Write(Patrons.Replace("Doe Ann", "Doe Eve", StringComparison.Ordinal));

        await RefusedAsync("ReviewInputChanged", () => ExportAsync(run, with: o => o with { IncludedColumns = ["Full Name"] }));

        Assert.Empty(Directory.GetFiles(Folder, "*.xlsx"));
        Assert.Empty(run.Document.Reviews);
    }

    [Fact]
    public async Task Column_is_found_wherever_it_stands_and_with_the_map_that_is_given()
    {
        string path = Path.Combine(Folder, "named first.csv");
        await File.WriteAllTextAsync(path, "Full Name,Number,User Group Code,Expiry Date\nDoe Ann,0001,UNDRGRD,2020-05-01\n,0002,UNDRGRD,2020-05-01\nRoe Bo,0002,UNDRGRD,2020-05-01\nZoe Zo,0001,UNDRGRD,2020-05-01\n");
        Dictionary<string, string> map = new() { ["PrimaryId"] = "Number" };
        (PurgeRun run, _) = Import(NewRun(), Read(new Core.Tables.TableOptions { ColumnMap = map }, path));

        string known = await ExportAsync(run, with: o => o with { IncludedColumns = ["Full Name"] });
        run.ImportedFiles = [];
        string told = await ExportAsync(run, with: o => o with { IncludedColumns = ["Full Name"], InputPaths = [path], ColumnMap = map });

        // Of several rows the first that says something counts.
        Assert.All((string[])[known, told], p => Assert.Equal(
            [("0001", "Doe Ann"), ("0002", "Roe Bo")], Cells(p, "Will go").Skip(1).Select(r => (r[0], r[^1]))));
    }

    [Fact]
    public void Headings_of_a_file_are_those_with_a_name()
    {
        string path = Path.Combine(Folder, "gap.csv");
        File.WriteAllText(path, "Primary Identifier,,Full Name\n0001,x,Doe Ann\n");

        Assert.Equal(["Primary Identifier", "Full Name"], InputHeadings.Of(path));
    }

    [Fact]
    public async Task Column_that_the_input_does_not_have_is_refused_with_those_it_has()
    {
        AlmaPurgeException error = await RefusedAsync(
            "ReviewColumnUnknown", () => ExportAsync(ImportPatrons(), with: o => o with { IncludedColumns = ["Nickname"] }));

        Assert.Contains("'Full Name'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workbook_with_names_is_not_written_into_the_run_folder()
    {
        PurgeRun run = ImportPatrons();

        await RefusedAsync("ReviewInRunFolder", () => ExportAsync(run, with: o => o with
        {
            IncludedColumns = ["Full Name"], Path = Path.Combine(run.Folder!, "review.xlsx"),
        }));
    }

    [Fact]
    public async Task Workbook_without_names_may_lie_in_the_run_folder()
    {
        PurgeRun run = ImportPatrons();
        string path = Path.Combine(run.Folder!, "review.xlsx");

        await ExportAsync(run, with: o => o with { Path = path });

        Assert.Equal("0001", Cells(path, "Will go")[1][0]);
    }

    [Fact]
    public async Task Workbook_that_is_there_is_replaced_only_when_forced()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);

        await RefusedAsync("FileExists", () => ExportAsync(run, with: o => o with { Path = path }));
        await ExportAsync(run, with: o => o with { Path = path, Force = true });

        Assert.Equal("2", Cells(path, "Criteria")[2][1]);
        Assert.Equal([1, 2], run.Document.Reviews.Select(r => r.Number));
    }

    [Fact]
    public async Task Who_did_not_arrive_is_shown_among_those_who_stay()
    {
        PurgeRun run = ImportPatrons();

        string path = await ExportAsync(run, ["0001 "]);

        Assert.Equal(["0001"], Cells(path, "Will go").Skip(1).Select(r => r[0]));
        Assert.Equal(2, Cells(path, "Will stay").Count(r => r[1] == "NotPassedOn"));
        Assert.Equal(3, run.Patrons.RemainingCount);
    }

    [Fact]
    public async Task Run_without_patrons_has_nothing_to_review() =>
        await RefusedAsync("NothingImported", () => ExportAsync(NewRun()));

    private static string AllText(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return string.Concat(archive.Entries.Select(e =>
        {
            using StreamReader reader = new(e.Open());
            return reader.ReadToEnd();
        }));
    }
}
