using System.Diagnostics;

namespace AlmaPurge.Core.Tests.Kill;

/// <summary>Programs of ours that were built beside these tests, as child processes.</summary>
internal static class OtherProcess
{
    public static Process Start(string area, string project, params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [ProgramPath(area, project), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static string ProgramPath(string area, string project)
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        DirectoryInfo configuration = framework.Parent!;
        string root = configuration.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, area, project, "bin", configuration.Name, framework.Name, project + ".dll");
    }
}
