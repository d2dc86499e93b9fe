using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Reports;

/// <summary>Writes one sheet, row by row: identifiers as text, header in view, a filter on each column.</summary>
internal static class SheetWriter
{
    /// <summary>Most rows that a sheet of Excel has.</summary>
    public const int MostRows = 1_048_576;

    private const uint TextStyle = 1;
    private const uint DateStyle = 2;
    private const uint HeaderStyle = 3;

    /// <summary>The cell formats that the sheets use.</summary>
    public static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy\\-mm\\-dd" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { FontId = 1, ApplyFont = true }));

    /// <summary>Writes a sheet.</summary>
    /// <returns>The last row.</returns>
    public static int Write(WorksheetPart part, SheetSpec spec, CancellationToken cancellationToken)
    {
        using OpenXmlWriter writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane
        {
            VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen,
        })
        { WorkbookViewId = 0 }));
        writer.WriteElement(ColumnsOf(spec));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, 1, [.. spec.Headings], HeaderStyle);
        int row = 1;
        foreach (object?[] cells in spec.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteRow(writer, ++row, cells, TextStyle);
        }

        writer.WriteEndElement();
        WriteExtras(writer, spec, row);
        writer.WriteEndElement();
        return row;
    }

    private static void WriteExtras(OpenXmlWriter writer, SheetSpec spec, int lastRow)
    {
        string last = CellText.Reference(spec.Headings.Count - 1, lastRow);
        if (spec.HasFilter)
        {
            writer.WriteElement(new AutoFilter { Reference = $"A1:{last}" });
        }

        if (spec.ChoiceColumn is { } column && lastRow > 1)
        {
            writer.WriteElement(new DataValidations(new DataValidation(new Formula1($"\"{spec.Choice}\""))
            {
                Type = DataValidationValues.List,
                AllowBlank = true,
                ShowInputMessage = true,
                ShowErrorMessage = false,
                PromptTitle = spec.Headings[column],
                Prompt = spec.ChoicePrompt,
                SequenceOfReferences = new ListValue<StringValue>(
                    [new StringValue($"{CellText.Reference(column, 2)}:{CellText.Reference(column, lastRow)}")]),
            })
            { Count = 1 });
        }

        // Spares the offer to turn identifiers into numbers, which would take their leading zeros.
        writer.WriteElement(new IgnoredErrors(new IgnoredError
        {
            NumberStoredAsText = true,
            SequenceOfReferences = new ListValue<StringValue>([new StringValue($"A1:{last}")]),
        }));
    }

    private static Columns ColumnsOf(SheetSpec spec) => new(spec.Headings.Select((_, i) => new Column
    {
        Min = (uint)i + 1,
        Max = (uint)i + 1,
        Width = spec.Widths[Math.Min(i, spec.Widths.Count - 1)],
        CustomWidth = true,
    }));

    private static void WriteRow(OpenXmlWriter writer, int number, object?[] cells, uint textStyle)
    {
        writer.WriteStartElement(new Row { RowIndex = (uint)number });
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i] is { } value)
            {
                Cell cell = CellOf(value, textStyle);
                cell.CellReference = CellText.Reference(i, number);
                writer.WriteElement(cell);
            }
        }

        writer.WriteEndElement();
    }

    private static Cell CellOf(object value, uint textStyle) => value switch
    {
        string text => new Cell
        {
            DataType = CellValues.InlineString,
            StyleIndex = textStyle,
            InlineString = new InlineString(new Text(CellText.Of(text)) { Space = SpaceProcessingModeValues.Preserve }),
        },
        DateOnly day => new Cell
        {
            StyleIndex = DateStyle,
            CellValue = new CellValue(day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture)),
        },
        _ => new Cell { CellValue = new CellValue(Convert.ToString(value, CultureInfo.InvariantCulture)!) },
    };
}
