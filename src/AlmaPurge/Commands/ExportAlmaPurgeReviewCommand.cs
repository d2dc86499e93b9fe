using System.Collections;
using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsData.Export, "AlmaPurgeReview", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportAlmaPurgeReviewCommand : AlmaAsyncCommand, ITakesBlocks
{
    private ArrivedCandidates _arrived = null!;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [StepInput(typeof(AlmaPurgeCandidate), typeof(AlmaPurgeRun))]
    public object[] InputObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InputHeadingCompleter))]
    public string[] IncludeColumn { get; set; } = [];

    [Parameter]
    [TextArgument(TakesFiles = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] InputPath { get; set; } = [];

    [Parameter]
    public IDictionary? ColumnMap { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void OnBegin() => _arrived = new ArrivedCandidates(IsWhatIf);

    protected override void OnRecord() => _arrived.Take(InputObject);

    protected override void OnEnd()
    {
        if (_arrived.Run is not { } run)
        {
            WriteWarning("No candidate arrived, so no review was written.");
            return;
        }

        string path = GetUnresolvedProviderPathFromPSPath(Path);
        RequireWorkbook(path);
        int count = _arrived.PrimaryIds?.Count(run.Patrons.IsRemaining) ?? run.Patrons.RemainingCount;
        string what = FormattableString.Invariant($"Write the review of the run {run.RunId}, by which {count} patrons would go, to '{path}'.");
        if (run.IsPreview && !IsWhatIf)
        {
            Approval.Describe(this, what);
        }
        else if (Approval.AskLocal(this, what, path))
        {
            Write(run, path);
        }
    }

    private void Write(PurgeRun run, string path)
    {
        ExportReviewOptions options = new()
        {
            Path = path,
            Force = Force.IsPresent,
            IncludedColumns = IncludeColumn,
            InputPaths = FilePaths.Resolve(this, InputPath),
            ColumnMap = FilePaths.ColumnMap(ColumnMap),
        };
        Await((reporter, stop) =>
            new ExportReviewStep(run, reporter).ExportAsync(_arrived.PrimaryIds, options, stop));
        WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
    }

    private static void RequireWorkbook(string path)
    {
        if (!path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            throw new AlmaPurgeException(
                "NotAWorkbook",
                AlmaPurgeErrorKind.InvalidArgument,
                $"A review is a workbook, and '{path}' does not end in .xlsx.",
                "Give a -Path that ends in .xlsx.",
                path);
        }

        FilePaths.RequireFolderOf(path);
    }
}
