namespace AlmaPurge.Simulator.Reports;

/// <summary>A column of an Analytics report.</summary>
/// <param name="Heading">What people read.</param>
/// <param name="Type">The type in the report's schema: varchar, date or double.</param>
internal sealed record ReportColumn(string Heading, string Type);

/// <summary>A report as Analytics computes it: columns and rows. A cell is null where Alma has no value.</summary>
/// <param name="Columns">In the order in which people see them.</param>
/// <param name="Rows">Cells in the order of the columns.</param>
internal sealed record ReportTable(IReadOnlyList<ReportColumn> Columns, IReadOnlyList<string?[]> Rows);
