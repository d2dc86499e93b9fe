using AlmaPurge.Gauntlet.Reports;

namespace AlmaPurge.Gauntlet;

/// <summary>The gauntlet in small, with fixed seeds: every kind of case, and each fault alone.</summary>
public sealed class SmallGauntletTests
{
    [Fact]
    public async Task Nobody_is_purged_wrongly_and_everybody_is_accounted_for()
    {
        GauntletTable table = await Gauntlet.RunAsync(patrons: 0, cases: 96, firstSeed: 1, _ => { }, CancellationToken.None);

        Assert.True(!table.HasFindings, string.Join(Environment.NewLine, table.Findings));
        Assert.Equal(96, table.Cases);
    }
}
