using System.Text;
using System.Xml;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>
/// Writes a page of HTML5 that is well-formed XML, too: an XmlWriter closes what it opened and escapes all text, so nothing
/// that stands in a value can become markup.
/// </summary>
internal sealed class HtmlPage : IDisposable
{
    /// <summary>Heading of a column that has values of all kinds.</summary>
    public const string Value = "Value";

    private readonly XmlWriter _xml;

    /// <summary>Begins a page.</summary>
    /// <param name="stream">Where it goes; stays open.</param>
    /// <param name="title">Title of the page.</param>
    public HtmlPage(Stream stream, string title)
    {
        _xml = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            OmitXmlDeclaration = true,
            Indent = true,
            NewLineChars = "\n",
        });
        _xml.WriteDocType("html", null, null, null);
        _xml.WriteStartElement("html");
        _xml.WriteAttributeString("lang", "en");
        Element("head", () =>
        {
            Meta("charset", "utf-8");
            Meta("http-equiv", "Content-Security-Policy", PageStyle.Policy);
            Meta("name", "viewport", "width=device-width, initial-scale=1");
            Meta("name", "referrer", "no-referrer");
            Element("title", title);
            Element("style", PageStyle.Css);
        });
        _xml.WriteStartElement("body");
    }

    /// <summary>Ends the page.</summary>
    public void Dispose() => _xml.Dispose();

    /// <summary>An element with others in it.</summary>
    public void Element(string name, Action inside, params (string Name, string Value)[] attributes)
    {
        _xml.WriteStartElement(name);
        foreach ((string attribute, string value) in attributes)
        {
            _xml.WriteAttributeString(attribute, XmlText.Of(value));
        }

        inside();

        // HTML would take <td/> for a start tag.
        _xml.WriteFullEndElement();
    }

    /// <summary>An element with a text in it.</summary>
    public void Element(string name, string text, params (string Name, string Value)[] attributes) =>
        Element(name, () => _xml.WriteString(XmlText.Of(text)), attributes);

    /// <summary>A part of the page with a heading.</summary>
    public void Section(string id, string heading, Action inside) => Element(
        "section",
        () =>
        {
            Element("h2", heading, ("id", id));
            inside();
        },
        ("aria-labelledby", id));

    /// <summary>A paragraph.</summary>
    public void Paragraph(string text) => Element("p", text);

    /// <summary>A list; nothing if it is empty.</summary>
    public void List(IReadOnlyCollection<string> items)
    {
        if (items.Count > 0)
        {
            Element("ul", () =>
            {
                foreach (string item in items)
                {
                    Element("li", item);
                }
            });
        }
    }

    /// <summary>A table; nothing if it has no rows.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="headings">Headings of the columns.</param>
    /// <param name="rows">Rows: the first cell names the row, null is an empty cell.</param>
    public void Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using IEnumerator<IReadOnlyList<string?>> each = rows.GetEnumerator();
        if (!each.MoveNext())
        {
            return;
        }

        Element("table", () =>
        {
            Element("caption", caption);
            Element("thead", () => Row(headings, (i, text) => Element("th", text, ("scope", "col"))));
            Element("tbody", () =>
            {
                do
                {
                    Row(each.Current, (i, text) => Cell(i, headings[i], text));
                }
                while (each.MoveNext());
            });
        });
    }

    private void Row(IReadOnlyList<string?> cells, Action<int, string> write) => Element("tr", () =>
    {
        for (int i = 0; i < cells.Count; i++)
        {
            write(i, cells[i] ?? "");
        }
    });

    // Numbers stand one below the other; a column of values of all kinds is none of numbers.
    private void Cell(int column, string heading, string text)
    {
        if (column == 0)
        {
            Element("th", text, ("scope", "row"));
        }
        else if (heading != Value && text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            Element("td", text, ("class", "number"));
        }
        else
        {
            Element("td", text);
        }
    }

    private void Meta(string name, string value, string? content = null)
    {
        _xml.WriteStartElement("meta");
        _xml.WriteAttributeString(name, value);
        if (content is not null)
        {
            _xml.WriteAttributeString("content", content);
        }

        _xml.WriteEndElement();
    }
}
