using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Rules;

/// <summary>Keeps: A patron with an active, unexpired block.</summary>
public sealed class BlockedRule : PurgeRule
{
    /// <summary>Name of the rule.</summary>
    public const string RuleName = "Blocked";

    /// <inheritdoc/>
    public override string Name => RuleName;

    /// <inheritdoc/>
    public override string Sentence => "A patron with an active, unexpired block.";

    /// <inheritdoc/>
    public override bool CanBeIgnored => true;

    /// <inheritdoc/>
    public override string? Judge(PatronFacts facts, PurgeCriteria criteria)
    {
        if (facts.Blocks.IsKnown)
        {
            IEnumerable<string> active = facts.Blocks.Value.Where(b => Counts(b, facts, criteria)).Select(b => b.TypeCode);
            string types = string.Join(", ", active.Distinct(StringComparer.OrdinalIgnoreCase));
            return types.Length == 0 ? null : $"has a block of type {types}";
        }

        // An export does not name the block types, so where some are ignored only the live check can tell.
        return facts.IsBlocked is { IsKnown: true, Value: true } && criteria.IgnoredBlockTypes.Count == 0
            ? "is blocked"
            : null;
    }

    private static bool Counts(PatronBlock block, PatronFacts facts, PurgeCriteria criteria) =>
        block.IsActive
        && (block.Expires is null || block.Expires >= facts.Today)
        && !criteria.IgnoredBlockTypes.Contains(block.TypeCode);
}
