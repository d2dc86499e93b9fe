using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>A file that a step writes for people: whole or not at all, and over nothing that is there unless told so.</summary>
internal static class OutputFile
{
    /// <summary>Stops if there is such a file already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">Whether a file that is there is replaced.</param>
    /// <param name="caution">What it may hold, for the message; empty for nothing in particular.</param>
    public static void RequireFree(string path, bool force, string caution = "")
    {
        if (!force && File.Exists(path))
        {
            throw new AlmaPurgeException(
                "FileExists",
                AlmaPurgeErrorKind.Conflict,
                $"There is a file '{path}' already{caution}.",
                "Give another -Path, or -Force to replace it.",
                path);
        }
    }

    /// <summary>Whether a path is in the folder of a run, whose files are AlmaPurge's own.</summary>
    public static bool IsInFolderOf(PurgeRun run, string path) => IsInFolder(run.Folder, path);

    /// <summary>Whether a path is in a folder; in none if there is no folder.</summary>
    public static bool IsInFolder(string? folder, string path) => folder is not null
        && Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the file under another name, has it recorded, and only then puts it where people find it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">Whether a file that is there is replaced.</param>
    /// <param name="write">Writes a file that is not there yet.</param>
    /// <param name="record">Records what was written; gets its path.</param>
    /// <param name="what">What the file is, for the message.</param>
    /// <exception cref="AlmaPurgeException">The file could not be written; an old one is as it was.</exception>
    public static void Write(string path, bool force, Action<string> write, Action<string> record, string what = "file")
    {
        string temporary = path + ".tmp";
        try
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            write(temporary);
            record(temporary);
            File.Move(temporary, path, overwrite: force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlmaPurgeException(
                "FileNotWritten",
                AlmaPurgeErrorKind.Unavailable,
                $"The {what} '{path}' could not be written: {e.Message}",
                "See whether the folder exists and is yours, and whether another program has the file open.",
                path,
                e);
        }
        finally
        {
            // In a folder that is not there, File.Delete would throw and hide what went wrong.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }
}
