namespace AlmaPurge.Core.Steps.Import;

/// <summary>A column in which the rows of one patron disagree.</summary>
/// <param name="Where">Which rows, of which files, in which column.</param>
/// <param name="One">What the one has there.</param>
/// <param name="Other">What the other has there.</param>
internal sealed record RowConflict(string Where, string? One, string? Other)
{
    /// <summary>The conflict in words.</summary>
    /// <param name="withValues">Whether the values may be quoted: nobody knows what stands in them.</param>
    public string Describe(bool withValues) => withValues ? $"{Where}: '{One}' and '{Other}'" : Where;
}
