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
            IReadOnlyCollection<string> found = Found(path, (out ProviderInfo provider) =>
                cmdlet.GetResolvedProviderPathFromPSPath(path, out provider));
            // Each by itself: a pattern that fits no file any more must not hide behind one that does.
            files.AddRange(found.Count > 0 ? found : throw NotFound(path, null));
        }

        return files;
    }

    /// <summary>The files that -LiteralPath names.</summary>
    /// <exception cref="AlmaPurgeException">Nothing is there, or it is no file.</exception>
    public static IReadOnlyList<string> Literal(PSCmdlet cmdlet, IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            string file = Found(path, (out ProviderInfo provider) =>
                cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _));
            files.Add(System.IO.Path.Exists(file) ? file : throw NotFound(path, null));
        }

        return files;
    }

    /// <summary>Makes sure that a file can be written there.</summary>
    /// <exception cref="AlmaPurgeException">Its folder does not exist.</exception>
    public static void RequireFolderOf(string path)
    {
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(path)))
        {
            throw new AlmaPurgeException(
                "PathNotFound",
                AlmaPurgeErrorKind.NotFound,
                $"There is no folder for '{path}'.",
                "Make the folder first, or give another -Path.",
                path);
        }
    }

    /// <summary>A -ColumnMap as text pairs.</summary>
    public static IReadOnlyDictionary<string, string>? ColumnMap(IDictionary? map) =>
        map?.Cast<DictionaryEntry>().ToDictionary(
            e => LanguagePrimitives.ConvertTo<string>(e.Key),
            e => LanguagePrimitives.ConvertTo<string>(e.Value),
            StringComparer.OrdinalIgnoreCase);

    private delegate T Look<T>(out ProviderInfo provider);

    // No such item, drive or provider: whatever it is that is missing, to the person at the keyboard it is the file.
    private static T Found<T>(string path, Look<T> look)
    {
        try
        {
            T found = look(out ProviderInfo provider);
            return provider.Name == "FileSystem" ? found : throw NotFound(path, null);
        }
        catch (SessionStateException e)
        {
            throw NotFound(path, e);
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
