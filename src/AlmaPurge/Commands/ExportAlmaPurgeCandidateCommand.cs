using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsData.Export, "AlmaPurgeCandidate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportAlmaPurgeCandidateCommand : AlmaConnectedCommand, ITakesBlocks
{
    private ArrivedCandidates _arrived = null!;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaPurgeCandidate), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumCount { get; set; } = BuildSetOptions.DefaultMaximumCount;

    [Parameter]
    [AgeArgument]
    public TimeSpan MaximumCheckAge { get; set; } = TimeSpan.FromHours(24);

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void OnBegin() => _arrived = new ArrivedCandidates(IsWhatIf);

    protected override void OnRecord() => _arrived.Take(InputObject);

    protected override void OnEnd()
    {
        if (_arrived.Run is not { } run)
        {
            WriteWarning("No candidate arrived, so no file was written.");
            return;
        }

        string path = GetUnresolvedProviderPathFromPSPath(Path);
        FilePaths.RequireFolderOf(path);
        AlmaSession session = GetSession();
        ExportCandidatesOptions options = Options(path);
        ExportCandidatesPlan plan = Await((reporter, stop) =>
            new ExportCandidatesStep(run, session, reporter).PlanAsync(_arrived.PrimaryIds, options, stop));
        if (run.IsPreview && !IsWhatIf)
        {
            Approval.Describe(this, plan.Description);
        }
        else if (Approval.AskLocal(this, plan.Description, plan.Caption))
        {
            new ExportCandidatesStep(run, session, new PipelineReporter(this)).Apply(plan, StopToken);
            WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    private ExportCandidatesOptions Options(string path) => new()
    {
        Path = path,
        Force = Force.IsPresent,
        MaximumCount = MyInvocation.BoundParameters.ContainsKey(nameof(MaximumCount)) ? MaximumCount : null,
        MaximumCheckAge = MaximumCheckAge,
    };
}
