using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExcelDataReader;

namespace AlmaPurge.Core.Reports;

/// <summary>
/// Finds vetoes that reading values does not show: a mark in merged cells belongs to several rows and is stored in
/// one, a formula may have no stored result, an error value may read as nothing.
/// </summary>
internal static class ReviewGuard
{
    /// <summary>Makes sure that each cell of the two columns says by itself what it means.</summary>
    /// <exception cref="AlmaPurgeException">One does not.</exception>
    public static void RequireReadable(
        string path, string sheetName, int headerRow, int idColumn, int vetoColumn, CellRange[]? merged)
    {
        foreach (CellRange range in merged ?? [])
        {
            bool touches = (range.FromColumn <= idColumn && idColumn <= range.ToColumn)
                || (range.FromColumn <= vetoColumn && vetoColumn <= range.ToColumn);
            if (touches && range.ToRow + 1 > headerRow)
            {
                throw ReviewErrors.VetoUnreadable(path, range.FromRow + 1, "cells are merged");
            }
        }

        RequireValues(path, sheetName, headerRow, CellText.ColumnName(vetoColumn));
    }

    private static void RequireValues(string path, string sheetName, int headerRow, string column)
    {
        using FileStream stream = Tables.TableFile.Open(path);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(stream, isEditable: false);
        WorkbookPart book = document.WorkbookPart!;
        Sheet sheet = book.Workbook!.Descendants<Sheet>().First(s => s.Name?.Value == sheetName);
        using OpenXmlReader reader = OpenXmlReader.Create(book.GetPartById(sheet.Id!.Value!));
        while (reader.Read())
        {
            if (reader.ElementType == typeof(Cell) && reader.IsStartElement
                && reader.LoadCurrentElement() is Cell { CellReference.Value: { } reference } cell
                && RowIn(reference, column) is { } row && row > headerRow && IsUncertain(cell))
            {
                throw ReviewErrors.VetoUnreadable(path, row, "the veto is a formula without a result, or an error value");
            }
        }
    }

    private static bool IsUncertain(Cell cell) =>
        cell.DataType?.Value == CellValues.Error
        || (cell.CellFormula is not null && cell.CellValue is null && cell.InlineString is null);

    private static int? RowIn(string reference, string column) =>
        reference.StartsWith(column, StringComparison.Ordinal) && int.TryParse(
            reference.AsSpan(column.Length), System.Globalization.CultureInfo.InvariantCulture, out int row)
            ? row
            : null;
}
