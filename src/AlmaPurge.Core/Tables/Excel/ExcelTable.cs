using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace AlmaPurge.Core.Tables.Excel;

/// <summary>A workbook: which of its sheets holds the table, and where its header is.</summary>
internal sealed class ExcelTable
{
    static ExcelTable()
    {
        // ExcelDataReader looks code pages up by number even for workbooks that have none.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
    }

    private ExcelTable(string path, int sheet, TableHeader header)
    {
        Path = path;
        Sheet = sheet;
        Header = header;
    }

    public string Path { get; }

    /// <summary>Position of the sheet in the workbook, from 0.</summary>
    public int Sheet { get; }

    public TableHeader Header { get; }

    /// <summary>Looks at the first rows of all sheets and takes the one that holds patrons; there may be only one.</summary>
    public static ExcelTable Open(FileStream stream, TableOptions options)
    {
        HeaderFinder finder = new(stream.Name, options);
        List<(int Sheet, string Name, HeaderRow Row)> found = [];
        List<HeaderRow> seen = [];
        List<(int Sheet, List<HeaderRow> Rows)> sheets = [];
        Guard(stream.Name, () =>
        {
            using IExcelDataReader reader = CreateReader(stream, leaveOpen: true);
            int sheet = 0;
            do
            {
                List<HeaderRow> rows = FirstRows(reader);
                seen.AddRange(rows);
                sheets.Add((sheet, rows));
                if (finder.Find(rows) is { } row)
                {
                    found.Add((sheet, reader.Name, row));
                }

                sheet++;
            }
            while (reader.NextResult());
            return true;
        });

        if (options.IsIdList && found.Count <= 1 && SingleColumnSheet(sheets) is { } list)
        {
            return new ExcelTable(stream.Name, list, TableHeader.OfIdList);
        }

        // Taking the first of several would leave out patrons, or debtors, without a word.
        return found.Count switch
        {
            1 => new ExcelTable(stream.Name, found[0].Sheet, finder.Accept(found[0].Row)),
            > 1 => throw new TableException(
                TableErrorKind.SeveralSheets,
                stream.Name,
                $"several sheets have a primary identifier: {string.Join(", ", found.Select(f => $"'{f.Name}'"))}.",
                "Save each sheet that is meant as a file of its own."),
            _ when seen.Count == 0 => throw new TableException(
                TableErrorKind.Empty, stream.Name, "the workbook has no rows.", "Export it again."),
            _ => throw finder.NoIdColumn(seen),
        };
    }

    // The only sheet that has anything in it, if it has nothing but its first column.
    private static int? SingleColumnSheet(List<(int Sheet, List<HeaderRow> Rows)> sheets)
    {
        (int Sheet, List<HeaderRow> Rows)[] filled = [.. sheets.Where(s => s.Rows.Count > 0)];
        return filled.Length == 1 && filled[0].Rows.TrueForAll(r => r.Cells.Skip(1).All(c => c.Length == 0))
            ? filled[0].Sheet
            : null;
    }

    /// <summary>Opens the workbook for reading from its first sheet.</summary>
    public static IExcelDataReader CreateReader(Stream stream, bool leaveOpen)
    {
        stream.Position = 0;
        return ExcelReaderFactory.CreateReader(stream, new ExcelReaderConfiguration { LeaveOpen = leaveOpen });
    }

    /// <summary>
    /// Runs something that reads a workbook. A damaged one makes the library throw almost anything, from XmlException
    /// to NullReferenceException, and all of it means the same.
    /// </summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException e)
        {
            throw new TableException(
                TableErrorKind.PasswordProtected,
                path,
                "the workbook is protected by a password.",
                "Open it in Excel, remove the password (File > Info > Protect Workbook) and save it.",
                inner: e);
        }
        catch (Exception e) when (e is not (TableException or AlmaPurgeException or OutOfMemoryException or OperationCanceledException))
        {
            throw new TableException(
                TableErrorKind.Unreadable,
                path,
                $"the workbook is damaged or not a workbook: {e.Message}",
                "Open it in Excel and save it again, or export it as CSV.",
                inner: e);
        }
    }

    /// <summary>The text of a cell as people see it.</summary>
    public static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("0.###############", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static List<HeaderRow> FirstRows(IExcelDataReader reader)
    {
        List<HeaderRow> rows = [];
        while (rows.Count < HeaderFinder.RowsToSearch && reader.Read())
        {
            string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(i => Trimmed(reader.GetValue(i)))];
            if (Array.Exists(cells, c => c.Length > 0))
            {
                rows.Add(new HeaderRow(reader.Depth + 1, cells));
            }
        }

        return rows;
    }

    private static string Trimmed(object? value) =>
        Encoding.UTF8.GetString(Text.Utf8Text.Trim(Encoding.UTF8.GetBytes(TextOf(value))));
}
