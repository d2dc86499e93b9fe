using System.Management.Automation;
using AlmaPurge.Core;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Pipeline;

/// <summary>Finds the run that a parameter -Run names.</summary>
internal static class RunReference
{
    /// <summary>A run, or the id or folder of one. Relative folders are the session's, not the process's.</summary>
    public static PurgeRun Resolve(PSCmdlet cmdlet, object run) =>
        run is AlmaPurgeRun known ? Require(known.Run) : Open(cmdlet, new RunStore(), (string)run);

    /// <summary>A run, or the id or folder of one, whatever state it is in: also one that is damaged.</summary>
    public static AlmaPurgeRun Find(PSCmdlet cmdlet, object run) =>
        run as AlmaPurgeRun ?? new RunStore().Find(Place(cmdlet, (string)run));

    /// <summary>The run with this id, or in this folder.</summary>
    public static PurgeRun Open(PSCmdlet cmdlet, RunStore store, string idOrFolder) => store.Open(Place(cmdlet, idOrFolder));

    /// <summary>The run behind an object; a run that is damaged can only be listed.</summary>
    /// <exception cref="AlmaPurgeException">What is wrong with the damaged run.</exception>
    public static PurgeRun Require(IRunHandle handle) =>
        handle is BrokenRun broken ? throw broken.Problem : (PurgeRun)handle;

    private static string Place(PSCmdlet cmdlet, string idOrFolder)
    {
        string folder = cmdlet.GetUnresolvedProviderPathFromPSPath(idOrFolder);
        return Directory.Exists(folder) ? folder : idOrFolder;
    }
}
