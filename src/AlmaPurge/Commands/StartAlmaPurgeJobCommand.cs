using System.Management.Automation;
using AlmaPurge.Arguments;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Guards;
using AlmaPurge.Pipeline;

namespace AlmaPurge.Commands;

[Cmdlet(VerbsLifecycle.Start, "AlmaPurgeJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AlmaPurgeJob))]
public sealed class StartAlmaPurgeJobCommand : AlmaSetCommand
{
    // Not mandatory to PowerShell, which would only ask for a word: the error tells the routes apart.
    [Parameter]
    public AlmaPurgeRoute Route { get; set; }

    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public decimal WaiveThreshold { get; set; } = 1;

    [Parameter]
    [ValidateRange(0, 9000)]
    public int DaysAfterPurgeDate { get; set; } = 1;

    [Parameter]
    [ValidateSet("Public")]
    public string RecordType { get; set; } = "Public";

    [Parameter]
    [AgeArgument]
    public TimeSpan MaximumCheckAge { get; set; } = TimeSpan.FromHours(24);

    [Parameter]
    public AlmaDeleteUserPolicy DeleteUserPolicy { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JobTemplate { get; set; }

    [Parameter]
    public AlmaWhenBusy WhenBusy { get; set; }

    [Parameter]
    public SwitchParameter SplitByDay { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    protected override void OnBegin()
    {
        if (!IsBound(nameof(Route)))
        {
            // The one refusal that looks at Alma, by GET: nothing else of this pipeline is going to happen.
            AlmaSession? session = SessionIfAny();
            throw Await((_, stop) => RouteChoice.MissingAsync(session, stop));
        }

        if (Route == AlmaPurgeRoute.Handoff && Place.Earlier.Any(p => p.KeepsUserGroup))
        {
            throw HandoffRefusals.NeedsPurgeGroup(null);
        }

        if (SplitByDay.IsPresent && Route != AlmaPurgeRoute.UserDelete)
        {
            throw RouteChoice.NotSplit(Route);
        }

        if (!IsBound(nameof(DeleteUserPolicy)))
        {
            PolicyQuestion.RequireAskable(Place);
        }
    }

    private protected override void OnRun(PurgeRun run)
    {
        try
        {
            Purge(run);
        }
        finally
        {
            if (Stopping && !run.IsPreview)
            {
                TellAfterStop(StoppedPurge.Describe(run));
            }
        }
    }

    private void Purge(PurgeRun run)
    {
        AlmaSession session = GetSession();
        PurgeOptions options = Options(Policy(run));
        PurgePlan plan = Await((reporter, stop) => new PurgeStep(run, session, reporter).PlanAsync(options, stop));
        if (plan.IsDone)
        {
            WriteVerbose($"The purge of the run {run.RunId} was started before; nothing is sent.");
            WriteObject(WaitIfAsked(run, session, PurgeStep.ToModel(run)));
            return;
        }

        WriteApproval? approval = PlanApproval.Ask(this, plan);
        if (run.IsPreview)
        {
            WriteObject(new PurgeStep(run, session, NoReporter.Instance).Preview(plan));
        }
        else if (approval is not null)
        {
            AlmaPurgeJob job = Await((reporter, stop) => new PurgeStep(run, session, reporter).ApplyAsync(plan, approval, stop));
            Show(job);
            WriteObject(WaitIfAsked(run, session, job));
        }
    }

    // On the screen like Write-Host, and to be caught by -InformationVariable.
    private void Show(AlmaPurgeJob job)
    {
        if (job.Instructions is { } instructions)
        {
            WriteInformation(new HostInformationMessage { Message = instructions }, ["PSHOST", "Handoff"]);
        }
    }

    private AlmaPurgeJob WaitIfAsked(PurgeRun run, AlmaSession session, AlmaPurgeJob job) => Wait.IsPresent
        ? Await((reporter, stop) => new PurgeStep(run, session, reporter).WaitAsync(stop))
        : job;

    private PurgeOptions Options(AlmaDeleteUserPolicy? policy) => new()
    {
        Route = Route,
        WaiveThreshold = WaiveThreshold,
        DaysAfterPurgeDate = DaysAfterPurgeDate,
        MaximumCheckAge = MaximumCheckAge,
        DeleteUserPolicy = policy,
        JobTemplate = ReadTemplate(JobTemplate),
        WhenBusy = WhenBusy,
        SplitByDay = SplitByDay.IsPresent,
    };

    // Asked before the plan, which looks at every patron and takes its time.
    private AlmaDeleteUserPolicy? Policy(PurgeRun run) =>
        IsBound(nameof(DeleteUserPolicy)) ? DeleteUserPolicy
        : run.Criteria.DeleteUserPolicy is not null || run.IsPreview || !Place.Intent.NeedsSomebody ? null
        : PolicyQuestion.Ask(this);

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
