using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core;
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
    DefaultParameterSetName = GroupSet)]
[OutputType(typeof(AlmaUserSet))]
public sealed class SetAlmaPurgeDateCommand : AlmaSetCommand
{
    private const string GroupSet = "PurgeGroup";
    private const string KeepSet = "KeepUserGroup";

    [Parameter]
    [DateArgument]
    public DateTime PurgeDate { get; set; }

    [Parameter]
    [ValidateRange(2, 9000)]
    public int DaysAgo { get; set; } = 30;

    [Parameter(Mandatory = true, ParameterSetName = GroupSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserGroupCompleter))]
    public string? PurgeGroup { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = KeepSet)]
    public SwitchParameter KeepUserGroup { get; set; }

    [Parameter]
    [AgeArgument]
    public TimeSpan MaximumCheckAge { get; set; } = TimeSpan.FromHours(24);

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JobTemplate { get; set; }

    protected override void OnBegin()
    {
        Place.KeepsUserGroup = KeepUserGroup.IsPresent;

        // Not two parameter sets more: with four, a forgotten -PurgeGroup would only be "cannot be resolved".
        if (IsBound(nameof(PurgeDate)) && IsBound(nameof(DaysAgo)))
        {
            throw new AlmaPurgeException(
                "PurgeDateTwice",
                AlmaPurgeErrorKind.InvalidArgument,
                "Both -PurgeDate and -DaysAgo say which purge date to set.",
                "Give one of them.",
                nameof(DaysAgo));
        }

        if (ParameterSetName == KeepSet && !KeepUserGroup.IsPresent)
        {
            throw new AlmaPurgeException(
                "PurgeGroupMissing",
                AlmaPurgeErrorKind.InvalidArgument,
                "-KeepUserGroup:$false says that the patrons move to a purge group, but not to which.",
                "Give -PurgeGroup instead.",
                nameof(KeepUserGroup));
        }
    }

    private protected override void OnRun(PurgeRun run)
    {
        AlmaSession session = GetSession();
        MarkOptions options = Options(session);
        MarkPlan plan = Await((reporter, stop) => new MarkStep(run, session, reporter).PlanAsync(options, stop));
        if (plan.IsDone)
        {
            WriteVerbose($"The run {run.RunId} is marked already; its set is handed on.");
            WriteObject(MarkStep.ToModel(run));
            return;
        }

        WriteApproval? approval = PlanApproval.Ask(this, plan);
        if (run.IsPreview)
        {
            WriteObject(new MarkStep(run, session, NoReporter.Instance).Preview(plan));
        }
        else if (approval is not null)
        {
            WriteObject(Mark(run, session, plan, approval));
        }
    }

    private AlmaUserSet Mark(PurgeRun run, AlmaSession session, MarkPlan plan, WriteApproval approval)
    {
        try
        {
            return Await((reporter, stop) => new MarkStep(run, session, reporter).ApplyAsync(plan, approval, stop));
        }
        finally
        {
            if (Stopping)
            {
                TellAfterStop(run.Document.Mark is { } mark
                    ? $"The marking job of {run.RunId} was started and goes on (Wait-AlmaJob -JobId {mark.JobId} -InstanceId {mark.InstanceId}); only the waiting has ended, and nobody was read back yet."
                    : $"No marking of {run.RunId} was started.");
            }
        }
    }

    private MarkOptions Options(AlmaSession session) => new()
    {
        PurgeDate = IsBound(nameof(PurgeDate))
            ? DateOnly.FromDateTime(PurgeDate)
            : session.Today().AddDays(-DaysAgo),
        DaysAgo = IsBound(nameof(PurgeDate)) ? null : DaysAgo,
        PurgeGroup = PurgeGroup,
        MaximumCheckAge = MaximumCheckAge,
        JobTemplate = ReadTemplate(JobTemplate),
    };

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
