namespace AlmaPurge.Core.Reports;

/// <summary>
/// One sheet to be written. A cell is a string (a text cell, whatever it looks like), a DateOnly, a number, or null.
/// </summary>
/// <param name="Name">Name of the sheet.</param>
/// <param name="Headings">First row, which stays in view.</param>
/// <param name="Widths">Width of each column in characters; the last one holds for all further columns.</param>
/// <param name="Rows">The rows below.</param>
internal sealed record SheetSpec(
    string Name, IReadOnlyList<string> Headings, IReadOnlyList<double> Widths, IEnumerable<object?[]> Rows)
{
    /// <summary>Whether each column has a filter.</summary>
    public bool HasFilter { get; init; } = true;

    /// <summary>Position of a column in which people choose from a list, from 0; null if there is none.</summary>
    public int? ChoiceColumn { get; init; }

    /// <summary>What can be chosen there. Anything else may be typed as well.</summary>
    public string Choice { get; init; } = "";

    /// <summary>What is said to whoever goes to a cell of that column.</summary>
    public string ChoicePrompt { get; init; } = "";
}
