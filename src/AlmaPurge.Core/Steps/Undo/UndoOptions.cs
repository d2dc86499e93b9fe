namespace AlmaPurge.Core.Steps;

/// <summary>What the operator asks of the undo.</summary>
public sealed record UndoOptions
{
    /// <summary>Text of the job's API information as Alma's job wizard shows it; null for the built-in one.</summary>
    public string? JobTemplate { get; init; }

    /// <summary>Whether to give back to as many as today's calls suffice for.</summary>
    public bool SplitByDay { get; init; }

    /// <summary>
    /// Somebody's word that a purge which was handed over to staff was not run and is not going to be. Nothing in Alma can
    /// tell.
    /// </summary>
    public bool HandoffWithdrawn { get; init; }
}
