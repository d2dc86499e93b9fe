using System.Management.Automation;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.Undo, "AlmaPurgeDate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AlmaUndoResult))]
public sealed class UndoAlmaPurgeDateCommand : AlmaSetCommand
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JobTemplate { get; set; }

    [Parameter]
    public SwitchParameter HandoffWithdrawn { get; set; }

    [Parameter]
    public SwitchParameter SplitByDay { get; set; }

    private protected override void OnRun(PurgeRun run)
    {
        AlmaSession session = GetSession();
        UndoOptions options = new()
        {
            JobTemplate = ReadTemplate(JobTemplate),
            HandoffWithdrawn = HandoffWithdrawn.IsPresent,
            SplitByDay = SplitByDay.IsPresent,
        };
        UndoPlan plan = Await((reporter, stop) => new UndoStep(run, session, reporter).PlanAsync(options, stop));
        WriteApproval? approval = PlanApproval.Ask(this, plan);
        if (run.IsPreview)
        {
            WriteObject(new UndoStep(run, session, NoReporter.Instance).Preview(plan), enumerateCollection: true);
        }
        else if (approval is not null)
        {
            Undo(run, session, plan, approval);
        }
    }

    private void Undo(PurgeRun run, AlmaSession session, UndoPlan plan, WriteApproval approval)
    {
        try
        {
            WriteObject(
                Await((reporter, stop) => new UndoStep(run, session, reporter).ApplyAsync(plan, approval, stop)),
                enumerateCollection: true);
            new UndoStep(run, session, NoReporter.Instance).RequireNobodyWaits(plan);
        }
        finally
        {
            if (Stopping)
            {
                TellAfterStop($"The undo of {run.RunId} was stopped: some patrons have their group and purge date back. Get-AlmaPurgeRun {run.RunId} | Undo-AlmaPurgeDate goes on.");
            }
        }
    }
}
