using System.Diagnostics;
using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Simulator;

namespace AlmaPurge.Benchmarks;

/// <summary>
/// The live check of 2,000 patrons: how much of a permitted rate it uses where calls take long, and how fast it is
/// where nothing holds it back.
/// </summary>
internal static class CheckBenchmark
{
    private const int PatronCount = 2_000;
    private const int LibrarySize = 10_000;
    private const int Rounds = 3;
    private const int FastRounds = 7;
    private const int PermittedRate = 25;
    private const double WantedShare = 0.95;
    private const double WantedChecks = 2_000;

    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync()
    {
        AlmaFeeCheck[] feeChecks = Enum.GetValues<AlmaFeeCheck>();
        PrintHead();
        foreach (AlmaFeeCheck feeCheck in feeChecks)
        {
            await RunFastAsync(feeCheck).ConfigureAwait(false);
        }

        // All but a few seconds of these minutes are waiting, so the rounds wait side by side; each has a library and
        // a rate of its own.
        await Task.WhenAll(feeChecks.Select(RunPacedAsync)).ConfigureAwait(false);
    }

    private static async Task RunPacedAsync(AlmaFeeCheck feeCheck)
    {
        CheckRound[] rounds = await Task
            .WhenAll(Enumerable.Range(0, Rounds).Select(_ => CheckAsync(feeCheck, PermittedRate, s_latency)))
            .ConfigureAwait(false);
        double share = Median(rounds.Select(r => r.RequestRate)) / PermittedRate;
        string wanted = Text($"{WantedShare * 100:0} % of {PermittedRate} req/s");
        Print(Text($"200 ms, {PermittedRate} requests/s, fees {feeCheck}"), rounds, wanted, share / WantedShare);
    }

    private static async Task RunFastAsync(AlmaFeeCheck feeCheck)
    {
        List<CheckRound> rounds = [];
        for (int i = 0; i < FastRounds; i++)
        {
            GC.Collect();
            rounds.Add(await CheckAsync(feeCheck, 0, TimeSpan.Zero).ConfigureAwait(false));
        }

        double checks = Median(rounds.Select(r => r.CheckRate));
        Print($"no latency, no limit, fees {feeCheck}", rounds, Text($"{WantedChecks:0} checks/s"), checks / WantedChecks);
    }

    private static async Task<CheckRound> CheckAsync(AlmaFeeCheck feeCheck, int rate, TimeSpan latency)
    {
        AlmaSimulator simulator = AlmaSimulator.Create(new SimulatorOptions
        {
            UserCount = LibrarySize,
            RequestsPerSecond = rate,
            Latency = latency,
        });
        using AlmaSession session = await AlmaSession
            .ConnectAsync(Options(simulator, rate), simulated: true, CancellationToken.None)
            .ConfigureAwait(false);
        PurgeCriteria criteria = new()
        {
            UserGroup = "UNDRGRD",
            ExpiredBefore = DateOnly.FromDateTime(DateTime.Today).AddYears(-1),
            FeeCheck = feeCheck,
        };
        PurgeRun run = new RunStore(Path.GetTempPath()).Create(criteria, preview: true);
        IEnumerable<string> safe = simulator.PurgeableFor("UNDRGRD", criteria.ExpiredBefore);
        run.Patrons.AddCandidates([.. safe.Take(PatronCount)]);
        IReadOnlyList<string> ids = run.Patrons.RemainingIds();
        int before = simulator.Requests.Count;
        long start = Stopwatch.GetTimestamp();
        await new CheckStep(run, session, Silence.Instance)
            .RefreshAsync(ids, TimeSpan.Zero, CancellationToken.None)
            .ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        IReadOnlyList<LoggedRequest> requests = simulator.Requests;
        return new CheckRound(
            seconds, requests.Count - before, requests.Count(r => r.StatusCode == 429), run.Patrons.RemainingCount);
    }

    private static AlmaClientOptions Options(AlmaSimulator simulator, int rate) => new()
    {
        BaseAddress = simulator.BaseAddress,
        ApiKey = simulator.ApiKey,
        Handler = simulator.CreateHandler(),
        RequestsPerSecond = rate,
    };

    private static void PrintHead()
    {
        Console.WriteLine();
        Console.WriteLine(Text($"Live check of {PatronCount} patrons who pass every rule (medians; the slow rows take six minutes)"));
        Console.WriteLine(Text(
            $"{"",-42}{"seconds",9}{"checks/s",10}{"requests",10}{"req/s",9}{"429s",6}{"passed",8}{"wanted",18}{"ratio",8}"));
    }

    private static void Print(string title, IReadOnlyList<CheckRound> rounds, string wanted, double ratio) =>
        Console.WriteLine(Text(
            $"{title,-42}{Median(rounds.Select(r => r.Seconds)),9:0.00}{Median(rounds.Select(r => r.CheckRate)),10:0.0}{rounds[0].Requests,10}{Median(rounds.Select(r => r.RequestRate)),9:0.00}{rounds.Sum(r => r.Refused),6}{rounds[0].Passed,8}{wanted,18}{ratio,8:0.00}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record CheckRound(double Seconds, int Requests, int Refused, int Passed)
    {
        public double RequestRate => Requests / Seconds;

        public double CheckRate => PatronCount / Seconds;
    }
}
