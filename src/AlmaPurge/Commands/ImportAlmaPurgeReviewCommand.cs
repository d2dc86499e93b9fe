using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsData.Import, "AlmaPurgeReview", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AlmaPurgeCandidate))]
public sealed class ImportAlmaPurgeReviewCommand : AlmaAsyncCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter(ValueFromPipeline = true)]
    [RunArgument]
    [ArgumentCompleter(typeof(RunCompleter))]
    public object? Run { get; set; }

    protected override void OnRecord()
    {
        string path = FilePaths.Literal(this, [Path])[0];
        PurgeRun run = Run is null
            ? RunReference.Open(this, new RunStore(), ImportReviewStep.RunIdOf(path))
            : RunReference.Resolve(this, Run);
        if (run.IsPreview)
        {
            throw new AlmaPurgeException(
                "PreviewHasNoReview",
                AlmaPurgeErrorKind.InvalidOperation,
                $"{run.RunId} is a preview, and no review of a preview was ever written.",
                "Give the run that the workbook was written for.",
                run.RunId);
        }

        if (!IsWhatIf)
        {
            RequireWanted(run.Criteria);
        }

        ReviewVerdict verdict = Await((reporter, stop) => new ImportReviewStep(run, reporter).ReadAsync(path, stop));
        string what = FormattableString.Invariant(
            $"Take over review {verdict.Number} of the run {run.RunId}: {verdict.Vetoed.Count} vetoed, {verdict.TakenOut.Count} taken out of the workbook, {verdict.Listed.Count - verdict.Vetoed.Count} not vetoed.");
        bool isApproved = Approval.AskLocal(this, what, run.RunId);
        if (isApproved || IsWhatIf)
        {
            PurgeRun working = IsWhatIf ? run.ToPreview() : run;
            WriteObject(new ImportReviewStep(working, new PipelineReporter(this)).Apply(verdict), enumerateCollection: true);
        }
    }
}
