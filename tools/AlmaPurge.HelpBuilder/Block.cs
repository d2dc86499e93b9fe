namespace AlmaPurge.HelpBuilder;

/// <summary>What a piece of a page is.</summary>
internal enum BlockKind { Heading, Paragraph, Item, Code }

/// <summary>One piece of a page: plain text, or code as it stands, with the language of its fence.</summary>
internal sealed record Block(BlockKind Kind, int Line, string Text, int Level = 0, string Language = "");

/// <summary>A page that is not as it must be, with the place to look at as MSBuild and editors take it.</summary>
internal sealed class HelpPageException(string path, int line, string problem)
    : Exception($"{path}({line}): error HELP: {problem}");
