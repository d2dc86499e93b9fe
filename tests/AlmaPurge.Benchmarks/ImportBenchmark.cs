using System.Globalization;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using CsvHelper;

namespace AlmaPurge.Benchmarks;

/// <summary>
/// Import and subtract 1,000,000 patrons minus 50,000 who owe, beside CsvHelper's own raw read of the same file.
/// </summary>
internal static class ImportBenchmark
{
    private const int Rounds = 9;

    public static void Run()
    {
        using BenchmarkData data = BenchmarkData.Make();
        Sides sides = new("Import and subtract", baseline: "CsvHelper, every field (GetSpan)");
        for (int i = 0; i < Rounds; i++)
        {
            sides.Time("CsvHelper, every field (GetSpan)", () => _ = ReadRaw(data.Patrons));
            sides.Time("import + subtract, preview (in memory)", () => ImportAndSubtract(data, preview: true));
            sides.Time("import + subtract, run folder on disk", () => ImportAndSubtract(data, preview: false));
        }

        sides.Print();
    }

    /// <summary>CsvHelper reading every field of every row, doing nothing with them.</summary>
    public static long ReadRaw(string path)
    {
        long length = 0;
        using CsvReader reader = CsvReader.FromFile(path, new CsvReaderOptions());
        while (reader.Read())
        {
            int count = reader.FieldCount;
            for (int i = 0; i < count; i++)
            {
                length += reader.GetSpan(i).Length;
            }
        }

        return length;
    }

    /// <summary>The two steps, with all objects.</summary>
    public static void ImportAndSubtract(BenchmarkData data, bool preview)
    {
        ImportStep import = new(Silence.Instance);
        ImportedPatrons patrons = import.Read([data.Patrons], TableOptions.Default, CancellationToken.None);
        PurgeCriteria criteria = new() { UserGroup = "UNDRGRD", ExpiredBefore = new DateOnly(2025, 1, 1) };
        PurgeRun run = new RunStore(data.Runs).Create(criteria, preview);
        FinesTable fines = FinesTable.Load([data.Fines], TableOptions.Default, false, Silence.Instance, CancellationToken.None);
        using SubtractStep subtract = new(run, fines, Silence.Instance);
        int passed = 0;
        foreach (AlmaPurgeCandidate candidate in import.Run(run, patrons, CancellationToken.None))
        {
            passed += subtract.Passes(candidate) ? 1 : 0;
        }

        subtract.Complete();
        subtract.Dispose();
        if (passed != BenchmarkData.PatronCount - BenchmarkData.Owing)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{passed} passed."));
        }
    }
}
