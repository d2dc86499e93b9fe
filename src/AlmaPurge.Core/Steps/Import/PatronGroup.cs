using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps.Import;

/// <summary>A user group that the files name.</summary>
/// <param name="Code">Its code; null if the files have descriptions only.</param>
/// <param name="Description">Its description; null if the files have codes only.</param>
public sealed record PatronGroup(string? Code, string? Description)
{
    /// <summary>What to call it: the code where there is one.</summary>
    public string Name => Code ?? Description!;

    /// <inheritdoc/>
    public override string ToString() =>
        Code is not null && Description is not null ? $"{Code} ({Description})" : Name;

    internal static PatronGroup? Of(Traits traits)
    {
        string? code = Known(traits.UserGroup);
        string? description = Known(traits.UserGroupName);
        return code is null && description is null ? null : new PatronGroup(code, description);
    }

    internal bool IsOwnOf(PurgeCriteria criteria) =>
        (Code is not null && criteria.IsOwnGroup(Code)) || (Description is not null && criteria.IsOwnGroup(Description));

    private static string? Known(Fact<string> fact) => fact.IsKnown ? fact.Value : null;
}
