using AlmaPurge.Core.Runs;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>What came of one case, as far as the people at work saw it.</summary>
internal sealed class CaseRecord
{
    /// <summary>The run as it was left, read anew from its folder; null where none came to be.</summary>
    public PurgeRun? Run { get; set; }

    /// <summary>Identifiers in the report that was imported.</summary>
    public IReadOnlyList<string> Imported { get; set; } = [];

    /// <summary>Patrons to whom something happened, or of whom the files said something untrue.</summary>
    public HashSet<string> Touched { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Errors that the tool gave: step and stable id.</summary>
    public List<(string Step, string ErrorId, string Message)> Stops { get; } = [];

    /// <summary>Exceptions that are no error of the tool's: a fault of the tool.</summary>
    public List<string> Crashes { get; } = [];

    /// <summary>What the verification said; null where it never came to its end.</summary>
    public IReadOnlyList<AlmaPurgeResult>? Results { get; set; }

    /// <summary>Whether the tool has taken the marking back.</summary>
    public bool IsUndone { get; set; }

    /// <summary>Identifiers that the tool named as not put right.</summary>
    public HashSet<string> Named { get; } = new(StringComparer.OrdinalIgnoreCase);
}
