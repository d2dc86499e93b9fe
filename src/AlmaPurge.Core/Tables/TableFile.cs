namespace AlmaPurge.Core.Tables;

/// <summary>What a file is by its content; its extension may say anything.</summary>
internal enum TableFileShape
{
    Text,
    OpenXmlWorkbook,
    BinaryWorkbook,
}

/// <summary>Opens a file and tells its shape, with errors that say what to do.</summary>
internal static class TableFile
{
    private const int SampleSize = 4096;

    /// <summary>Opens the file for reading, also while Excel has it open.</summary>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0,
                FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableException(
                TableErrorKind.FileNotFound, path, $"there is no file '{path}'.", "Check the path.", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string what = Directory.Exists(path) ? "is a folder, not a file." : $"cannot be opened: {e.Message}";
            throw new TableException(
                TableErrorKind.Unreadable, path, what, "Check the path and your permission to read it.", inner: e);
        }
    }

    /// <summary>Tells the shape of an open file and rewinds it.</summary>
    public static TableFileShape ShapeOf(FileStream stream)
    {
        byte[] start = Sample(stream, SampleSize);
        if (start.Length == 0)
        {
            throw new TableException(TableErrorKind.Empty, stream.Name, "the file is empty.", "Export it again.");
        }

        ReadOnlySpan<byte> head = start;
        if (head.StartsWith("PK\x03\x04"u8))
        {
            return TableFileShape.OpenXmlWorkbook;
        }

        if (head.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0]) || IsBareBiff(head))
        {
            return TableFileShape.BinaryWorkbook;
        }

        if (IsMarkup(head))
        {
            throw new TableException(
                TableErrorKind.Unreadable,
                stream.Name,
                "this is a web page or XML file, whatever its extension says.",
                "Open it in Excel and save it as a workbook (.xlsx), or export it as CSV.");
        }

        return TableFileShape.Text;
    }

    /// <summary>The first bytes of a file; rewinds it.</summary>
    public static byte[] Sample(FileStream stream, int size)
    {
        byte[] sample = new byte[size];
        stream.Position = 0;
        int length = stream.ReadAtLeast(sample, size, throwOnEndOfStream: false);
        stream.Position = 0;
        return sample[..length];
    }

    // Workbooks of Excel 2 to 4 have no container: they begin with their BOF record.
    private static bool IsBareBiff(ReadOnlySpan<byte> head) =>
        head is [0x09, 0x00 or 0x02 or 0x04, 0x04 or 0x06, 0x00, ..];

    private static bool IsMarkup(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = Text.Utf8Text.Trim(head[..Math.Min(head.Length, 256)]);
        return text.StartsWith("<"u8) || text.StartsWith("MIME-Version:"u8);
    }
}
