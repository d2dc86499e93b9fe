using System.Globalization;
using System.Security;

namespace AlmaPurge.Core.Tests.Alma;

/// <summary>Answers of the report endpoint, written as public recordings show them.</summary>
internal static class ReportPages
{
    public const string Computing = "<report><QueryResult><IsFinished>false</IsFinished><ResultXml/></QueryResult></report>";

    /// <summary>A first page, of columns "Primary Identifier" (Column2) and "Expiry Date" (Column1).</summary>
    public static string First(string? token, bool finished, params string[] ids) => Page(
        token, finished, Schema(("Column0", "0"), ("Column1", "Expiry Date"), ("Column2", "Primary Identifier")), Rows(ids));

    /// <summary>A page after the first: without a schema.</summary>
    public static string Next(bool finished, params string[] ids) => Page(null, finished, "", Rows(ids));

    public static string Rows(params string[] ids) =>
        string.Concat(ids.Select(id => Row(("Column0", "0"), ("Column2", id))));

    public static string Row(params (string Name, string Value)[] cells) =>
        "<Row>" + string.Concat(cells.Select(c => $"<{c.Name}>{SecurityElement.Escape(c.Value)}</{c.Name}>")) + "</Row>";

    public static string Schema(params (string Name, string Heading)[] columns) => Schema(
        [.. columns.Select(c => (c.Name, c.Heading, "", "string"))]);

    public static string Schema(params (string Name, string Heading, string Table, string Type)[] columns) =>
        """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:saw-sql="urn:saw-sql"><xsd:complexType name="Row"><xsd:sequence>"""
        + string.Concat(columns.Select(c => string.Create(
            CultureInfo.InvariantCulture,
            $"<xsd:element name=\"{c.Name}\" type=\"xsd:{c.Type}\" saw-sql:type=\"varchar\" saw-sql:tableHeading=\"{c.Table}\" saw-sql:columnHeading=\"{c.Heading}\"/>")))
        + "</xsd:sequence></xsd:complexType></xsd:schema>";

    public static string Page(string? token, bool finished, string schema, string rows) =>
        """<?xml version="1.0" encoding="UTF-8"?><report><QueryResult>"""
        + (token is null ? "" : $"<ResumptionToken>{token}</ResumptionToken>")
        + $"<IsFinished>{(finished ? "true" : "false")}</IsFinished>"
        + """<ResultXml><rowset xmlns="urn:schemas-microsoft-com:xml-analysis:rowset">"""
        + $"{schema}{rows}</rowset></ResultXml></QueryResult></report>";
}
