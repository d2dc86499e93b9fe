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
    /// <summary>First argument of a process that does one side once.</summary>
    public const string OnceCommand = "import-once";

    private const int Rounds = 15;
    private const int FreshRounds = 5;
    private const double WantedRatio = 6;
    private const int WantedMegabytes = 400;
    private const string RawSide = "CsvHelper, every field (GetSpan)";
    private const string MemorySide = "import + subtract";
    private const string BareSide = "the same, run folder on disk, no archive";
    private const string FolderSide = "import + subtract, run folder on disk";

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
            sides.Time(MemorySide, () => ImportAndSubtract(data, MemorySide));
            sides.Time(BareSide, () => ImportAndSubtract(data, BareSide));
            sides.Time(FolderSide, () => ImportAndSubtract(data, FolderSide));
        }

        sides.Print();
        PrintFresh(data);
    }

    /// <summary>Does one side once, and prints its milliseconds and the peak of this process's memory in megabytes.</summary>
    public static void RunOnce(string side, string folder)
    {
        BenchmarkData data = BenchmarkData.In(folder);
        long start = Stopwatch.GetTimestamp();
        if (side == RawSide)
        {
            _ = ReadRaw(data.Patrons);
        }
        else
        {
            ImportAndSubtract(data, side);
        }

        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed} {process.PeakWorkingSet64 / (1 << 20)}"));
    }

    // Each side in processes of its own, as a session that imports once has it: with everything still to be compiled,
    // and a peak of memory that is nobody else's.
    private static void PrintFresh(BenchmarkData data)
    {
        Console.WriteLine();
        Console.WriteLine($"The same, each the first and only thing in its process (wanted: below {WantedMegabytes} MB)");
        Dictionary<string, (double Milliseconds, double Megabytes)> medians = [];
        foreach (string side in new[] { RawSide, MemorySide, BareSide, FolderSide })
        {
            double[][] runs = [.. Enumerable.Range(0, FreshRounds).Select(_ => Fresh(side, data))];
            medians[side] = (Median(runs.Select(r => r[0])), Median(runs.Select(r => r[1])));
        }

        foreach ((string side, (double milliseconds, double megabytes)) in medians)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{side,-44}{milliseconds,7:0} ms{megabytes,8:0} MB peak memory"));
        }
    }

    private static double[] Fresh(string side, BenchmarkData data)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(ImportBenchmark).Assembly.Location);
        }

        Array.ForEach([OnceCommand, side, data.Folder], start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. answer.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
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
    private static void ImportAndSubtract(BenchmarkData data, string side)
    {
        ImportStep import = new(Silence.Instance);
        ImportedPatrons patrons = import.Read([data.Patrons], TableOptions.Default, CancellationToken.None);
        PurgeCriteria criteria = new() { UserGroup = patrons.SingleUserGroup(), ExpiredBefore = new DateOnly(2025, 1, 1) };
        PurgeRun run = new RunStore(data.Runs).Create(
            patrons.Complete(criteria), preview: side == MemorySide, new RunKeeping(NoArchive: side == BareSide));
        FinesTable fines = FinesTable.Load(
            [data.Fines], TableOptions.Default, allowEmpty: false, Silence.Instance, CancellationToken.None);
        using SubtractStep subtract = new(run, fines, Silence.Instance);
        int passed = 0;
        foreach (AlmaPurgeCandidate[] block in import.RunInBlocks(run, patrons, CancellationToken.None))
        {
            passed += subtract.Passing(block).Length;
        }

        subtract.Complete();
        if (passed != BenchmarkData.PatronCount - BenchmarkData.FinesCount)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{passed} passed."));
        }
    }
}
