namespace AlmaPurge.Core.Tables;

/// <summary>Where a table comes from that is no file: what run.json says of it, so that the import can be repeated.</summary>
/// <param name="Kind">What to call it in a sentence: report or set.</param>
public sealed record TableOrigin(string Kind)
{
    /// <summary>A file.</summary>
    public static TableOrigin File { get; } = new("file");

    /// <summary>Path of the Analytics report; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>The filter that the report was read with; null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>Id of the set; null for none.</summary>
    public string? SetId { get; init; }
}
