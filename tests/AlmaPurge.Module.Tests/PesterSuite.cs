using System.ComponentModel;
using System.Diagnostics;

namespace AlmaPurge.Module.Tests;

/// <summary>
/// Runs the whole Pester suite once, in a child pwsh: an assembly cannot be unloaded, so the module is never imported
/// into the process that tests it.
/// </summary>
public sealed class PesterSuite
{
    private const string RequireVariable = "ALMAPURGE_REQUIRE_PWSH";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    public PesterSuite()
    {
        PowerShellFinder? shell = PowerShellFinder.Find();
        if (shell is null)
        {
            Missing = "There is no pwsh here, neither on PATH nor as a local dotnet tool.";
            return;
        }

        string folder = Path.Combine(Repository.Root, "out", "TestResults");
        Directory.CreateDirectory(folder);
        string resultPath = Path.Combine(folder, "pester.json");
        File.Delete(resultPath);
        Run(shell, resultPath);
        Result = PesterResult.Read(resultPath);
        Missing ??= Result?.Skipped;
        if (Result is null && Output.Contains("dotnet tool restore", StringComparison.OrdinalIgnoreCase))
        {
            Missing = "pwsh is a local dotnet tool that is not restored: run dotnet tool restore.";
        }
    }

    /// <summary>Why the suite cannot run here; null where it did.</summary>
    public string? Missing { get; private set; }

    public static bool IsRequired =>
        Environment.GetEnvironmentVariable(RequireVariable) is { Length: > 0 } value && value != "0";

    /// <summary>What the child wrote to the screen, for when it left no result.</summary>
    public string Output { get; private set; } = string.Empty;

    /// <summary>The suite ends with 0 or, where a test failed, 1; anything else is a crash after the last test.</summary>
    public int ExitCode { get; private set; }

    internal PesterResult? Result { get; }

    private void Run(PowerShellFinder shell, string resultPath)
    {
        ProcessStartInfo start = new(shell.FileName)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            .. shell.FirstArguments, "-NoProfile", "-NonInteractive",
            "-File", Path.Combine(Repository.PesterFolder, "Invoke-Suite.ps1"), "-ResultPath", resultPath,
            "-PesterPath", Path.Combine(AppContext.BaseDirectory, "Pester", "Pester.psd1"),
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        try
        {
            using Process child = Process.Start(start)!;
            child.StandardInput.Close();
            Task<string> output = child.StandardOutput.ReadToEndAsync();
            Task<string> errors = child.StandardError.ReadToEndAsync();
            if (!child.WaitForExit(s_limit))
            {
                child.Kill(entireProcessTree: true);
                Output = $"The suite did not end within {s_limit.TotalMinutes:0} minutes.{Environment.NewLine}";
            }

            ExitCode = child.ExitCode;
            Output += $"{output.Result}{errors.Result}(exit code {ExitCode})";
        }
        catch (Win32Exception exception)
        {
            Missing = $"{shell.FileName} does not start: {exception.Message}";
        }
    }
}
