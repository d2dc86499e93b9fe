using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>The built host as a child process.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _lines = [];

    private HostProcess(string[] arguments)
    {
        ProcessStartInfo info = new("dotnet", [ProgramPath, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(info)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    // Copied beside these tests by the reference to the project.
    public static string ProgramPath => Path.Combine(AppContext.BaseDirectory, "AlmaPurge.Simulator.Host.dll");

    public string Output => string.Join('\n', _lines);

    /// <summary>Where it says it is.</summary>
    public Uri Address => new(AddressPattern().Match(Output).Groups[1].Value);

    /// <summary>Starts it and waits until it says that it listens.</summary>
    public static async Task<HostProcess> StartAsync(params string[] arguments)
    {
        HostProcess host = new(arguments);
        while (await host._process.StandardOutput.ReadLineAsync() is { } line)
        {
            host._lines.Add(line);
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal))
            {
                return host;
            }
        }

        throw new InvalidOperationException($"It did not start: {host.Output} {await host._errors}");
    }

    /// <summary>Runs it to its end, for arguments that will not do.</summary>
    public static async Task<(int ExitCode, string Errors)> FailAsync(params string[] arguments)
    {
        using HostProcess host = new(arguments);
        await host._process.WaitForExitAsync();
        return (host._process.ExitCode, await host._errors);
    }

    /// <summary>Ends it as Ctrl+C does.</summary>
    /// <remarks>By the other signal that goes the same way: what a shell starts in the background ignores SIGINT.</remarks>
    public async Task<(int ExitCode, string Errors)> InterruptAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"Base address: (\S+)")]
    private static partial Regex AddressPattern();
}
