namespace AlmaPurge.Core.Alma;

/// <summary>A row of a code table.</summary>
/// <param name="Code">Code.</param>
/// <param name="Description">Description; the code where there is none.</param>
/// <param name="IsEnabled">False only where Alma says so.</param>
public sealed record AlmaCodeTableRow(string Code, string Description, bool IsEnabled);

/// <summary>A row of a mapping table.</summary>
/// <param name="Columns">Its columns by name, any case; which ones there are depends on the table.</param>
/// <param name="IsEnabled">False only where Alma says so.</param>
public sealed record AlmaMappingTableRow(IReadOnlyDictionary<string, string> Columns, bool IsEnabled);
