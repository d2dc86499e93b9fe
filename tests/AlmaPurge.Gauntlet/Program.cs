using System.CommandLine;
using System.Diagnostics;
using AlmaPurge.Gauntlet.Reports;

namespace AlmaPurge.Gauntlet;

/// <summary>
/// The gauntlet at full size: random libraries, dangers, misbehaviours and operators, judged by the simulator alone.
/// Exit code 0 if everything that must be zero is.
/// </summary>
internal static class Program
{
    private static readonly Option<int> s_patrons = new("--patrons")
    {
        Description = "Patrons in all libraries together, at least.",
        DefaultValueFactory = _ => 20_000,
    };

    private static readonly Option<int> s_cases = new("--cases")
    {
        Description = "Library-and-fault combinations, at least.",
        DefaultValueFactory = _ => 500,
    };

    private static readonly Option<int?> s_seed = new("--seed") { Description = "Repeats the one case of this seed, and tells all of it." };

    private static readonly Option<int> s_first = new("--first-seed") { Description = "Seed of the first case.", DefaultValueFactory = _ => 1 };

    public static Task<int> Main(string[] args)
    {
        RootCommand root = new("Random libraries, dangers, misbehaviours and operators against a purge, judged by the simulator alone.")
        {
            s_patrons, s_cases, s_seed, s_first,
        };
        root.SetAction((parsed, stop) => parsed.GetValue(s_seed) is { } seed
            ? OneAsync(seed)
            : AllAsync(parsed.GetValue(s_patrons), parsed.GetValue(s_cases), parsed.GetValue(s_first), stop));
        return root.Parse(args).InvokeAsync();
    }

    private static async Task<int> OneAsync(int seed)
    {
        using GauntletFolder folder = new();
        CaseResult result = await Case.RunAsync(seed, folder.Next(seed)).ConfigureAwait(false);
        Console.WriteLine(result.Plan);
        foreach ((string step, string errorId, string message) in result.Record.Stops)
        {
            Console.WriteLine($"  {step}: {errorId}: {message}");
        }

        GauntletTable table = new();
        table.Add(result);
        Console.WriteLine(table);
        return Tell(table);
    }

    private static async Task<int> AllAsync(int patrons, int cases, int first, CancellationToken stop)
    {
        Stopwatch watch = Stopwatch.StartNew();
        GauntletTable table = await Gauntlet.RunAsync(Gauntlet.Seeds(patrons, cases, first), Progress, stop).ConfigureAwait(false);
        Console.WriteLine(table);
        Console.WriteLine(FormattableString.Invariant($"took {watch.Elapsed.TotalSeconds:0} s; seeds {first} to {first + table.Cases - 1}"));
        return Tell(table);

        void Progress(GauntletTable so)
        {
            if (so.Cases % 100 == 0)
            {
                Console.Error.WriteLine(FormattableString.Invariant(
                    $"{so.Cases} cases, {so.Patrons} patrons, {so.Findings.Count} findings, {watch.Elapsed.TotalSeconds:0} s"));
            }
        }
    }

    private static int Tell(GauntletTable table)
    {
        foreach (string finding in table.Findings.GroupBy(f => f.Split(' ')[1..4].Aggregate((a, b) => a + b)).SelectMany(g => g.Take(4)).Take(80))
        {
            Console.WriteLine(finding);
        }

        Console.WriteLine(table.HasFindings
            ? FormattableString.Invariant($"{table.Findings.Count} findings. Repeat a case with --seed.")
            : "Everything that must be zero is zero.");
        return table.HasFindings ? 1 : 0;
    }
}
