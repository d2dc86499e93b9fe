namespace AlmaPurge.HelpBuilder;

/// <summary>A part of a section: its heading, and what stands under it.</summary>
internal sealed record Part(Block Title, List<Block> Content)
{
    public IEnumerable<Block> Prose => Content.Where(b => b.Kind != BlockKind.Code);

    public IEnumerable<Block> Code => Content.Where(b => b.Kind == BlockKind.Code);
}

/// <summary>The page of one cmdlet, in the markdown schema 2.0.0 of platyPS.</summary>
internal sealed class CommandPage
{
    private static readonly string[] s_sections =
        ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private readonly Dictionary<string, List<Block>> _sections = [];
    private readonly string _path;

    /// <exception cref="HelpPageException">The page is not as it must be.</exception>
    public CommandPage(string path)
    {
        _path = path;
        Name = Path.GetFileNameWithoutExtension(path);
        List<Block> current = [];
        foreach (Block block in new Markdown(path).Read())
        {
            if (block is { Kind: BlockKind.Heading, Level: 2 })
            {
                string expected = s_sections.ElementAtOrDefault(_sections.Count) ?? "the end";
                Require(block.Text == expected, block, $"here must come {expected}, not '{block.Text}'");
                _sections.Add(block.Text, current = []);
            }
            else if (_sections.Count == 0)
            {
                Require(block.Level == 1 && block.Text == Name, block, $"the first heading must be '{Name}'");
            }
            else
            {
                current.Add(block);
            }
        }

        Require(_sections.Count == s_sections.Length, current.LastOrDefault(), "the page ends before RELATED LINKS");
        Parameters = [.. Parts("PARAMETERS").Where(p => p.Title.Text != "CommonParameters").Select(ReadParameter)];
        Examples = [.. Parts("EXAMPLES").Select(RequireExample)];
    }

    public string Name { get; }

    public IReadOnlyList<HelpParameter> Parameters { get; }

    public IReadOnlyList<Part> Examples { get; }

    /// <summary>The text of a section that has no parts.</summary>
    public IReadOnlyList<Block> Text(string section)
    {
        List<Block> blocks = _sections[section];
        Require(blocks.Count > 0, null, $"{section} is empty");
        Require(blocks.TrueForAll(b => b.Kind is BlockKind.Paragraph or BlockKind.Item), blocks[0], $"{section} is text only");
        return blocks;
    }

    /// <summary>The parts of a section, each under a heading of its own.</summary>
    public IEnumerable<Part> Parts(string section)
    {
        List<Part> parts = [];
        foreach (Block block in _sections[section])
        {
            if (block.Kind == BlockKind.Heading)
            {
                parts.Add(new Part(block, []));
                continue;
            }

            Require(parts.Count > 0, block, $"in {section} a heading must come first");
            parts[^1].Content.Add(block);
        }

        return parts;
    }

    private Part RequireExample(Part part, int index)
    {
        Require(part.Title.Text.StartsWith($"Example {index + 1}: ", StringComparison.Ordinal), part.Title, "examples are 'Example N: intent'");
        bool isWhole = part.Content is [{ Kind: BlockKind.Code, Language: "powershell" }, ..] && part.Prose.Any();
        Require(isWhole, part.Title, "an example is powershell code, its output if any, then prose");
        return part;
    }

    private HelpParameter ReadParameter(Part part)
    {
        bool isWhole = part.Prose.Any() && part.Content[^1] is { Kind: BlockKind.Code, Language: "yaml" };
        Require(isWhole && part.Title.Text[0] == '-', part.Title, "a parameter is '-Name', prose, then its facts as yaml");
        HelpParameter parameter = new(part);
        Require(parameter.IsWhole, part.Title, "facts are missing; run tools/Update-HelpPage.ps1");
        return parameter;
    }

    private void Require(bool isSo, Block? at, string problem)
    {
        if (!isSo)
        {
            throw new HelpPageException(_path, at?.Line ?? 1, problem);
        }
    }
}
