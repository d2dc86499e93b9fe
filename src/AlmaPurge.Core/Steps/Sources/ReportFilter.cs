using System.Xml;
using System.Xml.Linq;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// The filter of a report: one expression in the reporting tool's own XML, as its documentation and Alma's show it. It is
/// taken as text, since only who made the report knows its columns and prompts; we make sure that it is XML, and bring it
/// into the form that Alma takes (seen): one line, no tabs, apostrophes as &amp;apos;.
/// </summary>
public static class ReportFilter
{
    /// <summary>The filter as it is sent.</summary>
    /// <param name="given">What was given.</param>
    /// <exception cref="AlmaPurgeException">It is not one expression of that kind.</exception>
    public static string Normalize(string given)
    {
        ArgumentNullException.ThrowIfNull(given);
        XElement filter;
        try
        {
            XmlReaderSettings settings = new()
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true,
            };
            using XmlReader reader = XmlReader.Create(new StringReader(given.Trim()), settings);
            filter = XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw Invalid($"it is no XML: {e.Message}", e);
        }

        if (filter.Name.LocalName != "expr")
        {
            throw Invalid($"it begins with the element '{filter.Name.LocalName}' and not with 'expr'.", null);
        }

        string text = filter.ToString(SaveOptions.DisableFormatting);
        return string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Replace("'", "&apos;", StringComparison.Ordinal);
    }

    private static AlmaPurgeException Invalid(string why, Exception? cause) => new(
        "ReportFilterInvalid",
        AlmaPurgeErrorKind.InvalidArgument,
        $"The filter of the report cannot be used: {why}",
        "Give one expression with its namespaces, as on the Advanced page of the report in Analytics: "
            + "<sawx:expr xsi:type=\"sawx:comparison\" op=\"equal\" xmlns:sawx=... >...</sawx:expr>.",
        inner: cause);
}
