using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsLifecycle.Confirm, "AlmaPurge", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.None)]
[OutputType(typeof(AlmaPurgeResult))]
public sealed class ConfirmAlmaPurgeCommand : AlmaConnectedCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaPurgeJob), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CanaryId { get; set; }

    protected override void OnRecord()
    {
        foreach (object piped in InputObject)
        {
            IRunHandle handle = piped is AlmaPurgeJob job ? job.Run : ((AlmaPurgeRun)piped).Run;
            PurgeRun run = new RunInputs(IsWhatIf).Take(handle, piped);
            AlmaSession session = GetSession();
            AwaitEach((reporter, stop) => new VerifyStep(run, session, reporter).RunAsync(CanaryId, stop));
        }
    }
}
