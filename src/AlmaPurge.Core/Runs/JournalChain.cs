using System.Security.Cryptography;
using System.Text;

namespace AlmaPurge.Core.Runs;

/// <summary>
/// The text of a journal, read as far as each line names the hash of the one before. An edited, removed or inserted line
/// breaks the chain.
/// </summary>
/// <param name="Lines">The lines up to the first that does not fit, as they are stored.</param>
/// <param name="LastHash">Hash of the last of them; empty if there is none.</param>
/// <param name="DamagedLine">Number of the first line that does not fit; null if the chain is whole.</param>
/// <param name="HalfLineStart">
/// Where, in bytes, a last line begins that was being written when the process ended; null if there is none.
/// </param>
internal sealed record JournalChain(
    IReadOnlyList<JournalLine> Lines, string LastHash, int? DamagedLine, long? HalfLineStart)
{
    /// <summary>Hash of no line.</summary>
    public const string NoHash = "";

    /// <summary>Reads the text of a journal.</summary>
    public static JournalChain Read(string text)
    {
        List<JournalLine> lines = [];
        string lastHash = NoHash;
        string[] texts = text.Split('\n');
        for (int i = 0; i < texts.Length - 1; i++)
        {
            JournalLine? line = TryRead(texts[i]);
            if (line is null || line.Number != i + 1 || line.Previous != lastHash)
            {
                return new JournalChain(lines, lastHash, i + 1, null);
            }

            lines.Add(line);
            lastHash = Hash(Encoding.UTF8.GetBytes(texts[i]));
        }

        long? halfLine = texts[^1].Length > 0 ? texts[..^1].Sum(t => Encoding.UTF8.GetByteCount(t) + 1L) : null;
        return new JournalChain(lines, lastHash, null, halfLine);
    }

    /// <summary>The hash of a line, by which the next one names it: SHA-256, upper-case hexadecimal.</summary>
    /// <param name="line">Its bytes, without the line feed.</param>
    public static string Hash(byte[] line) => Convert.ToHexString(SHA256.HashData(line));

    private static JournalLine? TryRead(string text)
    {
        try
        {
            return RunJson.Deserialize<JournalLine>(text);
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }
}
