using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(
    VerbsCommon.New,
    "AlmaUserSet",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = NewSet)]
[OutputType(typeof(AlmaUserSet))]
public sealed class NewAlmaUserSetCommand : AlmaConnectedCommand, ITakesBlocks
{
    private const string NewSet = "New";
    private const string ExistingSet = "Existing";

    private ArrivedCandidates _arrived = null!;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaPurgeCandidate), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    [Parameter(ParameterSetName = NewSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(ParameterSetName = NewSet)]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ExistingSet)]
    [SetArgument]
    public string? Existing { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumCount { get; set; } = BuildSetOptions.DefaultMaximumCount;

    protected override void OnBegin() => _arrived = new ArrivedCandidates(IsWhatIf, RequireWanted);

    protected override void OnRecord() => _arrived.Take(InputObject);

    protected override void OnEnd()
    {
        if (_arrived.Run is not { } run)
        {
            WriteWarning("No candidate arrived, so no user set was built.");
            return;
        }

        AlmaSession session = GetSession();
        BuildSetPlan plan = Await((reporter, stop) => new BuildSetStep(run, session, reporter)
            .PlanAsync(_arrived.PrimaryIds, Options(), stop));
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
        Existing = Existing,
        MaximumCount = MyInvocation.BoundParameters.ContainsKey(nameof(MaximumCount)) ? MaximumCount : null,
    };
}
