using System.Reflection;
using System.Runtime.InteropServices;
using Newtonsoft.Json;

namespace AlmaPurge.Core.Runs;

/// <summary>Who works on a run, and with what. Staff and their computer, never a patron.</summary>
/// <param name="Operator">The account of the operating system and the computer, as <c>account@computer</c>.</param>
/// <param name="Module">Version of AlmaPurge.</param>
/// <param name="Host">What the steps run in, with its version, such as <c>PowerShell 7.6.9</c>.</param>
[method: JsonConstructor]
public sealed record Workplace(string Operator, string Module, string Host)
{
    private static readonly string s_module = VersionOf(typeof(Workplace).Assembly);
    private static string s_host = RuntimeInformation.FrameworkDescription;

    /// <summary>This process, as of now.</summary>
    public static Workplace Current => new($"{Environment.UserName}@{Environment.MachineName}", s_module, s_host);

    /// <summary>Says what the steps of this process run in; until then it is the .NET runtime.</summary>
    /// <param name="name">Name of the host.</param>
    /// <param name="assembly">An assembly of the host's, which has its version.</param>
    public static void SetHost(string name, Assembly assembly) => s_host = $"{name} {VersionOf(assembly)}";

    // Behind the version there may be the commit that it was built of.
    private static string VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString()
            ?? "of unknown version";
        return version.Split(' ', '+')[0];
    }
}
