using System.Collections;
using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(
    VerbsCommon.Remove,
    "AlmaFinesHolder",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    DefaultParameterSetName = PathSet)]
[OutputType(typeof(AlmaPurgeCandidate))]
public sealed class RemoveAlmaFinesHolderCommand : AlmaConnectedCommand, ITakesBlocks
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";
    private const string ReportSet = "ReportPath";

    private RunInputs _inputs = null!;
    private SubtractStep? _step;
    private CandidateOutput? _output;
    private bool _isDeclined;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaPurgeCandidate), typeof(AlmaPurgeRun))]
    public object InputObject { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [TextArgument(TakesFiles = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralSet)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = ReportSet)]
    [ValidateNotNullOrEmpty]
    public string[] ReportPath { get; set; } = [];

    [Parameter(ParameterSetName = ReportSet)]
    [ValidateNotNullOrEmpty]
    public string? ReportFilter { get; set; }

    [Parameter]
    public IDictionary? ColumnMap { get; set; }

    [Parameter]
    public SwitchParameter AllowEmpty { get; set; }

    protected override void OnBegin() => _inputs = new RunInputs(IsWhatIf, RequireWanted);

    protected override void OnRecord()
    {
        // A million candidates may come, one by one or in blocks: each costs only what it must.
        switch (InputObject)
        {
            case AlmaPurgeCandidate single:
                _inputs.Take(single.Run, single);
                if (StepFor(_inputs.Run!)?.Passes(single) == true)
                {
                    WriteObject(single.In(_inputs.Run!));
                }

                break;
            case AlmaPurgeCandidate[] block:
                Array.ForEach(block, candidate => _inputs.Take(candidate.Run, candidate));
                Pass(block);
                break;
            default:
                Pass([.. CandidateInput.Read(InputObject, _inputs)]);
                break;
        }
    }

    protected override void OnEnd()
    {
        if (_step is null)
        {
            return;
        }

        _step.Complete();
        if (_inputs.Run!.IsPreview)
        {
            Approval.Describe(this, $"Take those who owe off the list; nothing changes in Alma. {_step.Join}");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _step?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Pass(AlmaPurgeCandidate[] candidates)
    {
        if (candidates.Length > 0 && StepFor(_inputs.Run!)?.Passing(candidates) is { Length: > 0 } passing)
        {
            (_output ??= new CandidateOutput(this)).Write(Array.ConvertAll(passing, c => c.In(_inputs.Run!)));
        }
    }

    // Null once the operator has declined.
    private SubtractStep? StepFor(PurgeRun run)
    {
        StopToken.ThrowIfCancellationRequested();
        if (_step is null && !_isDeclined)
        {
            Start(run);
        }

        return _step;
    }

    private void Start(PurgeRun run)
    {
        AlmaSession? session = ParameterSetName == ReportSet || Connection is not null ? GetSession() : null;
        if (session is not null)
        {
            RunBinding.RequireSame(run, session);
        }

        IReadOnlyList<string> files = ParameterSetName switch
        {
            PathSet => FilePaths.Resolve(this, Path),
            LiteralSet => FilePaths.Literal(this, LiteralPath),
            _ => [],
        };
        string what = $"Take those who owe off the list of the run {run.RunId}; nothing changes in Alma.";
        _isDeclined = !run.IsPreview && !Approval.AskLocal(this, what, run.RunId);
        if (!_isDeclined)
        {
            _step = new SubtractStep(run, Load(run, session, files), new PipelineReporter(this));
        }
    }

    private FinesTable Load(PurgeRun run, AlmaSession? session, IReadOnlyList<string> files)
    {
        TableOptions options = new() { ColumnMap = FilePaths.ColumnMap(ColumnMap) };
        bool allowEmpty = AllowEmpty.IsPresent;
        return Await(async (reporter, stop) =>
        {
            if (ParameterSetName != ReportSet)
            {
                return FinesTable.Load(files, options, allowEmpty, reporter, stop);
            }

            await RunBinding.BindAsync(run, session!, stop).ConfigureAwait(false);
            IReadOnlyList<TableSource> reports = await ReportSource.OfFines(session!.Reader, reporter)
                .ReadAsync(ReportPath, ReportFilter, options, stop).ConfigureAwait(false);
            return FinesTable.Load(reports, allowEmpty, reporter, stop);
        });
    }
}
