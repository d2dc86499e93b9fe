using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps.Subtract;

/// <summary>
/// Reads an amount of money as reports and spreadsheets write it. Where a comma or a point could be either a decimal
/// mark or a mark of thousands, it is taken for thousands: the greater debt keeps the patron.
/// </summary>
public static partial class FeeAmount
{
    private static readonly SearchValues<byte> s_plain = SearchValues.Create("0123456789.-"u8);

    /// <summary>The amount; null if it is not one.</summary>
    /// <param name="value">The cell, trimmed, as UTF-8.</param>
    /// <param name="kind">What kind of cell it is.</param>
    public static decimal? Parse(ReadOnlySpan<byte> value, CellKind kind)
    {
        // "12.50" and the like: nothing to puzzle over.
        int point = value.IndexOf((byte)'.');
        bool plain = value.IndexOfAnyExcept(s_plain) < 0 && (point < 0 || value.Length - point != 4);
        if (plain || kind == CellKind.Number)
        {
            return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount)
                ? amount
                : null;
        }

        return FromText(Encoding.UTF8.GetString(value));
    }

    private static decimal? FromText(string text)
    {
        Match match = Amount().Match(text);
        if (!match.Success)
        {
            return null;
        }

        IEnumerable<char> digits = match.Groups["number"].Value.Where(c => char.IsAsciiDigit(c) || c is '.' or ',');
        string number = WithPoint(string.Concat(digits));
        bool negative = match.Groups["sign"].Captures.Any(c => c.Value.AsSpan().IndexOfAny("-\u2212(") >= 0);
        return decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount)
            ? negative ? -amount : amount
            : null;
    }

    private static string WithPoint(string number)
    {
        int mark = number.LastIndexOfAny(['.', ',']);
        if (mark < 0)
        {
            return number;
        }

        string whole = number[..mark];
        string rest = number[(mark + 1)..];
        bool repeated = whole.Contains(number[mark], StringComparison.Ordinal);
        bool otherMark = !repeated && whole.AsSpan().IndexOfAny('.', ',') >= 0;
        bool thousands = repeated || (rest.Length == 3 && !otherMark && whole.Trim('0').Length > 0);
        string digits = string.Concat(whole.Where(char.IsAsciiDigit));
        return thousands ? digits + rest : $"{digits}.{rest}";
    }

    // Signs, currency signs and codes may stand around the number, spaces and apostrophes within it.
    [GeneratedRegex(
        @"^(?<sign>\p{L}+\.?|\p{Sc}|[\s(+\u2212-])*"
            + @"(?<number>[.,]?\d[\d.,'\u2019\s]*?)"
            + @"(?<sign>\p{L}+\.?|\p{Sc}|[\s)\u2212-])*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Amount();
}
