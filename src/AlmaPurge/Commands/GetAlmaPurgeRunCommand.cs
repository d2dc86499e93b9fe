using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Runs;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaPurgeRun")]
[OutputType(typeof(AlmaPurgeRun))]
public sealed class GetAlmaPurgeRunCommand : AlmaCancellableCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [RunArgument]
    [ArgumentCompleter(typeof(RunUnderPathCompleter))]
    public object? Run { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    protected override void OnRecord()
    {
        RunStore store = new(Path is null ? null : Folder(Path));
        switch (Run)
        {
            case AlmaPurgeRun known:
                WriteObject(RunReference.Require(known.Run).ToModel());
                break;
            case string idOrFolder:
                WriteObject(RunReference.Open(this, store, idOrFolder).ToModel());
                break;
            default:
                WriteObject(store.List(includePreviews: Path is null), enumerateCollection: true);
                break;
        }
    }

    // The default folder comes into being with the first run; one that is named is meant to be there.
    private string Folder(string path)
    {
        string folder = GetUnresolvedProviderPathFromPSPath(path);
        return Directory.Exists(folder)
            ? folder
            : throw new AlmaPurgeException(
                "PathNotFound",
                AlmaPurgeErrorKind.NotFound,
                $"There is no folder '{folder}'.",
                "Give the folder that holds the run folders, or leave -Path out for the default one.",
                path);
    }
}
