namespace AlmaPurge.Core.Alma;

/// <summary>A column of an Analytics report.</summary>
/// <param name="Name">Name of its element in the rows, such as <c>Column3</c>; says nothing about its place.</param>
/// <param name="Heading">What people read above it; empty if Alma did not say.</param>
/// <param name="Table">Folder of the subject area that it is from; empty if Alma did not say.</param>
/// <param name="IsNumber">Whether its values are numbers, written with a decimal point.</param>
public sealed record AlmaReportColumn(string Name, string Heading, string Table, bool IsNumber);

/// <summary>Some rows of an Analytics report.</summary>
/// <param name="Columns">All columns; the same for each page. Empty if a report without rows came without them.</param>
/// <param name="Rows">Cells in the order of the columns; null where Alma has no value.</param>
public sealed record AlmaReportPage(IReadOnlyList<AlmaReportColumn> Columns, IReadOnlyList<string?[]> Rows);
