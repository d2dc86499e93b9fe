using System.Globalization;

namespace AlmaPurge.Core.Tables.Dates;

/// <summary>What an explicit date format says about dates whose parts are all numbers.</summary>
internal enum DateOrder
{
    /// <summary>No format was given: the column has to tell.</summary>
    Unknown,

    DayFirst,

    MonthFirst,

    YearFirst,

    /// <summary>Something else, to be parsed exactly as given.</summary>
    Exact,
}

/// <summary>Reads the <c>-DateFormat</c> that the operator gave.</summary>
internal static class DateOrders
{
    /// <summary>The order that a format stands for.</summary>
    public static DateOrder Of(string? format)
    {
        if (format is null)
        {
            return DateOrder.Unknown;
        }

        int day = format.IndexOf('d', StringComparison.Ordinal);
        int month = format.IndexOf('M', StringComparison.Ordinal);
        int year = format.IndexOf('y', StringComparison.Ordinal);
        bool numeric = !format.Contains("MMM", StringComparison.Ordinal)
            && format.Contains("yyyy", StringComparison.Ordinal)
            && format.AsSpan().IndexOfAny("/-.") >= 0;
        return !numeric ? DateOrder.Exact
            : year < month && month < day ? DateOrder.YearFirst
            : day < month && month < year ? DateOrder.DayFirst
            : month < day && day < year ? DateOrder.MonthFirst
            : DateOrder.Exact;
    }

    /// <summary>Refuses a format that is not one; <c>dd/mm/yyyy</c>, say, where mm means minutes.</summary>
    public static void Validate(string? format, string path)
    {
        if (format is null)
        {
            return;
        }

        bool complete = format.Contains('d', StringComparison.Ordinal)
            && format.Contains('M', StringComparison.Ordinal)
            && format.Contains("yy", StringComparison.Ordinal);
        if (!complete || !RoundTrips(format))
        {
            bool hasMinutes = format.Contains('m', StringComparison.Ordinal);
            string minutes = hasMinutes && !format.Contains('M', StringComparison.Ordinal)
                ? " A small m means minutes, the month is M."
                : "";
            throw new TableException(
                TableErrorKind.BadDateFormat,
                path,
                $"'{format}' is no date format with day, month and year.{minutes}",
                "Give -DateFormat as, for example, dd/MM/yyyy, M/d/yyyy or yyyy-MM-dd.");
        }
    }

    private static bool RoundTrips(string format)
    {
        DateTime sample = new(2015, 11, 23);
        try
        {
            string text = sample.ToString(format, CultureInfo.InvariantCulture);
            return DateTime.TryParseExact(
                text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime back) && back.Date == sample;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
