using System.Text.Json;

namespace AlmaPurge.Module.Tests;

/// <summary>What tests/Pester/Invoke-Suite.ps1 writes.</summary>
internal sealed record PesterResult(string? Skipped, string? Summary, IReadOnlyList<PesterFileResult>? Files)
{
    public static PesterResult? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<PesterResult>(File.ReadAllText(path)) : null;
}

/// <summary>What came of one Pester file.</summary>
internal sealed record PesterFileResult(
    string File, int Passed, int Failed, int Skipped, bool Broken, IReadOnlyList<string> Failures);
