namespace AlmaPurge.Core.Steps;

/// <summary>What the operator asks of the undo.</summary>
public sealed record UndoOptions
{
    /// <summary>Text of the job's API information as Alma's job wizard shows it; null for the built-in one.</summary>
    public string? JobTemplate { get; init; }
}
