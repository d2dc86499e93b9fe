using System.Diagnostics;
using System.Globalization;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using CsvHelper;

namespace AlmaPurge.Benchmarks;

/// <summary>
/// Import and subtract 1,000,000 patrons minus 50,000 who owe, beside CsvHelper's own raw read of every field of the
/// same file.
/// </summary>
internal static class ImportBenchmark
{
    /// <summary>First argument of the process that measures the memory.</summary>
    public const string OnceCommand = "import-once";

    private const int Rounds = 15;
    private const double WantedRatio = 6;
    private const int WantedMegabytes = 400;
    private const string RawSide = "CsvHelper, every field (GetSpan)";

    public static void Run()
    {
        using BenchmarkData data = BenchmarkData.Make();
        string title = string.Create(
            CultureInfo.InvariantCulture,
            $"Import {BenchmarkData.PatronCount:N0} rows ({new FileInfo(data.Patrons).Length / 1e6:0} MB) and subtract {BenchmarkData.FinesCount:N0} fines (wanted: ratio of {WantedRatio:0} at most)");
        Sides sides = new(title, RawSide);
        for (int i = 0; i < Rounds; i++)
        {
            sides.Time(RawSide, () => _ = ReadRaw(data.Patrons));
            sides.Time("import + subtract", () => ImportAndSubtract(data, preview: true));
            sides.Time("the same, with its run folder on disk", () => ImportAndSubtract(data, preview: false));
        }

        sides.Print();
        PrintMemory("import + subtract", data, preview: true);
        PrintMemory("the same, with its run folder on disk", data, preview: false);
    }

    /// <summary>Imports and subtracts once, and prints the peak of this process's memory in megabytes.</summary>
    public static void RunOnce(string folder, bool preview)
    {
        ImportAndSubtract(BenchmarkData.In(folder), preview);
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(process.PeakWorkingSet64 / (1 << 20));
    }

    // CsvHelper reading every field of every row, and doing nothing with them.
    private static long ReadRaw(string path)
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

    // Both steps as the cmdlets run them: judge all files, account for everybody, stream all objects, take off whoever owes.
    private static void ImportAndSubtract(BenchmarkData data, bool preview)
    {
        ImportStep import = new(Silence.Instance);
        ImportedPatrons patrons = import.Read([data.Patrons], TableOptions.Default, CancellationToken.None);
        PurgeCriteria criteria = new() { UserGroup = patrons.SingleUserGroup(), ExpiredBefore = new DateOnly(2025, 1, 1) };
        PurgeRun run = new RunStore(data.Runs).Create(patrons.Complete(criteria), preview);
        FinesTable fines = FinesTable.Load(
            [data.Fines], TableOptions.Default, allowEmpty: false, Silence.Instance, CancellationToken.None);
        using SubtractStep subtract = new(run, fines, Silence.Instance);
        int passed = 0;
        foreach (AlmaPurgeCandidate candidate in import.Run(run, patrons, CancellationToken.None))
        {
            passed += subtract.Passes(candidate) ? 1 : 0;
        }

        subtract.Complete();
        if (passed != BenchmarkData.PatronCount - BenchmarkData.FinesCount)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{passed} passed."));
        }
    }

    // The peak of a process that does nothing else: this one has made files, and read them many times.
    private static void PrintMemory(string side, BenchmarkData data, bool preview)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(ImportBenchmark).Assembly.Location);
        }

        start.ArgumentList.Add(OnceCommand);
        start.ArgumentList.Add(data.Folder);
        start.ArgumentList.Add(preview.ToString());
        using Process process = Process.Start(start)!;
        string megabytes = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Console.WriteLine($"{side,-44}peak memory {megabytes} MB (wanted: below {WantedMegabytes} MB)");
    }
}
