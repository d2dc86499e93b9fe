using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// The parameters of a job as Alma's wizard "Run a job" shows them under "API information" (documented). They belong
/// to one institution and release; an operator may paste them, as XML or JSON, with the address above them or not.
/// </summary>
/// <param name="JobId">Job id from the pasted address; null if there was none.</param>
/// <param name="Parameters">The parameters in their order, each name once.</param>
public sealed partial record JobTemplate(string? JobId, IReadOnlyList<JobParameter> Parameters)
{
    /// <summary>Reads what an operator pasted.</summary>
    /// <exception cref="AlmaPurgeException">It is not a job's parameters.</exception>
    public static JobTemplate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int start = text.AsSpan().IndexOfAny('<', '{');
        if (start < 0)
        {
            throw Invalid("it holds neither XML nor JSON.");
        }

        string body = text[start..].Trim();
        IReadOnlyList<JobParameter> parameters = body[0] == '<' ? ReadXml(body) : ReadJson(body);
        if (parameters.Count == 0)
        {
            throw Invalid("it has no parameters.");
        }

        JobParameters.RefuseRepeats(parameters);
        Match address = JobAddress().Match(text[..start]);
        return new JobTemplate(address.Success ? address.Groups[1].Value : null, parameters);
    }

    private static JobParameter[] ReadXml(string body)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(
                new StringReader(body),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader)
                .Descendants()
                .Where(element => element.Name.LocalName == "parameter")
                .Select(element => Parameter(Child(element, "name"), Child(element, "value") ?? string.Empty))
                .ToArray();
        }
        catch (XmlException error)
        {
            throw Invalid($"its XML is damaged in line {error.LineNumber}.");
        }
    }

    private static JobParameter[] ReadJson(string body)
    {
        JToken json;
        try
        {
            json = AlmaJson.Parse(body);
        }
        catch (JsonException)
        {
            throw Invalid("its JSON is damaged.");
        }

        Fact<IReadOnlyList<JObject>> items = JsonFacts.Items(
            (json as JObject)?["parameter"] ?? (json["parameters"] as JObject)?["parameter"]);
        return items.IsKnown
            ? items.Value.Select(item => Parameter(TextOf(item["name"]), TextOf(item["value"]) ?? string.Empty)).ToArray()
            : throw Invalid("it has no list 'parameter'.");
    }

    private static JobParameter Parameter(string? name, string value) => string.IsNullOrWhiteSpace(name)
        ? throw Invalid("one of its parameters has no name.")
        : new JobParameter(name.Trim(), value.Trim());

    private static string? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;

    private static string? TextOf(JToken? token)
    {
        Fact<string> text = JsonFacts.Text(token);
        return text.IsUnreadable ? throw Invalid($"a name or value in it is {text.Text}.")
            : text.IsKnown ? text.Value : null;
    }

    private static AlmaPurgeException Invalid(string fault) => new(
        "InvalidJobTemplate",
        AlmaPurgeErrorKind.InvalidData,
        $"The job template cannot be used: {fault}",
        "Copy it again from Alma: Run a job, the job, its set, and \"API information\" on the last page.");

    [GeneratedRegex(@"/conf/jobs/([A-Za-z0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex JobAddress();
}
