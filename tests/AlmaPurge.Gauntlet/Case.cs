using AlmaPurge.Gauntlet.Judging;
using AlmaPurge.Gauntlet.Operators;
using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.World;

namespace AlmaPurge.Gauntlet;

/// <summary>What one case came to.</summary>
internal sealed record CaseResult(CasePlan Plan, CaseRecord Record, Verdict Verdict);

/// <summary>One case from its seed to its verdict.</summary>
internal static class Case
{
    /// <summary>Goes through it.</summary>
    /// <param name="seed">Repeats the case.</param>
    /// <param name="root">Folder for everything that the case writes; made, and removed at the end.</param>
    public static async Task<CaseResult> RunAsync(int seed, string root)
    {
        CasePlan plan = CasePlans.Of(seed);
        using CaseWorld world = new(plan, root);
        CaseRecord record = await new PurgeOperator(world).WorkAsync().ConfigureAwait(false);
        return new CaseResult(plan, record, Judge.Of(world, record));
    }
}
