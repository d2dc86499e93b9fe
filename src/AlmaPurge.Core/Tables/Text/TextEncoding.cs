using System.Text;
using System.Text.Unicode;

namespace AlmaPurge.Core.Tables.Text;

/// <summary>Works out the encoding of a text file from its bytes.</summary>
internal static class TextEncoding
{
    private const int SampleSize = 4096;
    private const int BlockSize = 1 << 18;

    /// <summary>What Excel on Windows writes as "CSV", unless told to write UTF-8.</summary>
    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The encoding of an open file; rewinds it.</summary>
    public static Encoding Detect(FileStream stream)
    {
        byte[] sample = TableFile.Sample(stream, SampleSize);
        Encoding? marked = ByMark(sample) ?? ByZeros(sample, stream.Name);
        if (marked is not null)
        {
            return marked;
        }

        Encoding encoding = IsUtf8(stream) ? Encoding.UTF8 : Windows1252;
        stream.Position = 0;
        return encoding;
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> sample)
    {
        return sample switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
            [0xFF, 0xFE, 0x00, 0x00, ..] => Encoding.UTF32,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    // UTF-16 without its mark shows by the zero in every other byte of Latin text. A zero anywhere else is no text.
    private static Encoding? ByZeros(ReadOnlySpan<byte> sample, string path)
    {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            if (sample[i] == 0)
            {
                _ = (i & 1) == 0 ? even++ : odd++;
            }
        }

        if (even + odd == 0)
        {
            return null;
        }

        int half = sample.Length / 2;
        bool little = odd > half * 0.7 && even < half * 0.05;
        bool big = even > half * 0.7 && odd < half * 0.05;
        return little ? Encoding.Unicode
            : big ? Encoding.BigEndianUnicode
            : throw new TableException(
                TableErrorKind.Unreadable,
                path,
                "this is neither a text file nor a workbook.",
                "Export the report as CSV or Excel.");
    }

    // The whole file has to be looked at: the first letter with an accent may be in its last row.
    private static bool IsUtf8(FileStream stream)
    {
        byte[] block = new byte[BlockSize];
        int kept = 0;
        while (true)
        {
            int read = stream.Read(block, kept, block.Length - kept);
            int length = kept + read;
            int whole = read == 0 ? length : length - CutOffAtEnd(block.AsSpan(0, length));
            if (!Utf8.IsValid(block.AsSpan(0, whole)))
            {
                return false;
            }

            if (read == 0)
            {
                return true;
            }

            kept = length - whole;
            block.AsSpan(whole, kept).CopyTo(block);
        }
    }

    /// <summary>How many bytes at the end belong to a character that the block cuts in two.</summary>
    private static int CutOffAtEnd(ReadOnlySpan<byte> block)
    {
        for (int back = 1; back <= Math.Min(3, block.Length); back++)
        {
            byte b = block[^back];
            if (b < 0x80)
            {
                return 0;
            }

            if (b >= 0xC0)
            {
                int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return back < needed ? back : 0;
            }
        }

        return 0;
    }
}
