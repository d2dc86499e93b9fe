using System.ComponentModel;
using System.Reflection;
using System.Runtime.Loader;

namespace AlmaPurge;

/// <summary>
/// Keeps the module's packages apart from other modules' copies of them: everything but this assembly is loaded
/// into a context of its own. Only for the module's start script.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LoadContext : AssemblyLoadContext
{
    private const string MainAssemblyName = "AlmaPurge";

    private static readonly object s_gate = new();
    private static readonly Assembly s_model = typeof(LoadContext).Assembly;
    private static readonly HashSet<string> s_platform = ReadPlatformNames();
    private static LoadContext? s_instance;

    private readonly string _folder;
    private readonly Assembly _main;

    private LoadContext(string folder)
        : base(MainAssemblyName)
    {
        _folder = folder;
        // Asked only after the default context had nothing new enough: an older runtime than the package wants.
        Resolving += static (context, name) => ((LoadContext)context).LoadBeside(name);
        _main = LoadFromAssemblyPath(Path.Combine(folder, MainAssemblyName + ".dll"));
    }

    /// <summary>Loads the cmdlets, or gives back what an earlier import of the same folder has loaded.</summary>
    /// <param name="folder">The folder with the module's assemblies.</param>
    /// <returns>The assembly with the cmdlets.</returns>
    public static Assembly Initialize(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        lock (s_gate)
        {
            // .NET cannot unload what PowerShell has bound; half of one version over half of another would be worse.
            string? loaded = s_instance?._folder ?? Path.GetDirectoryName(s_model.Location);
            if (loaded is { Length: > 0 } && !string.Equals(loaded, full, PathComparison))
            {
                throw new InvalidOperationException(
                    $"This session has already loaded AlmaPurge {s_model.GetName().Version} from '{loaded}', and an " +
                    $"assembly cannot be replaced while it is loaded. Start a new session to use the one in '{full}'.");
            }

            s_instance ??= new LoadContext(full);
            return s_instance._main;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        if (string.Equals(assemblyName.Name, s_model.GetName().Name, StringComparison.OrdinalIgnoreCase))
        {
            return s_model;
        }

        // null sends the question to PowerShell's own context, where the runtime and the engine live.
        return IsPlatform(assemblyName.Name) ? null : LoadBeside(assemblyName);
    }

    private static StringComparison PathComparison =>
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    // The engine ships packages such as Newtonsoft.Json too; of those we want our own copy, not the engine's.
    private static bool IsPlatform(string? name) =>
        name is not null
        && s_platform.Contains(name)
        && (name.StartsWith("System", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("Microsoft.", StringComparison.OrdinalIgnoreCase)
            || name is "netstandard" or "mscorlib" or "WindowsBase");

    private static HashSet<string> ReadPlatformNames()
    {
        string paths = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty;
        return paths.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(static path => Path.GetFileNameWithoutExtension(path))
            .Append("System.Management.Automation")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private Assembly? LoadBeside(AssemblyName name)
    {
        string path = Path.Combine(_folder, name.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
