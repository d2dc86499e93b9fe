using System.Diagnostics;

namespace AlmaPurge.Core.Tests;

/// <summary>A file system of its own in memory that can really be filled. Only root on Linux may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TestFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts it, or skips the test where that is not allowed.</summary>
    public static SmallDisk MountOrSkip()
    {
        SmallDisk disk = new();
        string? trouble = OperatingSystem.IsLinux() ? Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.Path) : "no Linux";
        if (trouble is not null)
        {
            disk._folder.Dispose();
            Skip.If(true, $"No file system can be mounted here: {trouble}");
        }

        return disk;
    }

    /// <summary>Leaves no room, but for what is left of the last page of each file.</summary>
    public void Fill()
    {
        byte[] page = new byte[4096];
        try
        {
            using FileStream stream = new(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                stream.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        _folder.Dispose();
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
