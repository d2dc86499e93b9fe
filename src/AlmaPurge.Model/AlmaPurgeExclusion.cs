namespace AlmaPurge;

/// <summary>A candidate who is kept back, and why.</summary>
public sealed class AlmaPurgeExclusion
{
    private readonly string[] _rules;

    // The rules, at least one, must not change any more: exclusions for the same rules share them.
    internal AlmaPurgeExclusion(string runId, string primaryId, string step, string[] rules, string evidence)
    {
        RunId = runId;
        PrimaryId = primaryId;
        Step = step;
        _rules = rules;
        Evidence = evidence;
    }

    /// <summary>Primary identifier as the source had it, trimmed; empty for a row without one.</summary>
    public string PrimaryId { get; }

    /// <summary>Step that kept the patron: Import, Subtract, Check, BuildSet, Mark or Purge.</summary>
    public string Step { get; }

    /// <summary>The first rule that fired.</summary>
    public string Rule => _rules[0];

    /// <summary>All rules that fired.</summary>
    public string[] Rules => [.. _rules];

    /// <summary>What the rules saw.</summary>
    public string Evidence { get; }

    /// <summary>Id of the run.</summary>
    public string RunId { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{PrimaryId}: {Rule}";
}
