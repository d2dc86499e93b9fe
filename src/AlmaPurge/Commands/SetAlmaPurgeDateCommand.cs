using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(
    VerbsCommon.Set,
    "AlmaPurgeDate",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = DaysGroupSet)]
[OutputType(typeof(AlmaUserSet))]
public sealed class SetAlmaPurgeDateCommand : AlmaSetCommand
{
    private const string DateGroupSet = "PurgeDateAndGroup";
    private const string DateKeepSet = "PurgeDateOnly";
    private const string DaysGroupSet = "DaysAgoAndGroup";
    private const string DaysKeepSet = "DaysAgoOnly";

    [Parameter(Mandatory = true, ParameterSetName = DateGroupSet)]
    [Parameter(Mandatory = true, ParameterSetName = DateKeepSet)]
    [DateArgument]
    public DateTime PurgeDate { get; set; }

    [Parameter(ParameterSetName = DaysGroupSet)]
    [Parameter(ParameterSetName = DaysKeepSet)]
    [ValidateRange(2, 9000)]
    public int DaysAgo { get; set; } = 30;

    [Parameter(Mandatory = true, ParameterSetName = DateGroupSet)]
    [Parameter(Mandatory = true, ParameterSetName = DaysGroupSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string? PurgeGroup { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = DateKeepSet)]
    [Parameter(Mandatory = true, ParameterSetName = DaysKeepSet)]
    public SwitchParameter KeepUserGroup { get; set; }

    [Parameter]
    public TimeSpan MaximumCheckAge { get; set; } = TimeSpan.FromHours(24);

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JobTemplate { get; set; }

    private protected override void OnRun(PurgeRun run)
    {
        AlmaSession session = GetSession();
        MarkOptions options = Options(session);
        MarkPlan plan = Await((reporter, stop) => new MarkStep(run, session, reporter).PlanAsync(options, stop));
        WriteApproval? approval = PlanApproval.Ask(this, plan);
        if (run.IsPreview)
        {
            WriteObject(new MarkStep(run, session, NoReporter.Instance).Preview(plan));
        }
        else if (approval is not null)
        {
            WriteObject(Await((reporter, stop) =>
                new MarkStep(run, session, reporter).ApplyAsync(plan, approval, stop)));
        }
    }

    private MarkOptions Options(AlmaSession session) => new()
    {
        PurgeDate = MyInvocation.BoundParameters.ContainsKey(nameof(PurgeDate))
            ? DateOnly.FromDateTime(PurgeDate)
            : session.Today().AddDays(-DaysAgo),
        PurgeGroup = KeepUserGroup.IsPresent ? null : PurgeGroup,
        MaximumCheckAge = MaximumCheckAge,
        JobTemplate = ReadTemplate(JobTemplate),
    };
}
