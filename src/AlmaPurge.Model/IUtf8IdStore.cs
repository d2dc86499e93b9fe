namespace AlmaPurge;

/// <summary>Keeps identifiers as UTF-8, so that a million of them need no string each before somebody asks.</summary>
internal interface IUtf8IdStore
{
    /// <summary>The identifier at a place.</summary>
    string TextAt(int place);

    /// <summary>The same as UTF-8.</summary>
    ReadOnlySpan<byte> Utf8At(int place);
}
