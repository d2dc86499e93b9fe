using System.Buffers.Binary;

namespace AlmaPurge.Core.Tables.Dates;

/// <summary>
/// Reads yyyy-MM-dd, eight digits at once: an export of a million patrons has three million dates, and reading them
/// one digit after the other would take longer than all the rest of the row.
/// </summary>
internal static class IsoDate
{
    private const int Length = 10;
    private const int EarliestYear = 1900;
    private const int YearsInTable = 200;

    // "0000-00-", as a little-endian number; and where a byte has more than a digit after that is taken off.
    private const ulong Zeros = 0x2D30302D30303030;
    private const ulong NoDigit = 0xFFF0F0FFF0F0F0F0;
    private const ulong ToSixteen = 0x0006060006060606;

    // Day numbers on which the months begin; dates beyond the table are worked out.
    private static readonly int[] s_months = Months();

    /// <summary>Reads a date; false if the text is not exactly one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dayNumber">As <see cref="DateOnly.DayNumber"/> counts.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        if (text.Length != Length)
        {
            return false;
        }

        ulong digits = BinaryPrimitives.ReadUInt64LittleEndian(text) - Zeros;
        uint tens = text[8] - (uint)'0';
        uint ones = text[9] - (uint)'0';
        if ((digits & NoDigit) != 0 || ((digits + ToSixteen) & NoDigit) != 0 || tens > 9 || ones > 9)
        {
            return false;
        }

        int year = (Digit(digits, 0) * 1000) + (Digit(digits, 1) * 100) + (Digit(digits, 2) * 10) + Digit(digits, 3);
        int month = (Digit(digits, 5) * 10) + Digit(digits, 6);
        int day = (int)((tens * 10) + ones);
        int index = ((year - EarliestYear) * 12) + month - 1;
        if (year < EarliestYear || (uint)(month - 1) > 11 || day < 1)
        {
            return false;
        }

        if (index < s_months.Length - 1)
        {
            dayNumber = s_months[index] + day - 1;
            return dayNumber < s_months[index + 1];
        }

        bool exists = day <= DateTime.DaysInMonth(year, month);
        dayNumber = exists ? new DateOnly(year, month, day).DayNumber : 0;
        return exists;
    }

    private static int[] Months()
    {
        DateOnly first = new(EarliestYear, 1, 1);
        return [.. Enumerable.Range(0, (YearsInTable * 12) + 1).Select(m => first.AddMonths(m).DayNumber)];
    }

    private static int Digit(ulong digits, int position) => (int)(digits >> (position * 8)) & 0xF;
}
