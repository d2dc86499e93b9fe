using System.Xml;
using System.Xml.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Reads Alma's error list. The gateway answers XML whatever was asked for (seen), so the body is looked at and not
/// the content type; one error may come without its array, errorsExist as text, the XML namespace not at all (seen).
/// </summary>
internal static class ErrorBody
{
    /// <summary>The errors of a body; null if it is not an error list.</summary>
    public static IReadOnlyList<AlmaError>? Read(string body) => FirstCharacter(body) switch
    {
        '<' => ReadXml(body),
        '{' => TryParse(body) is JObject json ? ReadJson(json) : null,
        _ => null,
    };

    /// <summary>The errors of a JSON object; null if it is not an error list.</summary>
    public static IReadOnlyList<AlmaError>? ReadJson(JObject json)
    {
        JToken? list = json["errorList"];
        Rules.Fact<bool> exist = JsonFacts.Flag(json["errorsExist"]);
        bool saysSo = exist.IsKnown && exist.Value;
        JToken? items = list is JObject node ? node["error"] ?? node : list;
        Rules.Fact<IReadOnlyList<JObject>> errors = JsonFacts.Items(items);
        if (!errors.IsKnown || errors.Value.Count == 0)
        {
            return saysSo ? [new AlmaError(string.Empty, "Alma reported an error without saying which.", null)] : null;
        }

        return errors.Value
            .Select(error => new AlmaError(
                Text(error["errorCode"]),
                Text(error["errorMessage"]),
                Text(error["trackingId"]) is { Length: > 0 } id ? id : null))
            .ToArray();
    }

    /// <summary>The first character that is not white space; 0 for an empty body.</summary>
    public static char FirstCharacter(string body)
    {
        ReadOnlySpan<char> text = body.AsSpan().TrimStart();
        return text.IsEmpty ? '\0' : text[0];
    }

    private static IReadOnlyList<AlmaError>? ReadXml(string body)
    {
        XDocument document;
        try
        {
            using XmlReader reader = XmlReader.Create(
                new StringReader(body.TrimStart()),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            document = XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }

        AlmaError[] errors = document.Descendants()
            .Where(element => element.Name.LocalName == "error" && Child(element, "errorCode") is not null)
            .Select(element => new AlmaError(
                Child(element, "errorCode") ?? string.Empty,
                Child(element, "errorMessage") ?? string.Empty,
                Child(element, "trackingId")))
            .ToArray();
        if (errors.Length > 0)
        {
            return errors;
        }

        return document.Root?.Name.LocalName == "web_service_result"
            ? [new AlmaError(string.Empty, "Alma reported an error without saying which.", null)]
            : null;
    }

    private static string? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim();

    private static string Text(JToken? token)
    {
        Rules.Fact<string> text = JsonFacts.Text(token);
        return text.IsKnown ? text.Value : string.Empty;
    }

    private static JToken? TryParse(string body)
    {
        try
        {
            return AlmaJson.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
