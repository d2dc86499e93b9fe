using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Reports;

/// <summary>What a review workbook shows.</summary>
/// <param name="Run">The run.</param>
/// <param name="Number">Which review of the run it is, from 1.</param>
/// <param name="WrittenAt">When it is written.</param>
/// <param name="Going">Patrons who would go, in order.</param>
/// <param name="NotPassedOn">Patrons who remain in the run and did not arrive at the review.</param>
/// <param name="Columns">Columns of the input that go along; none unless asked for.</param>
internal sealed record ReviewContents(
    PurgeRun Run,
    int Number,
    DateTimeOffset WrittenAt,
    IReadOnlyList<string> Going,
    IReadOnlyList<string> NotPassedOn,
    IncludedColumns Columns);

/// <summary>
/// Columns of the input that people asked to have in the workbook, since branch staff know patrons by name. They go
/// from the file into the workbook and nowhere else.
/// </summary>
/// <param name="Headings">Headings as the input has them.</param>
/// <param name="Values">Values by identifier, trimmed and case-insensitive.</param>
internal sealed record IncludedColumns(
    IReadOnlyList<string> Headings, IReadOnlyDictionary<string, string?[]> Values)
{
    public static IncludedColumns None { get; } = new([], new Dictionary<string, string?[]>());

    /// <summary>Cells of a row, ours and then the included ones.</summary>
    public object?[] Append(string primaryId, object?[] cells) =>
        Headings.Count == 0 ? cells : [.. cells, .. Values.GetValueOrDefault(primaryId.Trim()) ?? new string?[Headings.Count]];

    /// <summary>Headings, ours and then the included ones; one that would be mistaken for ours is told apart.</summary>
    public string[] AppendHeadings(string[] ours) =>
        [.. ours, .. Headings.Select(h => ours.Contains(h, StringComparer.OrdinalIgnoreCase) ? $"{h} (file)" : h)];
}
