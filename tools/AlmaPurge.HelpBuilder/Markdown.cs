using System.Text.RegularExpressions;

namespace AlmaPurge.HelpBuilder;

/// <summary>
/// Reads as much markdown as the pages use: front matter, three levels of headings, paragraphs, lists of one level,
/// fenced code. Whatever else it meets is an error, since it would come out garbled.
/// </summary>
internal sealed partial class Markdown(string path)
{
    private readonly string[] _lines = File.ReadAllLines(path);

    public IEnumerable<Block> Read()
    {
        int next = _lines is ["---", ..] ? Array.IndexOf(_lines, "---", 1) + 1 : 0;
        while (next < _lines.Length)
        {
            int first = next++;
            if (_lines[first].StartsWith("```", StringComparison.Ordinal))
            {
                int end = Array.IndexOf(_lines, "```", next);
                string code = string.Join('\n', _lines[next..(end < 0 ? throw Problem(first, "this code has no end") : end)]);
                yield return new Block(BlockKind.Code, first + 1, code, Language: _lines[first][3..]);
                next = end + 1;
            }
            else if (HeadingPattern().Match(_lines[first]) is { Success: true } heading)
            {
                string title = Plain(heading.Groups[2].Value, first);
                yield return new Block(BlockKind.Heading, first + 1, title, heading.Groups[1].Length);
            }
            else if (UnknownPattern().IsMatch(_lines[first]))
            {
                throw Problem(first, $"this kind of markdown is not understood: '{_lines[first].Trim()}'");
            }
            else if (_lines[first].Trim().Length > 0)
            {
                next = EndOfText(next);
                BlockKind kind = ItemPattern().IsMatch(_lines[first]) ? BlockKind.Item : BlockKind.Paragraph;
                string text = string.Join(' ', _lines[first..next].Select(l => l.Trim()));
                yield return new Block(kind, first + 1, Plain(text, first));
            }
        }
    }

    // The lines of one paragraph or item, up to a blank line or the next block, are one text.
    private int EndOfText(int next)
    {
        int end = Array.FindIndex(
            _lines, next, l => string.IsNullOrWhiteSpace(l) || l[0] == '#' || l.StartsWith("```", StringComparison.Ordinal) || ItemPattern().IsMatch(l));
        return end < 0 ? _lines.Length : end;
    }

    // Help is plain text: what is between backticks stays as it is, elsewhere emphasis and links lose their marks.
    private string Plain(string text, int index)
    {
        string[] parts = text.Split('`');
        if (text.Contains("{{", StringComparison.Ordinal) || parts.Length % 2 == 0)
        {
            throw Problem(index, "a placeholder is left, or a backtick has no partner");
        }

        for (int i = 0; i < parts.Length; i += 2)
        {
            parts[i] = LinkPattern().Replace(parts[i].Replace("**", "", StringComparison.Ordinal), "$1");
            if (parts[i].AsSpan().IndexOfAny('[', '*') >= 0)
            {
                throw Problem(index, "a bracket or star outside of backticks is not understood");
            }
        }

        return string.Concat(parts);
    }

    private HelpPageException Problem(int index, string problem) => new(path, index + 1, problem);

    [GeneratedRegex(@"^(#{1,3}) +(\S.*?) *$")]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"^(- |\d+\. )")]
    private static partial Regex ItemPattern();

    [GeneratedRegex(@"^(#|\||>|<|!\[|\s+\S|\* |\+ |---|===)")]
    private static partial Regex UnknownPattern();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]*\)")]
    private static partial Regex LinkPattern();
}
