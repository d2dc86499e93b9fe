namespace AlmaPurge.Guards;

/// <summary>The words of a plan. Ids and counts only, nothing else of a person.</summary>
internal sealed record ApprovalRequest
{
    /// <summary>What would be done, one sentence: shown after "What if:".</summary>
    public required string Description { get; init; }

    /// <summary>The question: institution, environment, count, set, purge group, route and releases.</summary>
    public required string Question { get; init; }

    /// <summary>Over the question.</summary>
    public required string Caption { get; init; }

    /// <summary>
    /// What has to be typed as well, such as the purge group; null where yes is enough. Only asked of a person: who
    /// gave -Confirm:$false is not asked anything.
    /// </summary>
    public string? TypeToConfirm { get; init; }
}
