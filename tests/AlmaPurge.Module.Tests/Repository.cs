using System.Text.RegularExpressions;

namespace AlmaPurge.Module.Tests;

/// <summary>Where things lie in the checkout that these tests were built in.</summary>
internal static partial class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Manifest => File.ReadAllText(Path.Combine(Root, "AlmaPurge.psd1"));

    public static string Staged =>
        Path.Combine(Root, "out", "AlmaPurge", VersionPattern().Match(Manifest).Groups[1].Value);

    public static string PesterFolder => Path.Combine(Root, "tests", "Pester");

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AlmaPurge.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("These tests have to run inside of the checkout.");
    }

    [GeneratedRegex(@"ModuleVersion\s*=\s*'([^']+)'")]
    private static partial Regex VersionPattern();
}
