using System.Globalization;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>The program from outside: what it prints, how it ends, and its exit codes.</summary>
public sealed class CommandLineTests
{
    [SkippableFact]
    public async Task It_serves_what_it_was_asked_for_until_Ctrl_C()
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no kill to send an interrupt with.");
        using HostProcess host = await HostProcess.StartAsync(
            "--port", "0", "--size", "60", "--seed", "7", "--rate", "25", "--latency", "1", "--fault", "throttle:0.000001",
            "--daily-limit", "1000", "--now", "2026-12-20T09:00:00Z", "--policy", "fullyremove", "--environment", "production",
            "--institution", "01OTHER_INST");
        Assert.Contains("60 patrons, seed 7, PRODUCTION, FullyRemove", host.Output, StringComparison.Ordinal);
        Assert.Contains($"Connect-Alma -BaseUri {host.Address} -ApiKey $key", host.Output, StringComparison.Ordinal);
        Assert.True(host.Address.IsLoopback);
        using HttpClient http = new() { BaseAddress = host.Address };
        Assert.Contains("2026-12-20T09:00", await http.GetStringAsync("simulator/clock"), StringComparison.Ordinal);
        using HttpRequestMessage general = new(HttpMethod.Get, "almaws/v1/conf/general");
        general.Headers.TryAddWithoutValidation("Authorization", "apikey simulator-key-1");
        using HttpResponseMessage answer = await http.SendAsync(general);
        Assert.Contains("01OTHER_INST", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("999", answer.Headers.GetValues("X-Exl-Api-Remaining").Single());

        (int taken, string why) = await HostProcess.FailAsync(
            "--port", host.Address.Port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1, taken);
        Assert.Contains("is taken", why, StringComparison.Ordinal);
        Assert.Contains("--port 0", why, StringComparison.Ordinal);

        Assert.Equal((0, ""), await host.InterruptAsync());
    }

    [Theory]
    [InlineData("--port", "70000", "0 to 65535")]
    [InlineData("--port", "x", "0 to 65535")]
    [InlineData("--size", "5", "10 to 200000")]
    [InlineData("--fault", "nope", "Known: ")]
    [InlineData("--now", "1/2/2026", "2026-12-20T09:00:00Z")]
    [InlineData("--policy", "Forget", "FullyRemove")]
    [InlineData("--environment", "TEST", "PRODUCTION")]
    [InlineData("--institution", "01 OTHER", "01OTHER_INST")]
    [InlineData("--listen", "everywhere", "127.0.0.1")]
    [InlineData("--job-run", "-1", "0 to 86400")]
    [InlineData("--nonsense", "1", "--nonsense")]
    public async Task Options_that_cannot_be_meant_are_a_usage_error(string option, string value, string hint)
    {
        // A free port, since somebody may use the usual one.
        string[] port = option == "--port" ? [] : ["--port", "0"];
        (int code, string errors) = await HostProcess.FailAsync([.. port, option, value]);
        Assert.Equal(2, code);
        Assert.Contains(hint, errors, StringComparison.Ordinal);
        Assert.Contains("--help", errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Listening_to_more_than_this_machine_is_possible_and_loudly_warned_of()
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no kill to send an interrupt with.");
        using HostProcess host = await HostProcess.StartAsync("--port", "0", "--size", "10", "--listen", "0.0.0.0");
        (int code, string errors) = await host.InterruptAsync();
        Assert.Equal(0, code);
        Assert.Contains("WARNING: listening at 0.0.0.0", errors, StringComparison.Ordinal);
    }
}
