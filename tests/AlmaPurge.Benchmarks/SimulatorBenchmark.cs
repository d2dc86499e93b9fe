using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using AlmaPurge.Simulator;

namespace AlmaPurge.Benchmarks;

/// <summary>How fast the make-believe Alma starts, and how many requests it answers, at up to 200,000 patrons.</summary>
internal static class SimulatorBenchmark
{
    private const int Rounds = 3;
    private const int Requests = 20_000;
    private const int LargestSize = 200_000;
    private const int WantedSeconds = 5;
    private const int WantedRate = 2_000;

    private static readonly int[] s_sizes = [10, 300, 10_000, LargestSize];

    public static async Task RunAsync()
    {
        PrintStarts();
        AlmaSimulator simulator = New(LargestSize);
        string[] ids = [.. simulator.Users.Where(u => !u.IsDeleted).Select(u => Uri.EscapeDataString(u.PrimaryId))];
        Console.WriteLine();
        Console.WriteLine(Text(
            $"Requests to {LargestSize:N0} patrons, {Environment.ProcessorCount} at a time, no latency, no limit (medians; wanted: {WantedRate:N0} users/s by id)"));
        await PrintAsync(
            simulator, "GET users/{id}?expand=loans,requests,fees", Requests, i => $"users/{Pick(ids, i)}?expand=loans,requests,fees");
        await PrintAsync(simulator, "GET users/{id}/fees", Requests, i => $"users/{Pick(ids, i)}/fees");
        await PrintAsync(
            simulator, "GET users?q=user_group~GRAD&expand=full (100)", 200, i => $"users?q=user_group~GRAD&expand=full&limit=100&offset={i * 100}");
        string report = "analytics/reports?limit=1000&path=" + Uri.EscapeDataString(simulator.ReportFolder + "/users");
        await PrintAsync(simulator, "GET analytics/reports, first 1,000 rows", 10, _ => report);
    }

    private static AlmaSimulator New(int size) => AlmaSimulator.Create(new SimulatorOptions
    {
        UserCount = size, RequestsPerSecond = 0, DailyLimit = long.MaxValue,
    });

    // Spread over the library, and the same ones each time.
    private static string Pick(string[] ids, int number) => ids[(int)(number * 7_919L % ids.Length)];

    private static void PrintStarts()
    {
        Console.WriteLine();
        Console.WriteLine(Text($"Start of the simulator (medians of {Rounds}; wanted: {LargestSize:N0} patrons in {WantedSeconds} s)"));
        Console.WriteLine(Text($"{"patrons",10}{"seconds",10}{"CPU s",8}{"MB",8}{"to stay",10}"));
        New(10);
        foreach (int size in s_sizes)
        {
            StartRound[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => Start(size))];
            Console.WriteLine(Text(
                $"{size,10:N0}{Median(rounds.Select(r => r.Seconds)),10:0.000}{Median(rounds.Select(r => r.CpuSeconds)),8:0.00}{rounds[0].Megabytes,8:0.0}{rounds[0].Staying,10:N0}"));
        }
    }

    // Not inlined, so that the simulator of one round is gone before the next is measured.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static StartRound Start(int size)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        AlmaSimulator simulator = New(size);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        double megabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        return new StartRound(seconds, cpuSeconds, megabytes, simulator.Manifest.Count);
    }

    private static async Task PrintAsync(AlmaSimulator simulator, string title, int count, Func<int, string> path)
    {
        List<double> rates = [];
        long bytes = 0;
        for (int i = 0; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            bytes = await SendAsync(simulator, count, path).ConfigureAwait(false);
            rates.Add(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        Console.WriteLine(Text($"{title,-46}{Median(rates),10:N0} requests/s{bytes / count,10:N0} characters each"));
    }

    private static async Task<long> SendAsync(AlmaSimulator simulator, int count, Func<int, string> path)
    {
        using HttpClient client = new(simulator.CreateHandler()) { BaseAddress = simulator.BaseAddress };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "apikey " + simulator.ApiKey);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        long bytes = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(Enumerable.Range(0, count), parallel, async (i, token) =>
        {
            string text = await client.GetStringAsync("almaws/v1/" + path(i), token).ConfigureAwait(false);
            Interlocked.Add(ref bytes, text.Length);
        }).ConfigureAwait(false);
        return bytes;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record StartRound(double Seconds, double CpuSeconds, double Megabytes, int Staying);
}
