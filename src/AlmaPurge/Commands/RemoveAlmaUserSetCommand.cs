using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(
    VerbsCommon.Remove,
    "AlmaUserSet",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(void))]
public sealed class RemoveAlmaUserSetCommand : AlmaConnectedCommand
{
    private const string ObjectSet = "InputObject";
    private const string NameSet = "Name";
    private const string IdSet = "SetId";

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [StepInput(typeof(AlmaUserSet), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string? SetId { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void OnRecord()
    {
        if (ParameterSetName != ObjectSet)
        {
            Remove(SetId ?? Name, session => PlanAlone(session, SetId));
            return;
        }

        foreach (object piped in InputObject)
        {
            Remove(piped, session => Plan(session, piped));
        }
    }

    private RemoveSetPlan Plan(AlmaSession session, object piped)
    {
        if (piped is AlmaUserSet { Run: null } stray)
        {
            return PlanAlone(session, stray.SetId);
        }

        IRunHandle handle = piped is AlmaUserSet set ? set.Run! : ((AlmaPurgeRun)piped).Run;
        PurgeRun run = new RunInputs(IsWhatIf).Take(handle, piped);
        string? setId = (piped as AlmaUserSet)?.SetId;
        return Await((reporter, stop) => new RemoveSetStep(session, reporter).PlanAsync(run, setId, stop));
    }

    private RemoveSetPlan PlanAlone(AlmaSession session, string? setId)
    {
        RemoveSetOptions options = new() { Force = Force.IsPresent, IsPreview = IsWhatIf };
        RunStore store = new();
        return Await((reporter, stop) =>
            new RemoveSetStep(session, reporter).PlanAsync(store, Name, setId, options, stop));
    }

    // One set that may not go does not keep the others of a pipeline.
    private void Remove(object target, Func<AlmaSession, RemoveSetPlan> plan)
    {
        AlmaSession session = GetSession();
        try
        {
            Remove(session, plan(session));
        }
        catch (AlmaPurgeException problem)
        {
            WriteError(ErrorRecords.From(problem, problem.Target ?? target));
        }
    }

    private void Remove(AlmaSession session, RemoveSetPlan plan)
    {
        foreach (string request in plan.Requests)
        {
            WriteDebug(request);
        }

        ApprovalRequest question = new()
        {
            Description = plan.Description,
            Question = plan.Question,
            Caption = plan.Caption,
        };
        if (Approval.Ask(this, question, plan.IsPreview) is { } approval)
        {
            Await((reporter, stop) => new RemoveSetStep(session, reporter).ApplyAsync(plan, approval, stop));
        }
    }
}
