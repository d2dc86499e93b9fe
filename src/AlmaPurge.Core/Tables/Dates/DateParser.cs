using System.Buffers;
using System.Globalization;
using System.Text;

namespace AlmaPurge.Core.Tables.Dates;

/// <summary>Reads one date out of text, without deciding which of two numbers is the month.</summary>
internal static class DateParser
{
    private const int EarliestYear = 1900;

    private static readonly string[] s_wordFormats =
    [
        "d-MMM-yyyy", "d MMM yyyy", "d/MMM/yyyy", "d-MMMM-yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy",
    ];

    private static readonly SearchValues<byte> s_timeCharacters = SearchValues.Create(" 0123456789:.+-TZAPMapm,"u8);

    /// <summary>Reads a date; a time of day behind it is passed over.</summary>
    /// <param name="text">Trimmed and not empty.</param>
    /// <param name="shape">How it was written, for pairs.</param>
    public static DateValue Parse(ReadOnlySpan<byte> text, out DateShape shape)
    {
        shape = default;
        if (IsoDate.TryParse(text, out int dayNumber))
        {
            return DateValue.OfDayNumber(dayNumber);
        }

        if (YearFirst(text, out int length) is { } value)
        {
            return IsTime(text[length..]) ? value : DateValue.Unreadable;
        }

        return NumbersFirst(text, ref shape) ?? Words(text);
    }

    /// <summary>Reads a date exactly as the operator's format says; a time of day behind it is passed over.</summary>
    public static DateValue ParseExact(ReadOnlySpan<byte> text, string format)
    {
        string chars = Encoding.UTF8.GetString(text);
        return TryExact(chars, [format]) ?? TryExact(BeforeTime(chars), [format]) ?? DateValue.Unreadable;
    }

    // yyyy-MM-dd, yyyy/MM/dd, yyyy.MM.dd, and yyyyMMdd.
    private static DateValue? YearFirst(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (text.Length < 8 || !TryDigits(text[..4], out int year))
        {
            return null;
        }

        byte separator = text[4];
        if (separator is not ((byte)'-' or (byte)'/' or (byte)'.'))
        {
            length = 8;
            return text.Length == 8 && TryDigits(text[4..6], out int m) && TryDigits(text[6..8], out int d)
                ? Day(year, m, d) : null;
        }

        int month = Number(text, 5, out int monthEnd);
        if (month < 0 || monthEnd >= text.Length || text[monthEnd] != separator)
        {
            return null;
        }

        int day = Number(text, monthEnd + 1, out length);
        return day < 0 ? null : Day(year, month, day);
    }

    // d/M/yyyy or M/d/yyyy; d-M-yyyy or M-d-yyyy; with dots the day always comes first.
    private static DateValue? NumbersFirst(ReadOnlySpan<byte> text, ref DateShape shape)
    {
        int first = Number(text, 0, out int firstEnd);
        if (first < 0 || firstEnd >= text.Length || text[firstEnd] is not ((byte)'/' or (byte)'-' or (byte)'.'))
        {
            return null;
        }

        byte separator = text[firstEnd];
        int second = Number(text, firstEnd + 1, out int secondEnd);
        int yearEnd = secondEnd + 5;
        if (second < 0 || yearEnd > text.Length || text[secondEnd] != separator
            || !TryDigits(text[(secondEnd + 1)..yearEnd], out int year) || !IsTime(text[yearEnd..]))
        {
            return null;
        }

        if (separator == '.')
        {
            return Day(year, second, first);
        }

        shape = new DateShape(
            separator,
            PaddingOf(first, firstEnd),
            PaddingOf(second, secondEnd - firstEnd - 1),
            HasTime: yearEnd < text.Length);
        bool possible = Day(year, first, second) is not null || Day(year, second, first) is not null;
        return possible ? DateValue.OfPair(first, second, year) : null;
    }

    private static DateValue Words(ReadOnlySpan<byte> text)
    {
        // Nothing with a word in it is shorter, and far longer text is no date: not worth a string.
        if (text.Length is < 8 or > 40)
        {
            return DateValue.Unreadable;
        }

        string chars = Encoding.UTF8.GetString(text);
        return TryExact(chars, s_wordFormats) ?? TryExact(BeforeTime(chars), s_wordFormats) ?? DateValue.Unreadable;
    }

    private static DateValue? TryExact(string text, string[] formats) =>
        DateTime.TryParseExact(
            text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
        && date.Year >= EarliestYear
            ? DateValue.Of(DateOnly.FromDateTime(date))
            : null;

    private static string BeforeTime(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int space = colon < 0 ? -1 : text.LastIndexOfAny([' ', 'T'], colon);
        return space < 0 ? text : text[..space].TrimEnd(' ', ',');
    }

    // What may stand behind a date: nothing, a zone letter, or a time of day.
    private static bool IsTime(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest.SequenceEqual("Z"u8))
        {
            return true;
        }

        return rest.Length >= 5 && rest[0] is (byte)' ' or (byte)'T' or (byte)',' && rest.Contains((byte)':')
            && rest[1..].IndexOfAnyExcept(s_timeCharacters) < 0;
    }

    private static DateValue? Day(int year, int month, int day) =>
        year >= EarliestYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? DateValue.Of(new DateOnly(year, month, day))
            : null;

    // One or two digits; -1 if there are none, or more.
    private static int Number(ReadOnlySpan<byte> text, int start, out int end)
    {
        int value = 0;
        end = start;
        while (end < text.Length && end < start + 3 && char.IsAsciiDigit((char)text[end]))
        {
            value = (value * 10) + (text[end++] - '0');
        }

        return end - start is 1 or 2 ? value : -1;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte b in text)
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return false;
            }

            value = (value * 10) + (b - '0');
        }

        return true;
    }

    private static DatePadding PaddingOf(int number, int digits) =>
        number >= 10 ? DatePadding.Unknown : digits == 2 ? DatePadding.Padded : DatePadding.Bare;
}

/// <summary>Whether a number below ten is written with a zero.</summary>
internal enum DatePadding
{
    Unknown,
    Padded,
    Bare,
}

/// <summary>How a date of three numbers is written. A program writes all dates of a column in one way.</summary>
internal readonly record struct DateShape(byte Separator, DatePadding First, DatePadding Second, bool HasTime);
