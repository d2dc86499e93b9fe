using System.Collections;
using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Import;
using AlmaPurge.Core.Tables;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(
    VerbsData.Import,
    "AlmaPurgeCandidate",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    DefaultParameterSetName = PathSet)]
[OutputType(typeof(AlmaPurgeCandidate))]
public sealed class ImportAlmaPurgeCandidateCommand : AlmaConnectedCommand
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";
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
    public IDictionary? ColumnMap { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralSet)]
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
            default:
                _ids.AddRange(PrimaryId);
                break;
        }
    }

    protected override void OnEnd()
    {
        if (_files.Count + _ids.Count == 0)
        {
            WriteWarning("No file was handed over, so nothing is imported.");
            return;
        }

        ImportedPatrons patrons = Read();
        PurgeRun? run = Run is null ? NewRun(patrons) : GivenRun(patrons);
        if (run is not null)
        {
            Stream(run, patrons);
        }
    }

    private ImportedPatrons Read()
    {
        TableOptions options = new() { ColumnMap = FilePaths.ColumnMap(ColumnMap), DateFormat = DateFormat };
        return ParameterSetName == IdSet
            ? ImportStep.Read(_ids)
            : Await((reporter, stop) => Task.FromResult(new ImportStep(reporter).Read(_files, options, stop)));
    }

    private PurgeRun? NewRun(ImportedPatrons patrons)
    {
        PurgeCriteria criteria = new()
        {
            UserGroup = UserGroup?.Trim() ?? patrons.SingleUserGroup(),
            ExpiredBefore = DateOnly.FromDateTime(ExpiredBefore),
        };
        AlmaSession? session = HasConnection ? GetSession() : null;
        if (session is not null)
        {
            criteria = Await((_, stop) => RunBinding.ResolveAsync(criteria, session, stop));
        }

        criteria = patrons.Complete(criteria);
        RequireWanted(criteria);
        RunStore store = new(RunPath is null ? null : GetUnresolvedProviderPathFromPSPath(RunPath));
        string what = FormattableString.Invariant(
            $"Import {patrons.RowCount} rows for a purge of {criteria.UserGroupCode ?? criteria.UserGroup}, expired before {criteria.ExpiredBefore:yyyy-MM-dd}, into a new run folder under '{store.Root}'.");
        if (!IsWhatIf && !Approval.AskLocal(this, what, store.Root))
        {
            return null;
        }

        PurgeRun run = store.Create(criteria, preview: IsWhatIf);
        if (session is not null)
        {
            RunBinding.BindNew(run, session);
        }

        return run;
    }

    private PurgeRun? GivenRun(ImportedPatrons patrons)
    {
        PurgeRun run = RunReference.Resolve(this, Run!);
        if (IsWhatIf)
        {
            return run.ToPreview();
        }

        RequireWanted(run.Criteria);
        string what = FormattableString.Invariant($"Import {patrons.RowCount} rows into the run {run.RunId}.");
        return run.IsPreview || Approval.AskLocal(this, what, run.RunId) ? run : null;
    }

    private void Stream(PurgeRun run, ImportedPatrons patrons)
    {
        using IEnumerator<AlmaPurgeCandidate[]> blocks =
            new ImportStep(new PipelineReporter(this)).RunInBlocks(run, patrons, StopToken).GetEnumerator();
        bool hasMore = blocks.MoveNext();
        Report(run);
        CandidateOutput output = new(this);
        while (hasMore)
        {
            output.Write(blocks.Current);
            hasMore = blocks.MoveNext();
        }
    }

    // With the first candidate everybody is accounted for, so the counts are those of the whole import.
    private void Report(PurgeRun run)
    {
        int stay = run.Patrons.Count - run.Patrons.RemainingCount;
        string counts = FormattableString.Invariant(
            $"{run.Patrons.Count} patrons for a purge of {run.Criteria.UserGroupCode ?? run.Criteria.UserGroup}, expired before {run.Criteria.ExpiredBefore:yyyy-MM-dd}: {run.Patrons.RemainingCount} candidates, {stay} stay (Get-AlmaPurgeExclusion {run.RunId}).");
        if (IsWhatIf)
        {
            Approval.AskLocal(this, "Import " + counts, run.RunId);
        }
        else if (run.IsPreview)
        {
            Approval.Describe(this, "Import " + counts);
        }
        else
        {
            WriteVerbose(counts + $" Run folder: {run.Folder}");
        }
    }
}
