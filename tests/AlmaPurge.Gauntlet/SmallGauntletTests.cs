using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.Reports;
using AlmaPurge.Simulator;

namespace AlmaPurge.Gauntlet;

/// <summary>The gauntlet in small, with fixed seeds: every kind of case, and each fault alone.</summary>
public sealed class SmallGauntletTests
{
    [Fact]
    public async Task Each_fault_alone_purges_nobody_wrongly_and_everybody_is_accounted_for()
    {
        int[] seeds = [.. Enumerable.Range(0, AlmaSimulator.KnownFaults.Count).Select(CasePlans.SeedOfSingleFault)];

        GauntletTable table = await RunAsync(seeds);

        Assert.Equal(
            AlmaSimulator.KnownFaults,
            seeds.SelectMany(s => CasePlans.Of(s).Faults).Select(f => f.Split(':', '@')[0]));
        Assert.Equal(seeds.Length, table.Cases);
    }

    [Fact]
    public async Task Operators_and_mixed_faults_purge_nobody_wrongly_and_everybody_is_accounted_for()
    {
        int[] seeds = [.. Enumerable.Range(2000, 48).Where(s => !CasePlans.HasSingleFault(s))];

        GauntletTable table = await RunAsync(seeds);

        Assert.Equal(seeds.Length, table.Cases);
    }

    [Fact]
    public void Same_seed_gives_the_same_case()
    {
        Assert.All(Enumerable.Range(1, 40), s => Assert.Equal(CasePlans.Of(s).ToString(), CasePlans.Of(s).ToString()));
        Assert.Equal(40, Enumerable.Range(1, 40).Select(s => CasePlans.Of(s).ToString()).Distinct().Count());
    }

    private static async Task<GauntletTable> RunAsync(int[] seeds)
    {
        GauntletTable table = await Gauntlet.RunAsync(seeds, _ => { }, CancellationToken.None);
        Assert.True(!table.HasFindings, string.Join(Environment.NewLine, table.Findings));
        return table;
    }
}
