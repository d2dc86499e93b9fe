using System.Globalization;
using System.Xml.Linq;

namespace AlmaPurge.Simulator.Reports;

/// <summary>
/// Writes a page of a report as the reporting tool does (seen): a constant <c>Column0</c>, columns in another order
/// than people see them, told apart by the heading in the schema, which only the first page has; cells without a value
/// left out.
/// </summary>
internal static class ReportXml
{
    private static readonly XNamespace s_rows = "urn:schemas-microsoft-com:xml-analysis:rowset";
    private static readonly XNamespace s_schema = "http://www.w3.org/2001/XMLSchema";
    private static readonly XNamespace s_saw = "urn:saw-sql";

    /// <summary>The answer while the report is being computed: no token, no rows, not finished.</summary>
    public static XElement Computing()
    {
        return new XElement("QueryResult", new XElement("IsFinished", "false"), new XElement("ResultXml"));
    }

    public static XElement Page(
        ReportTable table,
        IEnumerable<string?[]> rows,
        string? token,
        bool isFinished,
        bool withSchema,
        bool withHeadings)
    {
        // In the order of the headings, which is not the order that people see.
        int[] order = [.. Enumerable.Range(0, table.Columns.Count).OrderBy(
            i => table.Columns[i].Heading, StringComparer.Ordinal)];
        XElement rowset = new(s_rows + "rowset");
        if (withSchema)
        {
            rowset.Add(Schema(table, order, withHeadings));
        }

        foreach (string?[] row in rows)
        {
            rowset.Add(Row(row, order));
        }

        return new XElement(
            "QueryResult",
            token is null ? null : new XElement("ResumptionToken", token),
            new XElement("IsFinished", isFinished ? "true" : "false"),
            new XElement("ResultXml", rowset));
    }

    private static XElement Row(string?[] row, int[] order)
    {
        XElement element = new(s_rows + "Row", new XElement(s_rows + "Column0", "0"));
        for (int i = 0; i < order.Length; i++)
        {
            if (row[order[i]] is { Length: > 0 } cell)
            {
                element.Add(new XElement(s_rows + Name(i + 1), cell));
            }
        }

        return element;
    }

    private static XElement Schema(ReportTable table, int[] order, bool withHeadings)
    {
        // The constant has a heading too (seen): there are clients that look for it in each column.
        XElement sequence = new(s_schema + "sequence", Column(0, "int", "integer", withHeadings ? "0" : null));
        for (int i = 0; i < order.Length; i++)
        {
            ReportColumn column = table.Columns[order[i]];
            string type = column.Type == "varchar" ? "string" : column.Type;
            sequence.Add(Column(i + 1, type, column.Type, withHeadings ? column.Heading : null));
        }

        return new XElement(
            s_schema + "schema",
            new XAttribute(XNamespace.Xmlns + "xsd", s_schema.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "saw-sql", s_saw.NamespaceName),
            new XAttribute("targetNamespace", s_rows.NamespaceName),
            new XElement(s_schema + "complexType", new XAttribute("name", "Row"), sequence));
    }

    private static XElement Column(int number, string type, string sqlType, string? heading)
    {
        XElement element = new(
            s_schema + "element",
            new XAttribute("name", Name(number)),
            new XAttribute("type", "xsd:" + type),
            new XAttribute("minOccurs", "0"),
            new XAttribute("maxOccurs", "1"),
            new XAttribute(s_saw + "type", sqlType));
        if (heading is not null)
        {
            element.Add(new XAttribute(s_saw + "columnHeading", heading));
        }

        return element;
    }

    private static string Name(int number)
    {
        return "Column" + number.ToString(CultureInfo.InvariantCulture);
    }
}
