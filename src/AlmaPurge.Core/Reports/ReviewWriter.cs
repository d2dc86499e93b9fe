using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Reports;

/// <summary>Writes a review workbook.</summary>
internal static class ReviewWriter
{
    /// <summary>Writes the workbook to a file that is not there yet.</summary>
    public static void Write(string path, ReviewContents contents, CancellationToken cancellationToken)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        WorkbookPart book = document.AddWorkbookPart();
        Sheets list = new();
        DefinedNames names = new();
        book.Workbook = new Workbook(new BookViews(new WorkbookView()), list, names);
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = SheetWriter.Styles();
        foreach (SheetSpec spec in ReviewSheets.Of(contents))
        {
            WorksheetPart part = book.AddNewPart<WorksheetPart>();
            int lastRow = SheetWriter.Write(part, spec, cancellationToken);
            names.AppendChild(FilterName(spec, lastRow, (uint)list.ChildElements.Count));
            list.AppendChild(new Sheet
            {
                Id = book.GetIdOfPart(part),
                SheetId = (uint)list.ChildElements.Count + 1,
                Name = spec.Name,
            });
        }
    }

    // Excel writes this hidden name beside each filter, and LibreOffice drops a filter without it.
    private static DefinedName FilterName(SheetSpec spec, int lastRow, uint sheet) => new(
        FormattableString.Invariant($"'{spec.Name}'!$A$1:${CellText.ColumnName(spec.Headings.Count - 1)}${lastRow}"))
    {
        Name = "_xlnm._FilterDatabase",
        LocalSheetId = sheet,
        Hidden = true,
    };
}
