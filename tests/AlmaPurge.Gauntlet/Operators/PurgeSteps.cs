using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;
using AlmaPurge.Gauntlet.Plans;
using AlmaPurge.Gauntlet.World;

namespace AlmaPurge.Gauntlet.Operators;

/// <summary>The steps of the tool as the plan asks for them; once corrected, as they should be asked for.</summary>
internal sealed class PurgeSteps(CaseWorld world, PurgeRun run)
{
    private static readonly WriteApproval s_yes = WriteApproval.Given("Yes.");

    private readonly Staff _staff = new(world);

    /// <summary>The run; another process has an object of its own.</summary>
    public PurgeRun Run { get; set; } = run;

    /// <summary>Ctrl+C.</summary>
    public CancellationToken Stop { get; set; }

    private CasePlan Plan => world.Plan;

    public async Task SubtractAsync(HashSet<string> touched)
    {
        bool isReport = Plan is { Source: PatronSource.Report, Fines: FinesChoice.Right };
        string? file = isReport ? null : new ReportEditor(world, touched).WriteFines();
        if (!isReport && file is null)
        {
            return;
        }

        bool allowEmpty = Plan.Fines == FinesChoice.Empty;
        FinesTable table = file is null
            ? FinesTable.Load(await ReportedFinesAsync().ConfigureAwait(false), allowEmpty, world.Reporter, Stop)
            : FinesTable.Load([file], TableOptions.Default, allowEmpty, world.Reporter, Stop);
        using SubtractStep step = new(Run, table, world.Reporter);
        _ = step.Run(Run.RemainingCandidates(), Stop).Count();
    }

    private Task<IReadOnlyList<TableSource>> ReportedFinesAsync() => ReportSource
        .OfFines(world.Session.Reader, world.Reporter)
        .ReadAsync([world.Simulator.ReportFolder + "/fines"], null, TableOptions.Default, Stop);

    public async Task CheckAsync()
    {
        CheckStep step = new(Run, world.Session, world.Reporter);
        await foreach (AlmaPurgeCandidate _ in step
            .RunAsync(Run.RemainingCandidates().ToAsyncEnumerable(), Stop).ConfigureAwait(false))
        {
        }
    }

    public async Task BuildSetAsync(bool corrected)
    {
        BuildSetStep step = new(Run, world.Session, world.Reporter);
        IReadOnlyList<string> remaining = Run.Patrons.RemainingIds();
        IReadOnlyCollection<string>? arrived = Plan.DropSome ? [.. remaining.Where((_, i) => i % 7 != 3)] : null;
        BuildSetOptions options = new()
        {
            MaximumCount = Plan.LowCeiling && !corrected ? 3 : Math.Max(500, remaining.Count),
            MaximumCheckAge = TimeSpan.FromHours(Plan.CheckAgeHours),
            Name = corrected ? FormattableString.Invariant($"Set {Guid.NewGuid():N}") : null,
        };
        BuildSetPlan plan = await step.PlanAsync(arrived, options, Stop).ConfigureAwait(false);
        await step.ApplyAsync(plan, s_yes, Stop).ConfigureAwait(false);
    }

    public async Task MarkAsync(bool corrected)
    {
        MarkStep step = new(Run, world.Session, world.Reporter);
        MarkOptions options = new()
        {
            PurgeDate = world.Today.AddDays(-(corrected ? 60 : Plan.PurgeDateDaysAgo)),
            PurgeGroup = PurgeGroup(corrected),
            MaximumCheckAge = TimeSpan.FromHours(Plan.CheckAgeHours),
        };
        MarkPlan plan = await step.PlanAsync(options, Stop).ConfigureAwait(false);
        await step.ApplyAsync(plan, s_yes, Stop).ConfigureAwait(false);
    }

    public async Task PurgeAsync(bool corrected, Func<string, Task> atPrompt)
    {
        PurgeStep step = new(Run, world.Session, world.Reporter);
        PurgeOptions options = new()
        {
            Route = Plan.Route,
            WaiveThreshold = Plan.WaiveThreshold,
            DaysAfterPurgeDate = Run.Document.Purge?.DaysAfterPurgeDate ?? (corrected ? 0 : Plan.DaysAfterPurgeDate),
            MaximumCheckAge = TimeSpan.FromHours(Plan.CheckAgeHours),
        };
        PurgePlan plan = await step.PlanAsync(options, Stop).ConfigureAwait(false);
        await atPrompt(StepNames.Purge).ConfigureAwait(false);
        AlmaPurgeJob job = await step.ApplyAsync(plan, s_yes, Stop).ConfigureAwait(false);
        if (job is { Route: AlmaPurgeRoute.Handoff, IsFinished: false })
        {
            _staff.Purge(options.DaysAfterPurgeDate, Run.Document.Mark!.PurgeGroup!, options.WaiveThreshold);
        }

        await step.WaitAsync(Stop).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AlmaUndoResult>> UndoAsync()
    {
        UndoStep step = new(Run, world.Session, world.Reporter);
        UndoPlan plan = await step.PlanAsync(new UndoOptions { HandoffWithdrawn = true }, Stop).ConfigureAwait(false);
        return await step.ApplyAsync(plan, s_yes, Stop).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AlmaPurgeResult>> VerifyAsync()
    {
        // Whoever was cut short waits on first, as the run's next step says.
        if (Run.Document.Purge is { Route: AlmaPurgeRoute.Handoff, IsFinished: false })
        {
            await new PurgeStep(Run, world.Session, world.Reporter).WaitAsync(Stop).ConfigureAwait(false);
        }

        // The canary is the operator's: in a small library nobody of the group may be left.
        string? canary = world.Simulator.Users
            .FirstOrDefault(u => !u.IsDeleted && !Run.Patrons.IsCandidate(u.PrimaryId))?.PrimaryId;
        List<AlmaPurgeResult> results = [];
        VerifyStep step = new(Run, world.Session, world.Reporter);
        await foreach (AlmaPurgeResult result in step.RunAsync(canary, Stop).ConfigureAwait(false))
        {
            results.Add(result);
        }

        return results;
    }

    private string? PurgeGroup(bool corrected) => corrected && Plan.Group != GroupChoice.KeepOwn
        ? CaseWorld.PurgeGroup
        : Plan.Group switch
        {
            GroupChoice.KeepOwn => null,
            GroupChoice.OwnGroup => CaseWorld.Group,
            GroupChoice.GroupInUse => "FACULTY",
            GroupChoice.Unknown => "NOSUCH",
            GroupChoice.CodeAsSearchTerm => "HELDBACK",
            _ => CaseWorld.PurgeGroup,
        };
}
