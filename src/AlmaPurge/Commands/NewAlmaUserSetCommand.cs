using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.New, "AlmaUserSet", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AlmaUserSet))]
public sealed class NewAlmaUserSetCommand : AlmaConnectedCommand, ITakesBlocks
{
    private readonly List<string> _arrived = [];
    private RunInputs _inputs = null!;
    private bool _isWholeRun;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaPurgeCandidate), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumCount { get; set; } = BuildSetOptions.DefaultMaximumCount;

    protected override void OnBegin() => _inputs = new RunInputs(IsWhatIf);

    protected override void OnRecord()
    {
        foreach (object piped in InputObject)
        {
            if (piped is AlmaPurgeCandidate candidate)
            {
                _inputs.Take(candidate.Run, candidate);
                _arrived.Add(candidate.PrimaryId);
            }
            else
            {
                _inputs.Take(((AlmaPurgeRun)piped).Run, piped);
                _isWholeRun = true;
            }
        }
    }

    protected override void OnEnd()
    {
        if (_inputs.Run is not { } run)
        {
            WriteWarning("No candidate arrived, so no user set was built.");
            return;
        }

        AlmaSession session = GetSession();
        BuildSetPlan plan = Await((reporter, stop) => new BuildSetStep(run, session, reporter)
            .PlanAsync(_isWholeRun ? null : _arrived, Options(), stop));
        if (plan.IsDone)
        {
            WriteVerbose($"The run {run.RunId} has its user set already; it is handed on.");
            WriteObject(BuildSetStep.ToModel(run));
            return;
        }

        WriteApproval? approval = PlanApproval.Ask(this, plan);
        if (run.IsPreview)
        {
            WriteObject(new BuildSetStep(run, session, NoReporter.Instance).Preview(plan));
        }
        else if (approval is not null)
        {
            WriteObject(Await((reporter, stop) =>
                new BuildSetStep(run, session, reporter).ApplyAsync(plan, approval, stop)));
        }
    }

    private BuildSetOptions Options() => new()
    {
        Name = Name,
        Description = Description,
        MaximumCount = MaximumCount,
    };
}
