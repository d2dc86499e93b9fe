namespace AlmaPurge.Simulator.Host.Tests.Curl;

/// <summary>One documented call and what the documentation says of its answer.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Path">Path and query behind /almaws/v1/.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Shape">What the body has, see <see cref="Curl.Shape"/>.</param>
internal sealed record RecordedCall(string Name, string Path, int Status, params string[] Shape)
{
    /// <summary>The method where it is not GET.</summary>
    public string? Method { get; init; }

    /// <summary>The header Accept; null for none but curl's own <c>*/*</c>.</summary>
    public string? Accept { get; init; } = "application/json";

    /// <summary>The file of <c>Bodies</c> that is sent, by its ending as JSON or XML.</summary>
    public string? Body { get; init; }

    /// <summary>json, xml, or nothing for an empty body.</summary>
    public string Form { get; init; } = "json";

    /// <summary>Whether the key goes into the query, the form that the official description has, and not the header.</summary>
    public bool KeyInQuery { get; init; }

    /// <summary>The key, where it is not the right one.</summary>
    public string? Key { get; init; }

    public override string ToString() => Name;
}
