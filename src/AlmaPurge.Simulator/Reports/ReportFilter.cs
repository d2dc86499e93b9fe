using System.Xml;
using System.Xml.Linq;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Reports;

/// <summary>
/// The filter of a report: a comparison of a column with a value, or several of them joined by and/or, in the XML of
/// the reporting tool (seen). Only the local names of its elements count.
/// </summary>
internal sealed class ReportFilter
{
    private readonly XElement? _expression;

    private ReportFilter(XElement? expression)
    {
        _expression = expression;
    }

    public static ReportFilter Parse(string? text)
    {
        if (text is null)
        {
            return new ReportFilter(null);
        }

        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit };
            using XmlReader reader = XmlReader.Create(new StringReader(text), settings);
            ReportFilter filter = new(XElement.Load(reader));
            filter.Fits(_ => "");
            return filter;
        }
        catch (XmlException)
        {
            throw NotUnderstood();
        }
    }

    /// <summary>Whether the row fits.</summary>
    /// <param name="prompted">The value of a column; null for one without a prompt, which does not count.</param>
    public bool Fits(Func<string, string?> prompted)
    {
        return _expression is null || Holds(_expression, prompted);
    }

    private static bool Holds(XElement expression, Func<string, string?> prompted)
    {
        XAttribute? type = expression.Attributes().FirstOrDefault(a => a.Name.LocalName == "type");
        string kind = type?.Value.Split(':')[^1] ?? "";
        string operation = expression.Attribute("op")?.Value ?? "";
        XElement[] parts = [.. expression.Elements()];
        return (kind, operation) switch
        {
            ("logical", "and") => parts.All(p => Holds(p, prompted)),
            ("logical", "or") => parts.Any(p => Holds(p, prompted)),
            ("comparison", _) when parts.Length == 2 => Compare(operation, parts, prompted),
            _ => throw NotUnderstood(),
        };
    }

    private static bool Compare(string operation, XElement[] parts, Func<string, string?> prompted)
    {
        // "User Details"."User Group": the last quoted part names the column.
        string[] names = parts[0].Value.Split('"', StringSplitOptions.RemoveEmptyEntries);
        string value = parts[1].Value;
        string? cell = names.Length == 0 ? throw NotUnderstood() : prompted(names[^1]);
        if (cell is null)
        {
            return true;
        }

        int order = string.CompareOrdinal(cell, value);
        return operation switch
        {
            "equal" => order == 0,
            "notEqual" => order != 0,
            "less" => cell.Length > 0 && order < 0,
            "lessOrEqual" => cell.Length > 0 && order <= 0,
            "greater" => order > 0,
            "greaterOrEqual" => order >= 0,
            _ => throw NotUnderstood(),
        };
    }

    /// <summary>What Alma says to a filter that it does not understand is not documented.</summary>
    private static ApiErrorException NotUnderstood()
    {
        return new ApiErrorException("402119", "General error: the filter is not valid.");
    }
}
