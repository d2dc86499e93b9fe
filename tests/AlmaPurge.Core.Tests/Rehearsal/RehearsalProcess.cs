using System.Diagnostics;

namespace AlmaPurge.Core.Tests.Rehearsal;

/// <summary>Runs the built rehearsal as a child process, with run folders in a folder of its own.</summary>
internal sealed class RehearsalProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _runs = Directory.CreateTempSubdirectory("almapurge-tests-");

    /// <summary>Folders of the runs that were made.</summary>
    public IReadOnlyList<string> RunFolders => Directory.GetDirectories(_runs.FullName);

    public static string Export(string name) => Path.Combine(AppContext.BaseDirectory, "exports", name);

    public async Task<RehearsalOutcome> RunAsync(params string[] arguments)
    {
        using Process process = Process.Start(StartInfo(arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new RehearsalOutcome(
            process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
    }

    public void Dispose() => _runs.Delete(recursive: true);

    private ProcessStartInfo StartInfo(string[] arguments)
    {
        ProcessStartInfo info = new("dotnet", [ProgramPath(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["ALMAPURGE_RUNS"] = _runs.FullName;
        return info;
    }

    // Built beside these tests, for the same configuration and framework.
    private static string ProgramPath()
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        DirectoryInfo configuration = framework.Parent!;
        string root = configuration.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(
            root, "src", "AlmaPurge.Rehearsal", "bin", configuration.Name, framework.Name, "AlmaPurge.Rehearsal.dll");
    }
}

/// <summary>What a run of the program left.</summary>
internal sealed record RehearsalOutcome(int ExitCode, string Output, string Errors)
{
    /// <summary>Makes sure of the exit code; shows everything that was printed if it is another.</summary>
    public RehearsalOutcome Exits(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode} instead of {code}\n{Output}\n{Errors}");
        return this;
    }

    public RehearsalOutcome Says(string text)
    {
        Assert.Contains(text, Output, StringComparison.Ordinal);
        return this;
    }

    public RehearsalOutcome Complains(string text)
    {
        Assert.Contains(text, Errors, StringComparison.Ordinal);
        return this;
    }
}
