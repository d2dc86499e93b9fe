using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Core.Tests.Steps.Import;

/// <summary>What an import writes into candidates.csv is what another process reads from it.</summary>
public sealed class CandidateFileTests : ImportTestBase
{
    [Fact]
    public void IdsOfAllKindsComeBackInTheirOrder()
    {
        string[] ids =
        [
            "10000001", "a,b", "x-1.y@z", "say \"hi\"", "Žižek", "two words", "'", "=1+1", new string('9', 900), "last_one",
            .. Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"p{i}")),
        ];
        PurgeRun run = NewRun();
        Assert.Equal(ids.Length - 1, new ImportStep(Said).Run(run, ImportStep.Read(ids), CancellationToken.None).Count());

        using TestFolder elsewhere = new();
        PurgeRun again = RunCopy.Open(run, elsewhere);

        // The formula is kept back.
        Assert.Equal(ids.Where(id => id != "=1+1"), again.Patrons.CandidateIds());
        Assert.Equal("=1+1", Assert.Single(again.Patrons.Exclusions()).PrimaryId);
    }
}
