namespace AlmaPurge;

/// <summary>What became of one patron whom the run started with.</summary>
public sealed class AlmaPurgeResult
{
    internal AlmaPurgeResult(string runId, string primaryId, AlmaPurgeStatus status, string? rule, string detail)
    {
        RunId = runId;
        PrimaryId = primaryId;
        Status = status;
        Rule = rule;
        Detail = detail;
    }

    /// <summary>Primary identifier as the source had it; empty for a row without one.</summary>
    public string PrimaryId { get; }

    /// <summary>What became of the patron.</summary>
    public AlmaPurgeStatus Status { get; }

    /// <summary>For those kept by a rule: the first rule that fired.</summary>
    public string? Rule { get; }

    /// <summary>Evidence, or what Alma said.</summary>
    public string Detail { get; }

    /// <summary>Id of the run.</summary>
    public string RunId { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{PrimaryId}: {Status}";
}
