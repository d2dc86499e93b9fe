namespace AlmaPurge.HelpBuilder;

/// <summary>A parameter: prose, and the facts that the yaml under it gives.</summary>
internal sealed class HelpParameter(Part part)
{
    private static readonly string[] s_keys =
    [
        "Type", "Parameter Sets", "Aliases", "Required", "Position", "Default value", "Accept pipeline input",
        "Accept wildcard characters",
    ];

    private readonly Dictionary<string, string> _facts = part.Content[^1].Text.Split('\n')
        .Select(line => line.Split(':', 2))
        .Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => pair[1].Trim());

    public string Name => part.Title.Text[1..];

    public IEnumerable<Block> Prose => part.Prose;

    public string this[string key] => _facts[key];

    public bool IsWhole => s_keys.All(_facts.ContainsKey);

    public string[] List(string key) =>
        _facts.GetValueOrDefault(key, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
