using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsCommon.New, "AlmaPurgeRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AlmaPurgeRun))]
public sealed class NewAlmaPurgeRunCommand : AlmaConnectedCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string UserGroup { get; set; } = "";

    [Parameter]
    [DateArgument]
    public DateTime ExpiredBefore { get; set; } = DateTime.Today.AddYears(-1);

    [Parameter]
    [DateArgument]
    public DateTime InactiveSince { get; set; }

    [Parameter]
    [ValidateRange(0.0, 1_000_000.0)]
    public decimal FeeTolerance { get; set; }

    [Parameter]
    public AlmaFeeCheck FeeCheck { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IgnorableRuleCompleter))]
    public string[] IgnoreRule { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RoleTypeCompleter))]
    public string[] AllowRole { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BlockTypeCompleter))]
    public string[] IgnoreBlockType { get; set; } = [];

    [Parameter]
    [TextArgument(TakesFiles = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] KeepListPath { get; set; } = [];

    [Parameter]
    [TextArgument]
    [ValidateNotNullOrEmpty]
    public string[] KeepPrimaryId { get; set; } = [];

    [Parameter]
    public AlmaDeleteUserPolicy DeleteUserPolicy { get; set; }

    [Parameter]
    public SwitchParameter NoArchive { get; set; }

    [Parameter]
    public SwitchParameter Pseudonymize { get; set; }

    [Parameter]
    [DateArgument]
    public DateTime RetainUntil { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    protected override void OnBegin() => Releases.RequireRules(IgnoreRule);

    protected override void OnEnd()
    {
        RunStore store = new(Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path));
        AlmaSession? session = HasConnection ? GetSession() : null;
        IReadOnlyList<string> keepLists = FilePaths.Resolve(this, KeepListPath);
        PurgeCriteria criteria = Criteria() with
        {
            KeepList = Await((_, stop) => KeepListReader.ReadAsync(keepLists, KeepPrimaryId, stop)),
        };
        if (session is not null)
        {
            // Before the folder is made: a run for a group that does not exist would only be in the way.
            criteria = Await((_, stop) => RunBinding.ResolveAsync(criteria, session, stop));
            WarnOfUnverified(session);
        }

        if (!Approval.AskLocal(this, $"Make a run folder for the user group {UserGroup} under '{store.Root}'.", UserGroup)
            && !IsWhatIf)
        {
            return;
        }

        PurgeRun run = store.Create(criteria, preview: IsWhatIf, Keeping());
        if (session is not null)
        {
            RunBinding.BindNew(run, session);
        }

        WriteObject(run.ToModel());
    }

    private void WarnOfUnverified(AlmaSession session)
    {
        if (AllowRole.Length > 0 && session.RoleTypes.Count == 0)
        {
            WriteWarning("This institution does not tell its roles, so nobody knows whether -AllowRole names any. A mistyped one releases nobody.");
        }

        if (IgnoreBlockType.Length > 0 && session.BlockTypes.Count == 0)
        {
            WriteWarning("This institution does not tell its block types, so nobody knows whether -IgnoreBlockType names any. A mistyped one releases nobody.");
        }
    }

    private PurgeCriteria Criteria()
    {
        PurgeCriteria criteria = new()
        {
            UserGroup = UserGroup.Trim(),
            ExpiredBefore = DateOnly.FromDateTime(ExpiredBefore),
            FeeTolerance = FeeTolerance,
            FeeCheck = FeeCheck,
            IgnoredRules = Releases.RequireRules(IgnoreRule),
            AllowedRoles = PurgeCriteria.Names(AllowRole),
            IgnoredBlockTypes = PurgeCriteria.Names(IgnoreBlockType),
            Pseudonymize = Pseudonymize.IsPresent,
        };
        criteria = IsBound(nameof(InactiveSince))
            ? criteria with { InactiveSince = DateOnly.FromDateTime(InactiveSince) }
            : criteria;
        return IsBound(nameof(DeleteUserPolicy)) ? criteria with { DeleteUserPolicy = DeleteUserPolicy } : criteria;
    }

    private RunKeeping Keeping() => new(
        NoArchive.IsPresent, IsBound(nameof(RetainUntil)) ? DateOnly.FromDateTime(RetainUntil) : null);

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
