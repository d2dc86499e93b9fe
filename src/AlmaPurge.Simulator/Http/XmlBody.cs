using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Http;

/// <summary>
/// Alma's JSON is its XML flattened: a list loses its wrapper, attributes become members. This goes both ways.
/// </summary>
internal static class XmlBody
{
    private static readonly Dictionary<string, string> s_wrappers = new(StringComparer.Ordinal)
    {
        ["user_identifier"] = "user_identifiers", ["user_role"] = "user_roles", ["user_block"] = "user_blocks",
        ["user_note"] = "user_notes", ["user_statistic"] = "user_statistics", ["proxy_for_user"] = "proxy_for_users",
        ["rs_library"] = "rs_libraries", ["library_notice"] = "library_notices", ["address"] = "addresses",
        ["email"] = "emails", ["phone"] = "phones", ["address_type"] = "address_types",
        ["email_type"] = "email_types", ["phone_type"] = "phone_types", ["parameter"] = "parameters",
        ["counter"] = "counters", ["alert"] = "alerts", ["row"] = "rows", ["error"] = "errorList",
    };

    private static readonly HashSet<string> s_wrapperNames = [.. s_wrappers.Values, "members"];

    private static readonly HashSet<string> s_attributes = new(StringComparer.Ordinal)
    {
        "desc", "link", "total_record_count", "total_sum", "currency", "segment_type", "preferred",
    };

    public static string Write(string root, JObject body)
    {
        XElement element = new(root);
        foreach (JProperty member in body.Properties())
        {
            Add(element, member, atRoot: true);
        }

        return new XDeclaration("1.0", "UTF-8", "yes") + element.ToString(SaveOptions.DisableFormatting);
    }

    public static JObject Read(string xml)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit };
        using XmlReader reader = XmlReader.Create(new StringReader(xml), settings);
        XElement root = XElement.Load(reader);
        return Members(root);
    }

    private static void Add(XElement parent, JProperty member, bool atRoot)
    {
        switch (member.Value)
        {
            case JArray array:
                AddList(parent, member.Name, array, atRoot);
                break;
            case JObject child:
                parent.Add(Element(member.Name, child));
                break;
            case JValue { Type: JTokenType.Null }:
                break;
            case JValue value when s_attributes.Contains(member.Name):
                parent.SetAttributeValue(member.Name, Text(value));
                break;
            default:
                parent.Add(new XElement(member.Name, Text((JValue)member.Value)));
                break;
        }
    }

    private static void AddList(XElement parent, string name, JArray array, bool atRoot)
    {
        // A list answer is its own wrapper: <users><user/></users>.
        bool rootIsList = atRoot && parent.Name.LocalName is "fees" or "members" or "rows";
        XElement target = parent;
        if (!rootIsList && s_wrappers.TryGetValue(name, out string? wrapper))
        {
            target = new XElement(wrapper);
            parent.Add(target);
        }

        foreach (JToken item in array)
        {
            target.Add(item is JObject child ? Element(name, child) : new XElement(name, Text((JValue)item)));
        }
    }

    private static XElement Element(string name, JObject body)
    {
        XElement element = new(name);
        bool coded = body.ContainsKey("value") && body.Properties().All(p => p.Name is "value" or "desc" or "link");
        foreach (JProperty member in body.Properties())
        {
            if (coded && member.Name == "value")
            {
                element.Add(new XText(member.Value is JValue value ? Text(value) : ""));
            }
            else
            {
                Add(element, member, atRoot: false);
            }
        }

        return element;
    }

    private static string Text(JValue value)
    {
        return value.Value switch
        {
            bool flag => flag ? "true" : "false",
            null => "",
            object other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
        };
    }

    private static JObject Members(XElement element)
    {
        JObject body = [];
        foreach (XAttribute attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            body[attribute.Name.LocalName] = attribute.Value;
        }

        foreach (XElement child in element.Elements())
        {
            string name = child.Name.LocalName;
            if (s_wrapperNames.Contains(name) && name != "members")
            {
                string item = s_wrappers.First(w => w.Value == name).Key;
                body[item] = new JArray(child.Elements().Select(Value));
            }
            else
            {
                Put(body, name, name == "members" ? ListOf(child, "member") : Value(child));
            }
        }

        return body;
    }

    private static JObject ListOf(XElement wrapper, string name)
    {
        return new JObject { [name] = new JArray(wrapper.Elements().Select(Value)) };
    }

    private static void Put(JObject body, string name, JToken value)
    {
        if (body[name] is JArray list)
        {
            list.Add(value);
        }
        else if (body[name] is JToken first)
        {
            body[name] = new JArray(first, value);
        }
        else
        {
            body[name] = value;
        }
    }

    private static JToken Value(XElement element)
    {
        if (element.HasElements)
        {
            return Members(element);
        }

        if (element.Attribute("desc") is XAttribute description)
        {
            return JsonBody.Code(element.Value, description.Value);
        }

        return element.Value;
    }
}
