using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Tests.Reports;

/// <summary>Vetoes come back, and whatever is not sure is refused or keeps the patron.</summary>
public sealed class ReviewImportTests : ReviewTestBase
{
    public static TheoryData<string> Marks() => ["Veto", "x", "no", "0", " ? ", "-", "\u2713"];

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task Any_mark_is_a_veto(string mark)
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data => Put(RowOf(data, "0002"), 'B', Text(mark)));

        Assert.Equal("0001 a/3 _x0041_", await TakeOverAsync(run, path));

        AlmaPurgeExclusion kept = run.Patrons.Exclusions().Single(e => e.Rule == "Vetoed");
        Assert.Equal(("0002", "Review", "vetoed in review 1"), (kept.PrimaryId, kept.Step, kept.Evidence));
        Assert.NotNull(run.Document.Reviews[0].ReadAt);
        Assert.Equal("review1.xlsx", run.Document.Inputs.Single(i => i.Step == "Review").Name);
    }

    [Fact]
    public async Task Marks_that_are_no_text_are_vetoes_too()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data =>
        {
            Put(RowOf(data, "0001"), 'B', new Cell { CellValue = new CellValue(0) });
            Put(RowOf(data, "0002"), 'B', new Cell { DataType = CellValues.Boolean, CellValue = new CellValue("0") });
        });

        Assert.Equal("a/3 _x0041_", await TakeOverAsync(run, path));
    }

    [Fact]
    public async Task Workbook_without_a_mark_vetoes_nobody_and_spaces_are_no_mark()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data => Put(RowOf(data, "0002"), 'B', Text(" \u00A0")));

        Assert.Equal("0001 0002 a/3 _x0041_", await TakeOverAsync(run, path));
        Assert.DoesNotContain(run.Patrons.Exclusions(), e => e.Rule == "Vetoed");
    }

    [Fact]
    public async Task Row_that_was_taken_out_is_a_veto_and_said_so()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data => RowOf(data, "0001").Remove());
        Said.Warnings.Clear();

        Assert.Equal("0002 a/3 _x0041_", await TakeOverAsync(run, path));

        Assert.Equal("the row was taken out of review 1", run.Patrons.Exclusions().Single(e => e.Rule == "Vetoed").Evidence);
        Assert.Contains("1 row(s) were taken out", Assert.Single(Said.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sorting_columns_of_their_own_and_a_title_above_do_no_harm()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data =>
        {
            Put(RowOf(data, "0002"), 'B', Text("x"));
            Put(data.Elements<Row>().First(), 'H', Text("Remark"));
            Put(RowOf(data, "0001"), 'H', Text("graduated"));
            Row[] rows = [.. data.Elements<Row>().Reverse()];
            data.RemoveAllChildren();
            data.Append(new Row(Text("Seen by the branch")) { RowIndex = 1 });
            data.Append(rows[^1]);
            data.Append(rows[..^1]);
            uint number = 0;
            foreach (Row row in data.Elements<Row>())
            {
                row.RowIndex = ++number;
                foreach (Cell cell in row.Elements<Cell>().Where(c => c.CellReference is not null))
                {
                    cell.CellReference = $"{cell.CellReference!.Value![0]}{number}";
                }
            }
        });

        Assert.Equal("0001 a/3 _x0041_", await TakeOverAsync(run, path));
    }

    [Fact]
    public async Task Several_copies_add_their_vetoes_up()
    {
        PurgeRun run = ImportPatrons();
        string first = await ExportAsync(run);
        string second = Path.Combine(Folder, "copy.xlsx");
        File.Copy(first, second);
        ChangeGoing(first, data => Put(RowOf(data, "0001"), 'B', Text("x")));
        ChangeGoing(second, data => Put(RowOf(data, "0002"), 'B', Text("x")));

        await TakeOverAsync(run, first);

        Assert.Equal("a/3 _x0041_", await TakeOverAsync(run, second));
    }

    [Fact]
    public async Task Who_was_excluded_meanwhile_stays_excluded()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        run.Patrons.Exclude("0001", StepNames.Check, "OpenLoans", "2 open loan(s)");

        Assert.Equal("0002 a/3 _x0041_", await TakeOverAsync(run, path));
    }

    [Fact]
    public async Task Workbook_of_another_run_is_refused()
    {
        PurgeRun run = ImportPatrons();
        PurgeRun other = ImportPatrons();
        string path = await ExportAsync(other);

        await RefusedAsync("ReviewOfOtherRun", () => TakeOverAsync(run, path));

        Assert.DoesNotContain(run.Patrons.Exclusions(), e => e.Rule == "Vetoed");
        Assert.Equal(other.RunId, ImportReviewStep.RunIdOf(path));
    }

    [Theory]
    [InlineData("0099", "ReviewIdsAdded")]
    [InlineData("0004", "ReviewIdsAdded")]
    [InlineData("1", "ReviewIdsAdded")]
    [InlineData("0001", "ReviewIdsTwice")]
    public async Task Identifier_that_was_put_in_is_refused(string id, string errorId)
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data => data.Append(new Row(Text(id)) { RowIndex = 5 }));

        AlmaPurgeException error = await RefusedAsync(errorId, () => TakeOverAsync(run, path));

        Assert.Contains("row 5", error.Message, StringComparison.Ordinal);
        Assert.All(run.Document.Reviews, r => Assert.Null(r.ReadAt));
    }

    [Fact]
    public async Task Identifiers_that_became_numbers_are_refused_where_zeros_are_gone()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data => Put(RowOf(data, "0002"), 'A', new Cell { CellValue = new CellValue(2) }));

        await RefusedAsync("ReviewIdsAdded", () => TakeOverAsync(run, path));
    }

    [Theory]
    [InlineData("Will go")]
    [InlineData("Will stay")]
    [InlineData("Criteria")]
    public async Task Sheet_that_was_renamed_is_missed(string sheet)
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        Change(path, sheet, (_, entry) => entry.Name = "Sheet1");

        AlmaPurgeException error = await RefusedAsync("ReviewUnreadable", () => TakeOverAsync(run, path));

        Assert.Contains($"'{sheet}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('A')]
    [InlineData('B')]
    public async Task Heading_that_was_renamed_is_missed(char column)
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data => Put(data.Elements<Row>().First(), column, Text("Column1")));

        await RefusedAsync("ReviewUnreadable", () => TakeOverAsync(run, path));
    }

    [Theory]
    [InlineData("error value")]
    [InlineData("formula without a result")]
    [InlineData("merged cells")]
    [InlineData("veto without an identifier")]
    public async Task Veto_that_cannot_be_read_is_refused(string how)
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        Change(path, "Will go", (sheet, _) =>
        {
            Row row = RowOf(sheet.GetFirstChild<SheetData>()!, "0002");
            switch (how)
            {
                case "error value":
                    Put(row, 'B', new Cell { DataType = CellValues.Error, CellValue = new CellValue("#N/A") });
                    break;
                case "formula without a result":
                    Put(row, 'B', new Cell { CellFormula = new CellFormula("IF(TRUE,\"x\",\"\")") });
                    break;
                case "merged cells":
                    Put(RowOf(sheet.GetFirstChild<SheetData>()!, "0001"), 'B', Text("x"));
                    sheet.InsertAfter(new MergeCells(new MergeCell { Reference = "B2:B3" }), sheet.GetFirstChild<AutoFilter>());
                    break;
                default:
                    row.RemoveAllChildren();
                    Put(row, 'B', Text("x"));
                    break;
            }
        });

        await RefusedAsync("ReviewVetoUnreadable", () => TakeOverAsync(run, path));

        Assert.DoesNotContain(run.Patrons.Exclusions(), e => e.Rule == "Vetoed");
    }

    [Fact]
    public async Task Formula_with_a_result_is_a_mark_if_it_shows_one()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data => Put(RowOf(data, "0002"), 'B', new Cell
        {
            DataType = CellValues.String, CellFormula = new CellFormula("\"x\""), CellValue = new CellValue("x"),
        }));

        Assert.Equal("0001 a/3 _x0041_", await TakeOverAsync(run, path));
    }

    [Fact]
    public async Task File_that_is_no_workbook_is_refused()
    {
        PurgeRun run = ImportPatrons();
        await ExportAsync(run);

        await RefusedAsync("ReviewUnreadable", () => TakeOverAsync(run, Write("Primary Identifier,Veto\n0001,x\n", name: "review.xlsx")));
        await RefusedAsync("ReviewUnreadable", () => TakeOverAsync(run, Export("undergraduates.xlsx")));
    }

    [Fact]
    public async Task List_of_the_run_that_has_lost_somebody_is_refused()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        string list = Path.Combine(run.Folder!, "review-1.csv");
        await File.WriteAllLinesAsync(list, (await File.ReadAllLinesAsync(list))[..^1]);

        await RefusedAsync("RunFolderDamaged", () => TakeOverAsync(run, path));
    }

    [Fact]
    public async Task Preview_takes_vetoes_over_without_touching_the_run()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data => Put(RowOf(data, "0002"), 'B', Text("x")));
        ReviewVerdict verdict = await ReadReviewAsync(run, path);

        PurgeRun preview = run.ToPreview();
        Assert.Equal(2, new ImportReviewStep(preview, Said).Apply(verdict).Count);

        Assert.Equal(3, run.Patrons.RemainingCount);
        Assert.Null(run.Document.Reviews[0].ReadAt);
    }
}
