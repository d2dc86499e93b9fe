using System.Diagnostics;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>The rehearsal against a host: through HTTP alone, with the numbers of the embedded library.</summary>
public sealed class RehearsalTests : IDisposable
{
    private const string Good = "All patrons are accounted for, and nobody was purged wrongly.";

    private readonly DirectoryInfo _runs = Directory.CreateTempSubdirectory("almapurge-tests-");

    [Theory]
    [InlineData("SetJob")]
    [InlineData("UserDelete")]
    [InlineData("Handoff")]
    public async Task It_goes_as_in_the_embedded_library(string route)
    {
        await using TestHost host = await StartAsync();
        Outcome there = await RunAsync("--route", route, "--base-uri", host.Address.AbsoluteUri, "--api-key", host.Simulator.ApiKey, "--rate", "0");
        Assert.True(there.ExitCode == 0, there.Output + there.Errors);
        Assert.Contains(Good, there.Output, StringComparison.Ordinal);
        Outcome embedded = await RunAsync("--route", route, "--size", "120", "--seed", "3");
        Assert.Equal(WhoStays(embedded), WhoStays(there));
        DateOnly cutoff = DateOnly.FromDateTime(DateTime.Today).AddYears(-1);
        Assert.Equal(
            host.Simulator.PurgeableFor("UNDRGRD", cutoff).Order(StringComparer.Ordinal),
            host.Simulator.Purged.Select(p => p.PrimaryId).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(host.Simulator.ApiKey, there.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_have_purged_on_the_host_before_is_not_held_against_it()
    {
        await using TestHost host = await StartAsync();
        host.Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "wrong", UserGroup = "PURGEUG", PurgeDate = new DateOnly(2020, 1, 1) });
        Assert.Equal(["wrong"], host.Simulator.PurgeUserRecords(1, "PUBLIC", "PURGEUG", 0));
        Outcome outcome = await RunAsync("--base-uri", host.Address.AbsoluteUri, "--api-key", host.Simulator.ApiKey, "--rate", "0");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Errors);
    }

    [Fact]
    public async Task A_job_that_lies_is_found_out_by_the_records_of_the_host()
    {
        await using TestHost host = await StartAsync("doneButUsersRemain");
        Outcome outcome = await RunAsync("--base-uri", host.Address.AbsoluteUri, "--api-key", host.Simulator.ApiKey, "--rate", "0");
        Assert.NotEqual(2, outcome.ExitCode);
        Assert.Empty(host.Simulator.WronglyPurged("UNDRGRD", DateOnly.FromDateTime(DateTime.Today).AddYears(-1)));
    }

    [Fact]
    public async Task Nobody_but_the_simulator_is_ever_sent_anything_but_the_question_who_it_is()
    {
        await using TestHost host = await StartAsync();
        Outcome outcome = await RunAsync("--base-uri", "http://127.0.0.1:9", "--api-key", "k");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("NotTheSimulator", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("src/AlmaPurge.Simulator.Host", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--base-uri", "http://example.org", "--api-key", "k")]
    [InlineData("--base-uri", "nonsense", "--api-key", "k")]
    [InlineData("--base-uri", "http://127.0.0.1:9")]
    [InlineData("--base-uri", "http://127.0.0.1:9", "--api-key", "k", "--users", "u.csv")]
    [InlineData("--base-uri", "http://127.0.0.1:9", "--api-key", "k", "--size", "100")]
    public async Task Options_that_do_not_go_together_are_a_usage_error(params string[] arguments)
    {
        Outcome outcome = await RunAsync(arguments);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--base-uri", outcome.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _runs.Delete(recursive: true);

    private static Task<TestHost> StartAsync(params string[] faults) => TestHost.StartAsync(new HostOptions
    {
        Size = 120, Seed = 3, Faults = faults, JobQueue = TimeSpan.FromMilliseconds(50), JobRun = TimeSpan.FromMilliseconds(50),
    });

    private static string WhoStays(Outcome outcome)
    {
        int start = outcome.Output.IndexOf("Who stays", StringComparison.Ordinal);
        int end = outcome.Output.IndexOf("Run folder", StringComparison.Ordinal);
        Assert.True(start > 0, outcome.Output + outcome.Errors);
        return outcome.Output[start..end];
    }

    private async Task<Outcome> RunAsync(params string[] arguments)
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string root = framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        string program = Path.Combine(
            root, "src", "AlmaPurge.Rehearsal", "bin", framework.Parent.Name, framework.Name, "AlmaPurge.Rehearsal.dll");
        ProcessStartInfo info = new("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        info.Environment["ALMAPURGE_RUNS"] = _runs.FullName;
        info.Environment.Remove("ALMA_API_KEY");
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(patience.Token);
        return new Outcome(process.ExitCode, await output, await errors);
    }

    private sealed record Outcome(int ExitCode, string Output, string Errors);
}
