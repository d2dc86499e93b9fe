using System.Text;
using System.Xml;

namespace AlmaPurge.Core.Reports;

/// <summary>Makes any text fit for XML, and for HTML that is written as XML.</summary>
internal static class XmlText
{
    /// <summary>The text, with the replacement character for each character that XML cannot hold.</summary>
    public static string Of(string text)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                result.Append(text[i]).Append(text[++i]);
            }
            else
            {
                result.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return result.ToString();
    }
}
