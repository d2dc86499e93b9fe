using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Http;

/// <summary>What goes back: a body as a tree or, for speed, as JSON text, and the XML name of its root.</summary>
internal sealed class ApiAnswer
{
    private JObject? _body;
    private string? _json;

    private ApiAnswer(int status, string root)
    {
        Status = status;
        Root = root;
    }

    public int Status { get; init; }

    public string Root { get; }

    /// <summary>The XML form where it is not simply that of the body.</summary>
    public string? OwnXml { get; private init; }

    /// <summary>Whether it goes out as XML whatever was asked for.</summary>
    public bool IsXmlOnly => OwnXml is not null && _body is null && _json is null;

    public bool IsEmpty => _body is null && _json is null && OwnXml is null;

    /// <summary>The body as a tree; a fault may change it.</summary>
    public JObject Body
    {
        get
        {
            _body ??= JsonBody.Parse(_json ?? "{}");
            _json = null;
            return _body;
        }
    }

    public string Json => _json ?? _body?.ToString(Newtonsoft.Json.Formatting.None) ?? "";

    public static ApiAnswer Of(string root, JObject body)
    {
        return new ApiAnswer(200, root) { _body = body };
    }

    public static ApiAnswer OfJson(string root, string json)
    {
        return new ApiAnswer(200, root) { _json = json };
    }

    public static ApiAnswer OfPlainXml(string xml)
    {
        return new ApiAnswer(200, "") { OwnXml = xml };
    }

    public static ApiAnswer OfForms(JObject json, string xml)
    {
        return new ApiAnswer(200, "") { _body = json, OwnXml = xml };
    }

    public static ApiAnswer NoContent()
    {
        return new ApiAnswer(204, "");
    }
}
