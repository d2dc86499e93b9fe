namespace AlmaPurge.Module.Tests;

/// <summary>How to start PowerShell here: from PATH, or as a local dotnet tool.</summary>
internal sealed record PowerShellFinder(string FileName, IReadOnlyList<string> FirstArguments)
{
    public static PowerShellFinder? Find() =>
        FindOnPath() is { } path ? new(path, []) : HasLocalTool() ? new("dotnet", ["tool", "run", "pwsh", "--"]) : null;

    private static string? FindOnPath()
    {
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    private static bool HasLocalTool() =>
        new[] { ".config/dotnet-tools.json", "dotnet-tools.json" }
            .Select(static name => Path.Combine(Repository.Root, name))
            .Any(static path => File.Exists(path)
                && File.ReadAllText(path).Contains("\"pwsh\"", StringComparison.OrdinalIgnoreCase));
}
