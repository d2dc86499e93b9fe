using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Tests.Steps.Import;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Tests.Reports;

/// <summary>Runs with a review, and workbooks changed as people change them.</summary>
public abstract class ReviewTestBase : ImportTestBase
{
    protected const string Patrons =
        "Primary Identifier,Full Name,User Group Code,Expiry Date,User Record Type,E-mail\n"
        + "0001,Doe Ann,UNDRGRD,2020-05-01,Public,ann@example.org\n"
        + "0002,Roe Bo,UNDRGRD,2020-05-01,Public,bo@example.org\n"
        + "a/3 _x0041_,Poe Cy,UNDRGRD,2020-05-01,Public,cy@example.org\n"
        + "0004,Moe Di,UNDRGRD,2020-05-01,Staff,di@example.org\n";

    private int _number;

    protected PurgeRun ImportPatrons()
    {
        (PurgeRun run, _) = Import(NewRun(), Read(Write(Patrons)));
        return run;
    }

    protected async Task<string> ExportAsync(
        PurgeRun run, IReadOnlyCollection<string>? arrived = null, Func<ExportReviewOptions, ExportReviewOptions>? with = null)
    {
        string path = Path.Combine(Folder, FormattableString.Invariant($"review{++_number}.xlsx"));
        ExportReviewOptions options = new() { Path = path };
        await new ExportReviewStep(run, Said).ExportAsync(arrived, with is null ? options : with(options), default);
        return path;
    }

    protected Task<ReviewVerdict> ReadReviewAsync(PurgeRun run, string path) =>
        new ImportReviewStep(run, Said).ReadAsync(path, default);

    protected async Task<string> TakeOverAsync(PurgeRun run, string path)
    {
        ReviewVerdict verdict = await ReadReviewAsync(run, path);
        return string.Join(' ', new ImportReviewStep(run, Said).Apply(verdict).Select(c => c.PrimaryId));
    }

    protected static async Task<AlmaPurgeException> RefusedAsync(string id, Func<Task> work)
    {
        AlmaPurgeException error = await Assert.ThrowsAsync<AlmaPurgeException>(work);
        Assert.Equal(id, error.Id);
        Assert.NotEmpty(error.NextStep);
        return error;
    }

    /// <summary>Changes one sheet of a workbook.</summary>
    protected static void Change(string path, string sheet, Action<Worksheet, Sheet> change)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(path, isEditable: true);
        WorkbookPart book = document.WorkbookPart!;
        Sheet entry = book.Workbook!.Descendants<Sheet>().Single(s => s.Name == sheet);
        Worksheet worksheet = ((WorksheetPart)book.GetPartById(entry.Id!.Value!)).Worksheet!;
        change(worksheet, entry);
        worksheet.Save();
        book.Workbook.Save();
    }

    protected static void ChangeGoing(string path, Action<SheetData> change) =>
        Change(path, "Will go", (worksheet, _) => change(worksheet.GetFirstChild<SheetData>()!));

    /// <summary>The row of a patron.</summary>
    protected static Row RowOf(SheetData data, string id) =>
        data.Elements<Row>().Single(r => TextOf(r.Elements<Cell>().First()) == id);

    /// <summary>Puts a cell into a row.</summary>
    protected static void Put(Row row, char column, Cell cell)
    {
        cell.CellReference = column + row.RowIndex!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        row.Elements<Cell>().FirstOrDefault(c => c.CellReference == cell.CellReference)?.Remove();
        Cell? before = row.Elements<Cell>().LastOrDefault(c => c.CellReference!.Value![0] < column);
        row.InsertAfter(cell, before);
    }

    protected static Cell Text(string text) =>
        new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };

    protected static string TextOf(Cell cell) => cell.InlineString?.InnerText ?? cell.CellValue?.Text ?? "";

    /// <summary>All cells of a sheet, row by row.</summary>
    protected static string[][] Cells(string path, string sheet)
    {
        string[][] rows = [];
        Change(path, sheet, (worksheet, _) => rows =
            [.. worksheet.Descendants<Row>().Select(r => r.Elements<Cell>().Select(TextOf).ToArray())]);
        return rows;
    }
}
