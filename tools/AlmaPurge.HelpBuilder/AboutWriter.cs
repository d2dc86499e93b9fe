using System.Text;

namespace AlmaPurge.HelpBuilder;

/// <summary>
/// Writes an about topic as the plain text that Get-Help reads: its short description must stand on the fifth line.
/// </summary>
internal static class AboutWriter
{
    private const int Width = 80;
    private const string Indent = "    ";

    /// <exception cref="HelpPageException">The page is not as it must be.</exception>
    public static string Write(string path)
    {
        Block[] blocks = [.. new Markdown(path).Read()];
        string name = Path.GetFileNameWithoutExtension(path);
        if (blocks is not [{ Level: 1 } title, { Text: "SHORT DESCRIPTION" }, { Kind: BlockKind.Paragraph } brief, ..]
            || title.Text != name)
        {
            throw new HelpPageException(path, 1, $"a topic begins with '{name}', then SHORT DESCRIPTION, one paragraph");
        }

        IEnumerable<string> parts = blocks.Skip(3).Select(Text);
        return $"TOPIC\n{Indent}{name}\n\nSHORT DESCRIPTION\n{Indent}{brief.Text}\n\n{string.Join('\n', parts)}";
    }

    private static string Text(Block block) => block.Kind switch
    {
        BlockKind.Heading => (block.Level < 3 ? "" : "  ") + block.Text + "\n",
        BlockKind.Code => string.Concat(block.Text.Split('\n').Select(line => (Indent + Indent + line).TrimEnd() + "\n")),
        BlockKind.Item => Wrap(block.Text, Indent + "  "),
        _ => Wrap(block.Text, Indent),
    };

    // The first line of an item hangs out by its mark.
    private static string Wrap(string words, string indent)
    {
        StringBuilder text = new(Indent);
        int length = 0;
        foreach (string word in words.Split(' '))
        {
            bool isFull = length > 0 && Indent.Length + length + 1 + word.Length > Width;
            text.Append(isFull ? "\n" + indent : length > 0 ? " " : "").Append(word);
            length = isFull ? indent.Length - Indent.Length + word.Length : length + word.Length + (length > 0 ? 1 : 0);
        }

        return text.Append('\n').ToString();
    }
}
