namespace AlmaPurge;

/// <summary>What came of taking back the marking of one patron.</summary>
public sealed class AlmaUndoResult
{
    internal AlmaUndoResult(string runId, string primaryId, AlmaUndoStatus status, string detail)
    {
        RunId = runId;
        PrimaryId = primaryId;
        Status = status;
        Detail = detail;
    }

    /// <summary>Primary identifier as the source had it.</summary>
    public string PrimaryId { get; }

    /// <summary>What came of it.</summary>
    public AlmaUndoStatus Status { get; }

    /// <summary>What the patron has now, or why nothing was given back.</summary>
    public string Detail { get; }

    /// <summary>Id of the run.</summary>
    public string RunId { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{PrimaryId}: {Status}";
}
