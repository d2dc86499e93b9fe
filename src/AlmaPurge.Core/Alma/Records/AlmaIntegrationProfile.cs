namespace AlmaPurge.Core.Alma;

/// <summary>
/// An integration profile. That <c>/conf/integration-profiles</c> lists them is documented; what the settings are called
/// is not, so they are kept by whatever name they have.
/// </summary>
/// <param name="Id">Id.</param>
/// <param name="Code">Code.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Settings">Settings by name; empty where Alma gave none.</param>
public sealed record AlmaIntegrationProfile(
    string Id,
    string Code,
    string Name,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The one setting with a value whose name has all of these words; null if there is none, or several.</summary>
    /// <param name="words">Words, in any case.</param>
    public string? Setting(params string[] words)
    {
        string[] values = [.. Settings
            .Where(s => words.All(w => s.Key.Contains(w, StringComparison.OrdinalIgnoreCase)))
            .Select(s => s.Value.Trim())
            .Where(v => v.Length > 0)];
        return values.Length == 1 ? values[0] : null;
    }
}
