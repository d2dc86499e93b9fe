using System.Collections;
using System.Management.Automation;
using AlmaPurge.Core;

namespace AlmaPurge.Pipeline;

/// <summary>Turns what was given as -Path and -LiteralPath into files, through PowerShell's own rules.</summary>
internal static class FilePaths
{
    /// <summary>The files that -Path names, wildcards allowed.</summary>
    /// <exception cref="AlmaPurgeException">Nothing is there, or it is no file.</exception>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            try
            {
                files.AddRange(cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider));
                RequireFileSystem(provider, path);
            }
            catch (ItemNotFoundException e)
            {
                throw NotFound(path, e);
            }
        }

        return files.Count > 0 ? files : throw NotFound(string.Join(", ", paths), null);
    }

    /// <summary>The files that -LiteralPath names.</summary>
    public static IReadOnlyList<string> Literal(PSCmdlet cmdlet, IEnumerable<string> paths) =>
        [.. paths.Select(cmdlet.GetUnresolvedProviderPathFromPSPath)];

    /// <summary>A -ColumnMap as text pairs.</summary>
    public static IReadOnlyDictionary<string, string>? ColumnMap(IDictionary? map) =>
        map?.Cast<DictionaryEntry>().ToDictionary(
            e => LanguagePrimitives.ConvertTo<string>(e.Key),
            e => LanguagePrimitives.ConvertTo<string>(e.Value),
            StringComparer.OrdinalIgnoreCase);

    private static void RequireFileSystem(ProviderInfo provider, string path)
    {
        if (provider.Name != "FileSystem")
        {
            throw NotFound(path, null);
        }
    }

    private static AlmaPurgeException NotFound(string path, Exception? cause) => new(
        "PathNotFound",
        AlmaPurgeErrorKind.NotFound,
        $"There is no file '{path}'.",
        "See whether the path is right; a relative one starts from the current location.",
        path,
        cause);
}
