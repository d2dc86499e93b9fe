using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsData.Export, "AlmaPurgeReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo), typeof(AlmaPurgeRun))]
public sealed class ExportAlmaPurgeReportCommand : AlmaCancellableCommand
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [RunArgument]
    [ArgumentCompleter(typeof(RunCompleter))]
    public object Run { get; set; } = null!;

    [Parameter(Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    public SwitchParameter NoPatronList { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void OnRecord()
    {
        AlmaPurgeRun run = RunReference.Find(this, Run);
        string? path = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path);
        if (path is not null)
        {
            FilePaths.RequireFolderOf(path);
        }

        ExportReportStep step = new(run, new ExportReportOptions
        {
            Path = path,
            Force = Force.IsPresent,
            NoPatronList = NoPatronList.IsPresent,
        });

        // In a pipeline that previews nothing is written. The preview itself, picked up later, has its report.
        if (IsUpstreamWhatIf && !IsWhatIf)
        {
            Approval.Describe(this, step.Description);
        }
        else if (Approval.AskLocal(this, step.Description, step.Path))
        {
            RequireOwnPage(run, step.Path);
            step.Write(StopToken);
            Give(run, step.Path);
        }
    }

    private void Give(AlmaPurgeRun run, string path)
    {
        if (PassThru)
        {
            WriteObject(run);
        }
        else
        {
            WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    // With -Force the last of several runs would leave the only report.
    private void RequireOwnPage(AlmaPurgeRun run, string path)
    {
        if (!_written.Add(path))
        {
            throw new AlmaPurgeException(
                "SeveralRuns",
                AlmaPurgeErrorKind.InvalidArgument,
                $"The report of another run was written to '{path}' just now, so that of {run.RunId} has no place there.",
                "Give a folder as -Path, or leave it out for a report in each run folder.",
                path);
        }
    }
}
