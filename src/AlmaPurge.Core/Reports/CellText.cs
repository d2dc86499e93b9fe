using System.Globalization;
using System.Text.RegularExpressions;

namespace AlmaPurge.Core.Reports;

/// <summary>Makes any text fit for a cell, and names cells.</summary>
internal static partial class CellText
{
    // Excel takes 32,767 characters.
    private const int Longest = 32_000;

    /// <summary>
    /// Characters that XML cannot hold become the replacement character. Excel reads _x0041_ as the letter A, so an
    /// identifier that looks like that must have its underscore written in that way.
    /// </summary>
    public static string Of(string text)
    {
        string whole = XmlText.Of(text);
        string clean = whole.Length > Longest ? whole[..Longest] : whole;
        return Escape().Replace(clean, "_x005F_");
    }

    /// <summary>The name of a cell, such as B7.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="row">From 1.</param>
    public static string Reference(int column, int row) => ColumnName(column) + row.ToString(CultureInfo.InvariantCulture);

    /// <summary>The letters of a column.</summary>
    /// <param name="column">From 0.</param>
    public static string ColumnName(int column) => column < 26
        ? ((char)('A' + column)).ToString()
        : ColumnName((column / 26) - 1) + (char)('A' + (column % 26));

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
