using System.Globalization;
using System.Xml;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Http;

/// <summary>A request, taken apart.</summary>
internal sealed class ApiRequest
{
    private const string Prefix = "/almaws/v1";

    private ApiRequest(string method, string[] segments, Dictionary<string, string> query, string loggedPath)
    {
        Method = method;
        Segments = segments;
        Query = query;
        LoggedPath = loggedPath;
    }

    public string Method { get; }

    /// <summary>The parts of the path behind /almaws/v1, each decoded once, so that %2F stays inside an id.</summary>
    public string[] Segments { get; }

    /// <summary>Query parameters; a fault may change them.</summary>
    public Dictionary<string, string> Query { get; }

    /// <summary>Path and query without the key.</summary>
    public string LoggedPath { get; }

    public bool WantsJson { get; init; }

    public string? Key { get; init; }

    /// <summary>The password of a sign-in, where it came in its header.</summary>
    public string? Password { get; init; }

    public string? BodyText { get; init; }

    /// <summary>How long the answer is held back, in real time; a fault may set it, even to for ever.</summary>
    public TimeSpan Delay { get; set; }

    public static ApiRequest From(HttpRequestMessage message, string? body)
    {
        // AbsoluteUri keeps %2F as it was sent; LocalPath and friends do not.
        string raw = message.RequestUri!.AbsoluteUri;
        int start = raw.IndexOf('/', raw.IndexOf("://", StringComparison.Ordinal) + 3);
        int end = raw.IndexOf('#', StringComparison.Ordinal);
        string pathAndQuery = raw[start..(end < 0 ? raw.Length : end)];
        int mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        string path = mark < 0 ? pathAndQuery : pathAndQuery[..mark];
        string[] pairs = mark < 0 ? [] : pathAndQuery[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> query = Parse(pairs);
        string[] logged = [.. pairs.Where(p => !IsKey(p))];
        string loggedPath = path + (logged.Length > 0 ? "?" + string.Join('&', logged) : "");
        return new ApiRequest(message.Method.Method, Split(path), query, loggedPath)
        {
            WantsJson = AsksForJson(message, query),
            Key = KeyOf(message, query),
            Password = PasswordOf(message),
            BodyText = body,
        };
    }

    public string? Value(string name)
    {
        return Query.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
    }

    public int Number(string name, int fallback, int maximum)
    {
        string? text = Value(name);
        if (text is null)
        {
            return fallback;
        }

        bool fits = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return fits && number <= maximum
            ? number
            : throw ApiErrorException.InvalidParameter(name, text, FormattableString.Invariant($"0-{maximum}"));
    }

    public bool Flag(string name, bool fallback)
    {
        return Value(name) is string text ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : fallback;
    }

    public JObject ReadBody()
    {
        string text = (BodyText ?? "").TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        try
        {
            return text.StartsWith('<') ? XmlBody.Read(text) : JsonBody.Parse(text);
        }
        catch (Exception error) when (error is JsonException or XmlException)
        {
            throw new ApiErrorException("401676", "No valid XML or JSON was given.");
        }
    }

    private static string[] Split(string path)
    {
        if (!path.StartsWith(Prefix + "/", StringComparison.Ordinal))
        {
            return [];
        }

        string[] parts = path[(Prefix.Length + 1)..].TrimEnd('/').Split('/');
        return [.. parts.Select(Uri.UnescapeDataString)];
    }

    private static Dictionary<string, string> Parse(string[] pairs)
    {
        Dictionary<string, string> query = new(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int mark = pair.IndexOf('=', StringComparison.Ordinal);
            string name = mark < 0 ? pair : pair[..mark];
            string value = mark < 0 ? "" : pair[(mark + 1)..];
            query[Uri.UnescapeDataString(name)] = Uri.UnescapeDataString(value.Replace('+', ' '));
        }

        return query;
    }

    // Judged by the decoded name, as it is read: %61pikey names the key as well.
    private static bool IsKey(string pair)
    {
        string name = Uri.UnescapeDataString(pair.Split('=')[0]);
        return string.Equals(name, "apikey", StringComparison.OrdinalIgnoreCase);
    }

    private static bool AsksForJson(HttpRequestMessage message, Dictionary<string, string> query)
    {
        if (query.TryGetValue("format", out string? format))
        {
            return string.Equals(format, "json", StringComparison.OrdinalIgnoreCase);
        }

        return message.Headers.Accept.Any(
            a => a.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true);
    }

    private static string? PasswordOf(HttpRequestMessage message)
    {
        return message.Headers.TryGetValues("Exl-User-Pw", out IEnumerable<string>? values)
            ? Uri.UnescapeDataString(string.Concat(values))
            : null;
    }

    private static string? KeyOf(HttpRequestMessage message, Dictionary<string, string> query)
    {
        if (message.Headers.TryGetValues("Authorization", out IEnumerable<string>? values))
        {
            string header = string.Join(' ', values).Trim();
            if (header.StartsWith("apikey ", StringComparison.OrdinalIgnoreCase))
            {
                return header[7..].Trim();
            }
        }

        return query.GetValueOrDefault("apikey");
    }
}
