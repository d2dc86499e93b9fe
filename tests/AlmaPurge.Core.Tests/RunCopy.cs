using AlmaPurge.Core.Runs;
using Newtonsoft.Json;

namespace AlmaPurge.Core.Tests;

/// <summary>Looks at a run as another process would: a copy of its folder, opened from disk.</summary>
internal static class RunCopy
{
    public static PurgeRun Open(PurgeRun run, TestFolder target, TimeProvider? time = null)
    {
        string folder = Path.Combine(target.Path, run.RunId);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(run.Folder!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        return new RunStore(target.Path, time).Open(run.RunId);
    }

    public static string Text(object value) => JsonConvert.SerializeObject(value, Formatting.Indented);
}
