using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.Reports;

namespace AlmaPurge.Gauntlet;

/// <summary>Many cases, on all cores.</summary>
internal static class Gauntlet
{
    /// <summary>Seeds in a row, until their cases have enough patrons and are enough.</summary>
    public static IEnumerable<int> Seeds(int patrons, int cases, int firstSeed)
    {
        long begun = 0;
        for (int i = 0; begun < patrons || i < cases; i++)
        {
            begun += CasePlans.Of(firstSeed + i).Patrons;
            yield return firstSeed + i;
        }
    }

    /// <summary>Goes through the cases of these seeds.</summary>
    public static async Task<GauntletTable> RunAsync(
        IEnumerable<int> seeds, Action<GauntletTable> progress, CancellationToken stop)
    {
        using GauntletFolder folder = new();
        GauntletTable table = new();
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop };
        await Parallel.ForEachAsync(seeds, options, async (seed, _) =>
        {
            // On a thread of its own accord: a case is nothing but work.
            CaseResult result = await Task.Run(() => Case.RunAsync(seed, folder.Next(seed)), CancellationToken.None).ConfigureAwait(false);
            table.Add(result);
            progress(table);
        }).ConfigureAwait(false);
        return table;
    }
}

/// <summary>A folder for the files of all cases; in memory where the system has such a place.</summary>
internal sealed class GauntletFolder : IDisposable
{
    private readonly string _path = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "gauntlet-" + Guid.NewGuid().ToString("N")[..8]);

    /// <summary>The folder of one case.</summary>
    public string Next(int seed) => Path.Combine(_path, FormattableString.Invariant($"{seed}"));

    public void Dispose()
    {
        if (Directory.Exists(_path))
        {
            Directory.Delete(_path, recursive: true);
        }
    }
}
