using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Tests.Tables;

/// <summary>Writes small .xlsx workbooks for tests. A string is a text cell, a number a number, a DateOnly a real date.</summary>
internal static class Workbook
{
    private const uint DateStyle = 1;
    private const uint ZerosStyle = 2;

    /// <summary>A cell with an error value.</summary>
    public sealed record ErrorCell(string Value);

    /// <summary>A number that the format 00000000 shows with leading zeros.</summary>
    public sealed record ZerosCell(double Value);

    /// <summary>Writes one sheet.</summary>
    public static void Write(string path, params object?[][] rows) => Write(path, [("Sheet", rows)]);

    /// <summary>Writes several sheets; the rows in <paramref name="hidden"/> (from 1) are hidden.</summary>
    public static void Write(string path, (string Name, object?[][] Rows)[] sheets, params int[] hidden)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        WorkbookPart book = document.AddWorkbookPart();
        book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets());
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        foreach ((string name, object?[][] rows) in sheets)
        {
            WorksheetPart part = book.AddNewPart<WorksheetPart>();
            part.Worksheet = new Worksheet(new SheetData(rows.Select((r, i) => RowOf(r, i + 1, hidden.Contains(i + 1)))));
            Sheets list = book.Workbook.GetFirstChild<Sheets>()!;
            list.AppendChild(new Sheet
            {
                Id = book.GetIdOfPart(part),
                SheetId = (uint)list.ChildElements.Count + 1,
                Name = name,
            });
        }
    }

    private static Row RowOf(object?[] values, int number, bool hidden)
    {
        Row row = new() { RowIndex = (uint)number, Hidden = hidden ? true : null };
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                Cell cell = CellOf(value);
                cell.CellReference = (char)('A' + i) + number.ToString(CultureInfo.InvariantCulture);
                row.AppendChild(cell);
            }
        }

        return row;
    }

    private static Cell CellOf(object value) => value switch
    {
        string text => new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) },
        ErrorCell error => new Cell { DataType = CellValues.Error, CellValue = new CellValue(error.Value) },
        bool flag => new Cell { DataType = CellValues.Boolean, CellValue = new CellValue(flag ? "1" : "0") },
        DateOnly day => new Cell
        {
            StyleIndex = DateStyle,
            CellValue = new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture)),
        },
        ZerosCell zeros => new Cell { StyleIndex = ZerosStyle, CellValue = new CellValue(zeros.Value) },
        _ => new Cell { CellValue = new CellValue(Convert.ToString(value, CultureInfo.InvariantCulture)!) },
    };

    private static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "m/d/yyyy" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "00000000" }),
        new Fonts(new Font()),
        new Fills(new Fill()),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true }));
}
