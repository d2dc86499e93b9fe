using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A record whose type is not Public.</summary>
public sealed class StaffRecordRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "StaffRecord";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A record whose type is not Public.";

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria) =>
        facts.RecordType.IsKnown && facts.RecordType.Value != PatronRecordType.Public
            ? $"record type is {facts.RecordType.Value}"
            : null;
}
