namespace AlmaPurge.Core.Alma;

/// <summary>A request before it has an address and a key.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path from <see cref="AlmaAddress.Path"/>.</param>
/// <param name="Query">Query with its question mark, or nothing.</param>
/// <param name="Body">JSON body, or null.</param>
/// <param name="NeedsBody">Whether an answer without a JSON object is damaged.</param>
internal sealed record AlmaRequest(
    HttpMethod Method,
    string Path,
    string Query = "",
    string? Body = null,
    bool NeedsBody = true)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>Whether XML is asked for, and taken as well as JSON.</summary>
    public bool WantsXml { get; init; }

    /// <summary>
    /// Whether Alma goes on to the next rows with each answer, so that a read whose answer was lost must not be sent again.
    /// </summary>
    public bool MovesCursor { get; init; }

    /// <summary>A read.</summary>
    public static AlmaRequest Get(string path, params (string Name, string Value)[] query) =>
        new(HttpMethod.Get, path, QueryOf(query));

    /// <summary>A query of escaped values; those without a value are left out.</summary>
    public static string QueryOf(params (string Name, string Value)[] query)
    {
        string text = string.Join(
            '&',
            query.Where(pair => pair.Value.Length > 0)
                .Select(pair => pair.Name + "=" + Uri.EscapeDataString(pair.Value)));
        return text.Length == 0 ? text : "?" + text;
    }
}
