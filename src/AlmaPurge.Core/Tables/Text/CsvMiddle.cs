namespace AlmaPurge.Core.Tables.Text;

/// <summary>Guesses where in the middle of a text file a row begins.</summary>
internal static class CsvMiddle
{
    private const int Searched = 1 << 16;

    /// <summary>
    /// Position of the first line in the second half; null if there is none nearby. A line may well be within a value
    /// in quotation marks: only who has read all of the first half knows.
    /// </summary>
    public static long? Find(FileStream stream)
    {
        byte[] bytes = new byte[Searched];
        long middle = stream.Length / 2;
        stream.Position = middle;
        ReadOnlySpan<byte> text = bytes.AsSpan(0, stream.ReadAtLeast(bytes, Searched, throwOnEndOfStream: false));
        int end = text.IndexOf((byte)'\n');

        // An empty line is no row, and what looks like the mark of an encoding would be taken away at a beginning.
        return end >= 0 && end + 1 < text.Length && text[end + 1] is not ((byte)'\r' or (byte)'\n' or 0xEF)
            ? middle + end + 1
            : null;
    }
}
