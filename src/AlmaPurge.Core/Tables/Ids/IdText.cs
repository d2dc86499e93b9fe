using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using AlmaPurge.Core.Tables.Text;

namespace AlmaPurge.Core.Tables.Ids;

/// <summary>Judges the text of one identifier.</summary>
internal static partial class IdText
{
    private static readonly SearchValues<byte> s_plain =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_@"u8);

    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789"u8);

    private static readonly SearchValues<byte> s_totalStarts = SearchValues.Create("TGSROtgsro"u8);

    // Digits, signs, the marks of formulas and error values, and the first letters of months.
    private static readonly SearchValues<byte> s_damageStarts = SearchValues.Create("0123456789+-=#JFMASONDjfmasond"u8);

    /// <summary>Whether it consists of digits only.</summary>
    public static bool IsDigits(ReadOnlySpan<byte> id) =>
        id.Length == sizeof(ulong)
            ? AreDigits(BinaryPrimitives.ReadUInt64LittleEndian(id))
            : id.IndexOfAnyExcept(s_digits) < 0;

    // The usual length, and eight digits at once.
    private static bool AreDigits(ulong eight) =>
        (eight & 0xF0F0F0F0F0F0F0F0) == 0x3030303030303030
        && ((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) == 0x3030303030303030;

    /// <summary>What is wrong with it by itself.</summary>
    /// <param name="id">Trimmed.</param>
    public static IdDamage Judge(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
        {
            return IdDamage.Blank;
        }

        // Nearly all identifiers are letters and digits; only a total's label is damage among those.
        if (id.IndexOfAnyExcept(s_plain) < 0)
        {
            return MayBeTotal(id) && Total().IsMatch(Encoding.UTF8.GetString(id)) ? IdDamage.TotalRow : IdDamage.None;
        }

        return JudgeSlow(id);
    }

    private static IdDamage JudgeSlow(ReadOnlySpan<byte> id)
    {
        if (HasOddCharacters(id))
        {
            return IdDamage.OddCharacters;
        }

        // Most of what comes here is a name with a dot or a hyphen in it, which none of the patterns begins with.
        if (!MayBeTotal(id) && !s_damageStarts.Contains(id[0]))
        {
            return IdDamage.None;
        }

        string text = Encoding.UTF8.GetString(id);
        return Total().IsMatch(text) ? IdDamage.TotalRow
            : text[0] == '=' ? IdDamage.Formula
            : ErrorValue().IsMatch(text) ? IdDamage.ErrorValue
            : Scientific().IsMatch(text) ? IdDamage.Scientific
            : Date().IsMatch(text) ? IdDamage.Date
            : Fraction().IsMatch(text) ? IdDamage.Fraction
            : IdDamage.None;
    }

    private static bool MayBeTotal(ReadOnlySpan<byte> id) =>
        id.Length is >= 5 and < 40 && s_totalStarts.Contains(id[0]);

    private static bool HasOddCharacters(ReadOnlySpan<byte> id)
    {
        if (id.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0)
        {
            return false;
        }

        while (!id.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(id, out Rune rune, out int length) != OperationStatus.Done || Utf8Text.IsOdd(rune))
            {
                return true;
            }

            id = id[length..];
        }

        return false;
    }

    [GeneratedRegex(
        @"^((grand|sub|report|overall)[ -]?)?totals?\b(?!@)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Total();

    [GeneratedRegex(
        @"^(#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|#{3,})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ErrorValue();

    [GeneratedRegex(@"^[+-]?\d+([.,]\d+)?E[+-]\d{1,3}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();

    // What Excel makes of 3-4, 2015-03 or 04.03.2015, with or without a time of day.
    [GeneratedRegex(
        @"^(\d{1,2}[/.-]\d{1,2}[/.-](\d{2}|\d{4})|\d{4}[/-]\d{1,2}[/-]\d{1,2}"
            + @"|\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(-\d{2,4})?"
            + @"|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2,4})([ T]\d{1,2}:.*)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"^[+-]?\d+[.,]0+$", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
