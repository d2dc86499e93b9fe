namespace AlmaPurge.Core.Runs;

/// <summary>A list of ids that has them as UTF-8, so that a million of them can be written without a string for each.</summary>
internal interface IUtf8Ids
{
    /// <summary>How many ids there are.</summary>
    int Count { get; }

    /// <summary>An id as UTF-8.</summary>
    ReadOnlySpan<byte> Utf8At(int index);
}
