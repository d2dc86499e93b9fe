using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsLifecycle.Confirm, "AlmaPurge", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AlmaPurgeResult))]
public sealed class ConfirmAlmaPurgeCommand : AlmaConnectedCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaPurgeJob), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CanaryId { get; set; }

    [Parameter]
    public SwitchParameter SplitByDay { get; set; }

    protected override void OnRecord()
    {
        foreach (object piped in InputObject)
        {
            IRunHandle handle = piped is AlmaPurgeJob job ? job.Run : ((AlmaPurgeRun)piped).Run;
            Verify(RunReference.Require(handle), piped);
        }
    }

    private void Verify(PurgeRun given, object piped)
    {
        AlmaSession session = GetSession();
        CallForecast forecast = new VerifyStep(given, session, NoReporter.Instance).Forecast();
        string look = FormattableString.Invariant(
            $"Look up the {given.Patrons.RemainingCount} patrons of the run {given.RunId} (GET requests only) and record what became of each. {forecast}");
        bool isDone = !given.IsPreview && given.Document.Purge is not null;
        if (isDone && !Approval.AskLocal(this, look, given.RunId))
        {
            return;
        }

        PurgeRun run = new RunInputs(IsWhatIf).Take(given, piped);
        if (run.IsPreview)
        {
            Approval.Describe(this, FormattableString.Invariant(
                $"Of the {run.Patrons.Count} patrons of the run {given.RunId} {run.Patrons.RemainingCount} would be purged, {run.Patrons.Count - run.Patrons.RemainingCount} stay. {forecast}"));
        }

        AwaitEach((reporter, stop) => new VerifyStep(run, session, reporter).RunAsync(CanaryId, SplitByDay.IsPresent, stop));
    }
}
