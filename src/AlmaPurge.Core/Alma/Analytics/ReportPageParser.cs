using System.Xml;
using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>What one answer of the report endpoint says.</summary>
/// <param name="Token">Token for the pages that follow; null if there is none in this answer.</param>
/// <param name="IsFinished">Whether these are the last rows.</param>
/// <param name="Columns">Columns by its schema; null if it has none: only the first page with rows does (seen).</param>
/// <param name="Rows">The rows.</param>
internal sealed record ReportAnswer(
    string? Token, bool IsFinished, IReadOnlyList<AlmaReportColumn>? Columns, IReadOnlyList<XElement> Rows);

/// <summary>
/// Reads the XML of a report. Prefixes and namespaces have changed over time (seen), so only local names count. A cell
/// without a value is left out of its row (seen), so a cell belongs to the column of its name and never of its place.
/// </summary>
internal static class ReportPageParser
{
    private static readonly string[] s_numbers =
        ["double", "decimal", "float", "int", "integer", "long", "short", "byte", "numeric", "number"];

    /// <summary>Reads an answer.</summary>
    /// <exception cref="FormatException">It is none; the message says why and holds no value.</exception>
    public static ReportAnswer Parse(AlmaAnswer answer)
    {
        XElement result = Result(TextOf(answer));
        string finished = Child(result, "IsFinished")
            ?? throw new FormatException("a page that does not say whether it is the last one");
        if (!bool.TryParse(finished, out bool isFinished))
        {
            throw new FormatException("a page that does not say clearly whether it is the last one");
        }

        string? token = Child(result, "ResumptionToken");
        XElement? schema = result.Descendants().FirstOrDefault(e => e.Name.LocalName == "schema");
        return new ReportAnswer(
            string.IsNullOrEmpty(token) ? null : token,
            isFinished,
            schema is null ? null : Columns(schema),
            [.. result.Descendants().Where(e => e.Name.LocalName == "Row")]);
    }

    /// <summary>The cells of a row in the order of the columns.</summary>
    /// <exception cref="FormatException">A cell belongs to no column, or to the same as another one.</exception>
    public static string?[] Cells(XElement row, IReadOnlyDictionary<string, int> places)
    {
        string?[] cells = new string?[places.Count];
        foreach (XElement cell in row.Elements())
        {
            if (!places.TryGetValue(cell.Name.LocalName, out int place))
            {
                throw new FormatException($"a value in '{cell.Name.LocalName}', which is none of the report's columns");
            }

            if (cells[place] is not null)
            {
                throw new FormatException($"a row with two values in '{cell.Name.LocalName}'");
            }

            cells[place] = cell.Value;
        }

        return cells;
    }

    // In JSON the report is a text of XML within a list (seen).
    private static string TextOf(AlmaAnswer answer)
    {
        if (answer.Json["anies"] is not JToken anies)
        {
            return answer.Text;
        }

        JToken? text = anies is JArray { Count: 1 } list ? list[0] : anies;
        return JsonFacts.ScalarText(text) ?? throw new FormatException("a page without a report in it");
    }

    private static XElement Result(string xml)
    {
        // Characters that XML forbids are no reason to give up a whole report: an identifier with one is found damaged.
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false,
        };
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(xml.TrimStart()), settings);
            XElement root = XElement.Load(reader, LoadOptions.PreserveWhitespace);
            return root.DescendantsAndSelf().FirstOrDefault(e => e.Name.LocalName == "QueryResult")
                ?? throw new FormatException("an answer that holds no report");
        }
        catch (XmlException)
        {
            // The parser's message quotes the text, which may hold a person's data.
            throw new FormatException("an answer that breaks off or is damaged XML");
        }
    }

    private static AlmaReportColumn[] Columns(XElement schema) =>
        [.. schema.Descendants().Where(e => e.Name.LocalName == "element" && Attribute(e, "name").Length > 0).Select(Column)];

    private static AlmaReportColumn Column(XElement element) => new(
        Attribute(element, "name"),
        Attribute(element, "columnHeading").Trim(),
        Attribute(element, "tableHeading").Trim(),
        s_numbers.Contains(Attribute(element, "type").Split(':')[^1], StringComparer.OrdinalIgnoreCase));

    // saw-sql:type stands beside type and means something else.
    private static string Attribute(XElement element, string name) =>
        element.Attributes().FirstOrDefault(a => a.Name.LocalName == name && (name != "type" || a.Name.NamespaceName.Length == 0))
            ?.Value ?? "";

    private static string? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
}
