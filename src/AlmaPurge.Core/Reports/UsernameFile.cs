using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Reports;

/// <summary>
/// The file that Alma's "Manage Sets" builds an itemized set of users of: one column with the heading USERNAME
/// (documented), as .xlsx, .csv or .txt. Each identifier is in it exactly as it is in the run.
/// </summary>
internal static class UsernameFile
{
    private const string Heading = "USERNAME";
    private const string SheetName = "Users";
    private const string LineEnd = "\r\n";

    // Without a byte order mark: it would be part of the heading for whoever does not expect it.
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Makes sure that the ending says which kind of file is meant.</summary>
    public static void RequireKind(string path)
    {
        if (KindOf(path) is not (".xlsx" or ".csv" or ".txt"))
        {
            throw new AlmaPurgeException(
                "ExportKindUnknown",
                AlmaPurgeErrorKind.InvalidArgument,
                $"'{path}' ends in none of .xlsx, .csv and .txt, which Alma builds sets of.",
                "Give a -Path that ends in .xlsx.",
                path);
        }
    }

    /// <summary>Makes sure that each identifier can be written as it is.</summary>
    public static void RequireWritable(IEnumerable<string> ids)
    {
        if (ids.FirstOrDefault(id => !IsWritable(id)) is { } odd)
        {
            throw new AlmaPurgeException(
                "IdNotWritable",
                AlmaPurgeErrorKind.SafetyStop,
                $"The primary identifier '{odd}' has a character that no such file can hold as it is, so the set built of it would lack the patron or hold another one.",
                "Leave the patron out: hand on the candidates through Where-Object. Nothing was written.",
                odd);
        }
    }

    /// <summary>
    /// What cannot be told for sure of a text file with these identifiers; null if nothing. How Alma reads quotation
    /// marks, separators and letters beyond ASCII in text files is not documented; cells of a workbook leave no doubt.
    /// </summary>
    public static string? DoubtsOf(IEnumerable<string> ids, string path)
    {
        if (KindOf(path) == ".xlsx")
        {
            return null;
        }

        string[] doubtful = [.. ids.Where(id => id.Any(c => c is ',' or ';' or '"' or '\'' || !char.IsAscii(c)))];
        return doubtful.Length == 0 ? null : FormattableString.Invariant(
            $"{doubtful.Length} identifier(s), such as '{doubtful[0]}', have quotation marks, separators or letters beyond ASCII, and how Alma reads those in a text file is not documented. A -Path that ends in .xlsx leaves no such doubt.");
    }

    /// <summary>Writes the file.</summary>
    /// <param name="file">Where to; it is not there yet.</param>
    /// <param name="path">The name that it is going to have, which says its kind.</param>
    /// <param name="ids">Primary identifiers.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void Write(string file, string path, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        switch (KindOf(path))
        {
            case ".xlsx":
                WriteWorkbook(file, ids, cancellationToken);
                break;
            case ".csv":
                WriteLines(file, ids.Select(Quoted), cancellationToken);
                break;
            default:
                WriteLines(file, ids, cancellationToken);
                break;
        }
    }

    private static string KindOf(string path) => Path.GetExtension(path).ToLower(CultureInfo.InvariantCulture);

    private static void WriteWorkbook(string file, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook);
        WorkbookPart book = document.AddWorkbookPart();
        Sheets list = new();
        book.Workbook = new Workbook(list);
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = SheetWriter.Styles();
        WorksheetPart part = book.AddNewPart<WorksheetPart>();
        SheetWriter.Write(
            part,
            new SheetSpec(SheetName, [Heading], [30], ids.Select(id => new object?[] { id })) { HasFilter = false },
            cancellationToken);
        list.AppendChild(new Sheet { Id = book.GetIdOfPart(part), SheetId = 1, Name = SheetName });
    }

    private static void WriteLines(string file, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        using StreamWriter writer = new(file, append: false, s_utf8) { NewLine = LineEnd };
        writer.WriteLine(Heading);
        foreach (string line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.WriteLine(line);
        }
    }

    private static string Quoted(string id) =>
        id.AsSpan().IndexOfAny(",;\"") < 0 ? id : "\"" + id.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static bool IsWritable(string id)
    {
        for (int i = 0; i < id.Length; i++)
        {
            if (i + 1 < id.Length && char.IsSurrogatePair(id[i], id[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(id[i]) || char.IsControl(id[i]) || id[i] is '\u2028' or '\u2029')
            {
                return false;
            }
        }

        return id.Length > 0;
    }
}
