namespace AlmaPurge.Core.Alma;

/// <summary>Which Analytics report is to be read.</summary>
/// <param name="Path">Full path in the catalogue, not encoded, such as <c>/shared/My University 01INST/Reports/expired</c>.</param>
/// <param name="Filter">
/// One expression in the reporting tool's XML, on a single line; null for none. It counts only for a column on which the
/// report is prompted, and is ignored otherwise (seen).
/// </param>
public sealed record AlmaReportRequest(string Path, string? Filter = null);
