using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Runs;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Get, "AlmaPurgeRun")]
[OutputType(typeof(AlmaPurgeRun))]
public sealed class GetAlmaPurgeRunCommand : AlmaCancellableCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [RunArgument]
    [ArgumentCompleter(typeof(RunCompleter))]
    public object? Run { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    protected override void OnRecord()
    {
        RunStore store = new(Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path));
        switch (Run)
        {
            case AlmaPurgeRun known:
                WriteObject(((PurgeRun)known.Run).ToModel());
                break;
            case string idOrFolder:
                WriteObject(RunReference.Open(this, store, idOrFolder).ToModel());
                break;
            default:
                foreach (PurgeRun run in store.List(e => WriteError(ErrorRecords.From(e, e.Target))))
                {
                    WriteObject(run.ToModel());
                }

                break;
        }
    }
}
