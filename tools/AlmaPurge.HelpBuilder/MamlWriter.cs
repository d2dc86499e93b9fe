using System.Xml.Linq;

namespace AlmaPurge.HelpBuilder;

/// <summary>Writes pages as the MAML that Get-Help reads.</summary>
internal static class MamlWriter
{
    private const string AllSets = "(All)";

    private static readonly XNamespace s_root = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument Write(IEnumerable<CommandPage> pages) => new(new XElement(
        s_root + "helpItems",
        new XAttribute("schema", "maml"),
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        pages.Select(Command)));

    private static XElement Command(CommandPage page) => new(
        s_command + "command",
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", page.Name),
            new XElement(s_command + "verb", page.Name.Split('-')[0]),
            new XElement(s_command + "noun", page.Name.Split('-')[1]),
            new XElement(s_maml + "description", Paras(page.Text("SYNOPSIS")))),
        new XElement(s_maml + "description", Paras(page.Text("DESCRIPTION"))),
        new XElement(s_command + "syntax", Sets(page).Select(set => SyntaxItem(page, set))),
        new XElement(s_command + "parameters", page.Parameters.Select(p => Parameter(p, inSyntax: false))),
        new XElement(s_command + "inputTypes", page.Parts("INPUTS").Select(p => TypeOf("inputType", p))),
        new XElement(s_command + "returnValues", page.Parts("OUTPUTS").Select(p => TypeOf("returnValue", p))),
        new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paras(page.Text("NOTES")))),
        new XElement(s_command + "examples", page.Examples.Select(Example)),
        new XElement(s_command + "relatedLinks", page.Text("RELATED LINKS").Select(Link)));

    // Parameters that are all in every set make one set without a name.
    private static IEnumerable<string> Sets(CommandPage page) =>
        page.Parameters.SelectMany(p => p.List("Parameter Sets")).Where(s => s != AllSets).Distinct().DefaultIfEmpty(AllSets);

    private static XElement SyntaxItem(CommandPage page, string set) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", page.Name),
        page.Parameters
            .Where(p => p.List("Parameter Sets").Intersect([set, AllSets]).Any())
            .OrderBy(p => p["Position"], StringComparer.Ordinal)
            .ThenByDescending(p => p["Required"], StringComparer.Ordinal)
            .Select(p => Parameter(p, inSyntax: true)));

    private static XElement Parameter(HelpParameter parameter, bool inSyntax)
    {
        string type = parameter["Type"];
        string[] choices = inSyntax ? parameter.List("Accepted values") : [];
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", parameter["Required"]),
            new XAttribute("variableLength", type.EndsWith("[]", StringComparison.Ordinal)),
            new XAttribute("globbing", parameter["Accept wildcard characters"]),
            new XAttribute("pipelineInput", parameter["Accept pipeline input"]),
            new XAttribute("position", parameter["Position"]),
            new XAttribute("aliases", string.Join(", ", parameter.List("Aliases").DefaultIfEmpty("none"))),
            new XElement(s_maml + "name", parameter.Name),
            new XElement(s_maml + "description", Paras(parameter.Prose)),
            choices.Length > 0 ? new XElement(s_command + "parameterValueGroup", choices.Select(Value)) : null,
            inSyntax && type == "SwitchParameter" ? null : Value(type),
            new XElement(s_dev + "type", new XElement(s_maml + "name", type)),
            new XElement(s_dev + "defaultValue", parameter["Default value"]));
    }

    private static XElement Value(string text) =>
        new(s_command + "parameterValue", new XAttribute("required", true), text);

    private static XElement TypeOf(string element, Part part) => new(
        s_command + element,
        new XElement(s_dev + "type", new XElement(s_maml + "name", part.Title.Text)),
        new XElement(s_maml + "description", Paras(part.Prose)));

    private static XElement Example(Part part) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"-------- {part.Title.Text} --------"),
        new XElement(s_dev + "code", string.Join("\n\n", part.Code.Select(b => b.Text))),
        new XElement(s_dev + "remarks", Paras(part.Prose), new XElement(s_maml + "para")));

    private static XElement Link(Block block) =>
        new(s_maml + "navigationLink", new XElement(s_maml + "linkText", block.Text), new XElement(s_maml + "uri"));

    private static IEnumerable<XElement> Paras(IEnumerable<Block> blocks) =>
        blocks.Select(b => new XElement(s_maml + "para", b.Text));
}
