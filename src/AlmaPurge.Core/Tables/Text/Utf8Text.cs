using System.Buffers;
using System.Globalization;
using System.Text;

namespace AlmaPurge.Core.Tables.Text;

/// <summary>Small questions about UTF-8 text, quick for the plain ASCII that nearly all values are.</summary>
internal static class Utf8Text
{
    /// <summary>
    /// Cuts off what people cannot see at both ends: spaces of all kinds, line breaks, zero-width characters. They
    /// come with copy and paste, and an identifier with one of them would match nobody.
    /// </summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (IsVisibleAscii(text[0]) && IsVisibleAscii(text[^1])) ? text : TrimSlow(text);

    /// <summary>Compares with upper-case ASCII, ignoring the case of the text.</summary>
    public static bool EqualsUpper(ReadOnlySpan<byte> text, ReadOnlySpan<byte> upper) =>
        text.Length == upper.Length && Ascii.EqualsIgnoreCase(text, upper);

    /// <summary>Whether the character is invisible or unusual in the midst of an identifier.</summary>
    public static bool IsOdd(Rune rune)
    {
        if (rune.Value == ' ')
        {
            return false;
        }

        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        return rune == Rune.ReplacementChar
            || Rune.IsWhiteSpace(rune)
            || category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned;
    }

    private static bool IsVisibleAscii(byte b) => b is > 0x20 and < 0x7F;

    private static ReadOnlySpan<byte> TrimSlow(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out Rune first, out int length) == OperationStatus.Done && IsTrimmed(first))
        {
            text = text[length..];
        }

        while (Rune.DecodeLastFromUtf8(text, out Rune last, out int length) == OperationStatus.Done && IsTrimmed(last))
        {
            text = text[..^length];
        }

        return text;
    }

    private static bool IsTrimmed(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
}
