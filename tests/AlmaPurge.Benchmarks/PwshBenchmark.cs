using System.Diagnostics;

namespace AlmaPurge.Benchmarks;

/// <summary>
/// The two cmdlets in a real PowerShell, beside what people do by hand: Import-Csv, and Where-Object with a hashtable
/// of the fines. Both in one session.
/// </summary>
internal static class PwshBenchmark
{
    private const string Title = "The same through PowerShell (wanted: at least 4 times as fast as by hand)";

    // The sides in turn, so that neither has the warmer machine; each counts what it gives.
    private const string Script =
        """
        param([string] $Module, [string] $Patrons, [string] $Fines, [string] $Runs, [int] $Rounds)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module
        $env:ALMAPURGE_RUNS = $Runs

        $sides = [ordered] @{
            'Import-Csv | Where-Object' = {
                $owing = @{}
                Import-Csv $Fines | ForEach-Object { $owing[$_.'Primary Identifier'] = $true }
                (Import-Csv $Patrons | Where-Object { -not $owing.ContainsKey($_.'Primary Identifier') } | Measure-Object).Count
            }
            'Import-AlmaPurgeCandidate | Remove-AlmaFinesHolder' = {
                (Import-AlmaPurgeCandidate $Patrons -UserGroup UNDRGRD -ExpiredBefore 2025-01-01 |
                    Remove-AlmaFinesHolder -Path $Fines | Measure-Object).Count
            }
        }

        $times = @{}
        $counts = @{}
        for ($round = 0; $round -lt $Rounds; $round++) {
            foreach ($side in $sides.Keys) {
                [GC]::Collect()
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $counts[$side] = & $sides[$side]
                $times[$side] += @($watch.Elapsed.TotalSeconds)
            }
        }

        $medians = foreach ($side in $sides.Keys) {
            $sorted = @($times[$side] | Sort-Object)
            [pscustomobject] @{ Side = $side; Seconds = $sorted[[int] [Math]::Floor($sorted.Count / 2)]; Passed = $counts[$side] }
        }
        $byHand = $medians[0].Seconds
        "PowerShell $($PSVersionTable.PSVersion)"
        foreach ($median in $medians) {
            '{0,-54}{1,8:0.00} s{2,12:N0} passed{3,8:0.0} times as fast' -f $median.Side, $median.Seconds, $median.Passed, ($byHand / $median.Seconds)
        }
        """;

    private const int Rounds = 3;

    public static void Run()
    {
        Console.WriteLine();
        Console.WriteLine(Title);
        if (FindPwsh() is not { } pwsh)
        {
            Console.WriteLine("Skipped: there is no pwsh on PATH.");
            return;
        }

        using BenchmarkData data = BenchmarkData.Make();
        string script = Path.Combine(data.Folder, "bench.ps1");
        File.WriteAllText(script, Script);
        ProcessStartInfo start = new(pwsh);
        string[] arguments =
        [
            "-NoProfile", "-NonInteractive", "-File", script, StagedModule(), data.Patrons, data.Fines, data.Runs,
            Rounds.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("The script failed; its output says why.");
        }
    }

    private static string? FindPwsh()
    {
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    // Staged by the build of this very benchmark, so it is never a stale one.
    private static string StagedModule()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AlmaPurge.sln")))
        {
            folder = folder.Parent;
        }

        string root = folder?.FullName ?? throw new InvalidOperationException("The benchmark has to run inside of the checkout.");
        return Directory.GetFiles(Path.Combine(root, "out", "AlmaPurge"), "AlmaPurge.psd1", SearchOption.AllDirectories).Single();
    }
}
