using System.Xml.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Host.Tests.Curl;

/// <summary>
/// Checks that a body has what the documentation says. <c>a.b[0]</c> must be there, <c>a.b=x</c> must have that value,
/// <c>!a.b</c> must not be there, <c>a.b:Integer</c> must be of that JSON type. In XML the path counts elements by their
/// local names, attributes with an @: <c>users/user[0]/@link</c>.
/// </summary>
internal static class Shape
{
    public static void Check(CurlAnswer answer, string expectation)
    {
        bool absent = expectation.StartsWith('!');
        int equals = expectation.LastIndexOf('=');
        int colon = expectation.IndexOf(':', StringComparison.Ordinal);
        string path = expectation[(absent ? 1 : 0)..(equals > 0 ? equals : colon > 0 ? colon : expectation.Length)];
        bool isXml = answer.Body.StartsWith('<');
        JToken? token = isXml ? null : Json(answer.Body).SelectToken(path);
        string? value = isXml ? Xml(XElement.Parse(answer.Body), path) : token?.ToString();
        string told = $"'{expectation}' does not hold of: {answer.Body}";
        Assert.True(absent == value is null, told);
        if (equals > 0)
        {
            Assert.True(value == expectation[(equals + 1)..], told);
        }
        else if (colon > 0)
        {
            Assert.True(token?.Type.ToString() == expectation[(colon + 1)..], told);
        }
    }

    private static JObject Json(string body)
    {
        using JsonTextReader reader = new(new StringReader(body)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    private static string? Xml(XElement root, string path)
    {
        string[] steps = path.Split('/');
        if (root.Name.LocalName != steps[0])
        {
            return null;
        }

        XElement? at = root;
        foreach (string step in steps[1..])
        {
            if (step.StartsWith('@'))
            {
                return at?.Attributes().FirstOrDefault(a => a.Name.LocalName == step[1..])?.Value;
            }

            string name = step.Split('[')[0];
            int index = step.EndsWith(']') ? step[^2] - '0' : 0;
            at = at?.Elements().Where(e => e.Name.LocalName == name).ElementAtOrDefault(index);
        }

        return at?.Value;
    }
}
