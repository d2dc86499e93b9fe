using System.Globalization;
using AlmaPurge.Core.Tables;
using AlmaPurge.Core.Tables.Excel;
using AlmaPurge.Core.Tables.Text;
using ExcelDataReader;

namespace AlmaPurge.Core.Reports;

/// <summary>A row of the sheet of those who would go.</summary>
/// <param name="PrimaryId">Identifier.</param>
/// <param name="IsVetoed">Whether there is any mark in the veto column.</param>
/// <param name="Row">Row as people see it.</param>
internal sealed record ReviewRow(string PrimaryId, bool IsVetoed, int Row);

/// <summary>What came back of a review.</summary>
/// <param name="RunId">The run that the workbook says it belongs to.</param>
/// <param name="Number">Which review of that run.</param>
/// <param name="Rows">Those who would go.</param>
internal sealed record ReviewMarks(string RunId, int Number, IReadOnlyList<ReviewRow> Rows);

/// <summary>
/// Reads a review workbook that people have worked on and Excel or LibreOffice has saved. Sorting, filtering, moved
/// columns and columns of their own do no harm. Whatever makes a veto uncertain stops it.
/// </summary>
internal sealed class ReviewReader
{
    private const int RowsToSearch = 20;
    private const double MostExact = 1e15;

    private readonly string _path;
    private readonly HashSet<string> _sheets = new(StringComparer.OrdinalIgnoreCase);
    private string? _runId;
    private string? _number;
    private List<ReviewRow>? _rows;

    private ReviewReader(string path) => _path = path;

    /// <summary>Reads a workbook.</summary>
    /// <exception cref="AlmaPurgeException">It is no review workbook, or a veto in it cannot be read.</exception>
    /// <exception cref="TableException">The file cannot be opened, or is damaged.</exception>
    public static ReviewMarks Read(string path)
    {
        ReviewReader reader = new(path);
        using FileStream stream = TableFile.Open(path);
        if (TableFile.ShapeOf(stream) != TableFileShape.OpenXmlWorkbook)
        {
            throw ReviewErrors.Unreadable(path, "the file is no workbook in the format .xlsx.", "Save the workbook as .xlsx.");
        }

        ExcelTable.Guard(path, () => reader.ReadSheets(stream));
        return reader.Result();
    }

    private bool ReadSheets(FileStream stream)
    {
        using IExcelDataReader workbook = ExcelTable.CreateReader(stream, leaveOpen: true);
        do
        {
            _sheets.Add(workbook.Name.Trim());
            if (Is(workbook.Name, ReviewLayout.CriteriaSheet))
            {
                ReadCriteria(workbook);
            }
            else if (Is(workbook.Name, ReviewLayout.GoSheet))
            {
                ReadGoing(workbook);
            }
        }
        while (workbook.NextResult());
        return true;
    }

    private ReviewMarks Result()
    {
        string[] needed = [ReviewLayout.GoSheet, ReviewLayout.StaySheet, ReviewLayout.CriteriaSheet];
        if (Array.Find(needed, s => !_sheets.Contains(s)) is { } missing)
        {
            throw ReviewErrors.Unreadable(
                _path,
                $"it has no sheet '{missing}'. It has: {string.Join(", ", _sheets.Select(s => $"'{s}'"))}.",
                "Give the sheets their names back, or put the vetoes into the workbook as Export-AlmaPurgeReview wrote it.");
        }

        return int.TryParse(_number, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && _runId is not null
            ? new ReviewMarks(_runId, number, _rows!)
            : throw ReviewErrors.Unreadable(
                _path,
                $"its sheet '{ReviewLayout.CriteriaSheet}' does not say which review of which run it is.",
                "Put the vetoes into the workbook as Export-AlmaPurgeReview wrote it.");
    }

    private void ReadCriteria(IExcelDataReader sheet)
    {
        while (sheet.Read())
        {
            string label = TextAt(sheet, 0);
            _runId = label == ReviewLayout.RunLabel ? TextAt(sheet, 1) : _runId;
            _number = label == ReviewLayout.ReviewLabel ? TextAt(sheet, 1) : _number;
        }
    }

    private void ReadGoing(IExcelDataReader sheet)
    {
        (int id, int veto) = FindColumns(sheet);
        ReviewGuard.RequireReadable(_path, sheet.Name, sheet.Depth + 1, id, veto, sheet.MergeCells);
        _rows = [];
        while (sheet.Read())
        {
            bool isVetoed = TextAt(sheet, veto).Length > 0;
            string primaryId = IdAt(sheet, id);
            if (primaryId.Length > 0)
            {
                _rows.Add(new ReviewRow(primaryId, isVetoed, sheet.Depth + 1));
            }
            else if (isVetoed)
            {
                throw ReviewErrors.VetoUnreadable(_path, sheet.Depth + 1, "there is a veto, but no identifier");
            }
        }
    }

    private (int Id, int Veto) FindColumns(IExcelDataReader sheet)
    {
        for (int i = 0; i < RowsToSearch && sheet.Read(); i++)
        {
            string[] headings = [.. Enumerable.Range(0, sheet.FieldCount).Select(c => TextAt(sheet, c))];
            int[] ids = Positions(headings, ReviewLayout.IdHeading);
            int[] vetoes = Positions(headings, ReviewLayout.VetoHeading);
            if (ids.Length == 1 && vetoes.Length == 1)
            {
                return (ids[0], vetoes[0]);
            }
        }

        throw ReviewErrors.Unreadable(
            _path,
            $"its sheet '{ReviewLayout.GoSheet}' has no header with '{ReviewLayout.IdHeading}' and '{ReviewLayout.VetoHeading}', each once.",
            "Give the columns their headings back.");
    }

    private static int[] Positions(string[] headings, string heading) =>
        [.. Enumerable.Range(0, headings.Length).Where(i => Is(headings[i], heading))];

    // A number whose text is an identifier of the review is that identifier; beyond 15 digits it was rounded.
    private string IdAt(IExcelDataReader sheet, int column) =>
        column < sheet.FieldCount && sheet.GetValue(column) is double and (>= MostExact or <= -MostExact)
            ? throw ReviewErrors.Unreadable(
                _path,
                $"row {sheet.Depth + 1} of '{ReviewLayout.GoSheet}': the identifier was turned into a number and rounded.",
                "Put the vetoes into the workbook as Export-AlmaPurgeReview wrote it, and keep its identifiers as text.")
            : TextAt(sheet, column);

    private static string TextAt(IExcelDataReader sheet, int column) => column < sheet.FieldCount
        ? System.Text.Encoding.UTF8.GetString(
            Utf8Text.Trim(System.Text.Encoding.UTF8.GetBytes(ExcelTable.TextOf(sheet.GetValue(column)))))
        : "";

    private static bool Is(string text, string name) => text.Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
}
