using System.Collections;
using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(
    VerbsData.Import,
    "AlmaPurgeCandidate",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    DefaultParameterSetName = PathSet)]
[OutputType(typeof(AlmaPurgeCandidate))]
public sealed partial class ImportAlmaPurgeCandidateCommand : AlmaConnectedCommand
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";
    private const string ReportSet = "ReportPath";
    private const string SetNameSet = "SetName";
    private const string SetIdSet = "SetId";
    private const string IdSet = "PrimaryId";

    private readonly List<string> _files = [];
    private readonly List<string> _ids = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [TextArgument(TakesFiles = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralSet)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = ReportSet)]
    [ValidateNotNullOrEmpty]
    public string[] ReportPath { get; set; } = [];

    [Parameter(ParameterSetName = ReportSet)]
    [ValidateNotNullOrEmpty]
    public string? ReportFilter { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = SetNameSet)]
    [ValidateNotNullOrEmpty]
    public string SetName { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = SetIdSet)]
    [ValidateNotNullOrEmpty]
    public string SetId { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [TextArgument]
    public string[] PrimaryId { get; set; } = [];

    [Parameter]
    [RunArgument]
    [ArgumentCompleter(typeof(RunCompleter))]
    public object? Run { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string? UserGroup { get; set; }

    [Parameter]
    [DateArgument]
    public DateTime ExpiredBefore { get; set; } = DateTime.Today.AddYears(-1);

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunPath { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralSet)]
    [Parameter(ParameterSetName = ReportSet)]
    public IDictionary? ColumnMap { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralSet)]
    [Parameter(ParameterSetName = ReportSet)]
    [ValidateNotNullOrEmpty]
    public string? DateFormat { get; set; }

    protected override void OnBegin()
    {
        Place.StartsOwnRun = Run is null;
        string[] shortcuts = [nameof(UserGroup), nameof(ExpiredBefore), nameof(RunPath)];
        if (Run is not null && Array.Find(shortcuts, MyInvocation.BoundParameters.ContainsKey) is { } shortcut)
        {
            throw new AlmaPurgeException(
                "RunAndShortcut",
                AlmaPurgeErrorKind.InvalidArgument,
                $"-Run has its criteria already, so -{shortcut} cannot be given with it.",
                "Give one or the other; New-AlmaPurgeRun takes all criteria.",
                shortcut);
        }
    }

    protected override void OnRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                _files.AddRange(FilePaths.Resolve(this, Path));
                break;
            case LiteralSet:
                _files.AddRange(FilePaths.Literal(this, LiteralPath));
                break;
            case IdSet:
                _ids.AddRange(PrimaryId);
                break;
        }
    }

    private bool IsFromAlma => ParameterSetName is ReportSet or SetNameSet or SetIdSet;

    protected override void OnEnd()
    {
        if (!IsFromAlma && _files.Count + _ids.Count == 0)
        {
            WriteWarning("No file was handed over, so nothing is imported.");
            return;
        }

        PurgeRun? given = Run is null ? null : Given();
        ImportedPatrons patrons = Read();
        PurgeRun? run = given is null ? NewRun(patrons) : Approved(given, patrons);
        if (run is not null)
        {
            Stream(run, patrons);
        }
    }

    private ImportedPatrons Read()
    {
        if (ParameterSetName == IdSet)
        {
            return ImportStep.Read(_ids);
        }

        TableOptions options = new() { ColumnMap = FilePaths.ColumnMap(ColumnMap), DateFormat = DateFormat };
        IAlmaReader? alma = IsFromAlma ? GetSession().Reader : null;
        return Await(async (reporter, stop) =>
        {
            ImportStep step = new(reporter);
            return alma is null
                ? step.Read(_files, options, stop)
                : step.Read(await ReadFromAlmaAsync(alma, options, reporter, stop).ConfigureAwait(false), stop);
        });
    }

    private async Task<IReadOnlyList<TableSource>> ReadFromAlmaAsync(
        IAlmaReader alma, TableOptions options, IStepReporter reporter, CancellationToken stop)
    {
        SetSource sets = new(alma, reporter);
        return ParameterSetName switch
        {
            ReportSet => await ReportSource.OfPatrons(alma, reporter)
                .ReadAsync(ReportPath, ReportFilter, options, stop).ConfigureAwait(false),
            SetNameSet => [await sets.ReadByNameAsync(SetName, stop).ConfigureAwait(false)],
            _ => [await sets.ReadByIdAsync(SetId, stop).ConfigureAwait(false)],
        };
    }
}
