using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Runs;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Remove, "AlmaPurgeRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class RemoveAlmaPurgeRunCommand : AlmaCancellableCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [RunArgument]
    [ArgumentCompleter(typeof(RunCompleter))]
    public object Run { get; set; } = null!;

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void OnRecord()
    {
        PurgeRun run = RunReference.Resolve(this, Run);
        RunStore.RequireRemovable(run, Force.IsPresent);
        string what = run.IsPreview
            ? $"Forget the preview {run.RunId}."
            : $"Delete the run {run.RunId} with its journal, exclusions and results: the folder '{run.Folder}'.";
        if (Approval.AskLocal(this, what, run.RunId))
        {
            RunStore.Remove(run, Force.IsPresent);
        }
    }
}
