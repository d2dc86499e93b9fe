using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AlmaPurge.Core.Steps.Subtract;

namespace AlmaPurge.Rehearsal;

/// <summary>The main job, step by step, each printed with what came of it.</summary>
internal sealed class RehearsalJob : IDisposable
{
    private const int DaysAgo = 30;

    private readonly RehearsalOptions _options;
    private readonly ConsoleReporter _console;
    private readonly string _reportFolder;
    private IRehearsalLibrary? _library;
    private int _maximumCount = BuildSetOptions.DefaultMaximumCount;

    public RehearsalJob(RehearsalOptions options, ConsoleReporter console, string reportFolder)
    {
        _options = options;
        _console = console;
        _reportFolder = reportFolder;
    }

    /// <summary>The run, once there is one.</summary>
    public PurgeRun? Run { get; private set; }

    /// <summary>How many the library has purged so far, by its own records.</summary>
    public async Task<int> CountPurgedAsync() => _library is null
        ? 0
        : (await _library.ReadRecordAsync(null, _options.ExpiredBefore, CancellationToken.None).ConfigureAwait(false)).Purged.Count;

    public void Dispose() => _library?.Dispose();

    public async Task<Judgement> RunAsync(CancellationToken stop)
    {
        _console.Line(_options.BaseUri is null
            ? "A whole purge in a simulated library. Nothing is sent anywhere."
            : $"A whole purge in the simulated library at {_options.BaseUri}.");
        _console.Line("");
        RehearsalReports reports = await TakeReportsAsync(stop).ConfigureAwait(false);
        using AlmaSession session = await _library!.ConnectAsync(stop).ConfigureAwait(false);
        PurgeRun run = await NewRunAsync(reports, session, stop).ConfigureAwait(false);
        Run = run;
        List<AlmaPurgeCandidate> candidates = Import(run, reports, stop);
        candidates = Subtract(run, reports.Fines, candidates, stop);
        candidates = await CheckAsync(run, session, candidates, stop).ConfigureAwait(false);
        await BuildSetAsync(run, session, candidates, stop).ConfigureAwait(false);
        await MarkAsync(run, session, stop).ConfigureAwait(false);
        await PurgeAsync(run, session, stop).ConfigureAwait(false);
        IReadOnlyList<AlmaPurgeResult> results = await VerifyAsync(run, session, stop).ConfigureAwait(false);
        LibraryRecord record = await _library
            .ReadRecordAsync(run.Criteria.UserGroupCode, run.Criteria.ExpiredBefore, stop).ConfigureAwait(false);
        return new Judgement(run, results, reports.Patrons, record);
    }

    private async Task<RehearsalReports> TakeReportsAsync(CancellationToken stop)
    {
        _console.Begin("Library");
        _library = _options.BaseUri is { } address
            ? await HostedLibrary.FindAsync(address, _options.ApiKey!, _options.Rate, stop).ConfigureAwait(false)
            : new SimulatedLibrary(_options.Seed, _options.Size);
        _console.Done(_library.Description);
        _console.Begin("Reports");
        RehearsalReports reports = new(_options, _library, _console);
        await reports.TakeAsync(_reportFolder, stop).ConfigureAwait(false);
        string fines = reports.Fines is { } table
            ? FormattableString.Invariant($"{table.RowCount} rows of fines ({_options.Fines ?? "exported"})")
            : "no fines: give yours with --fines";
        _console.Done(FormattableString.Invariant(
            $"{reports.Patrons.RowCount} rows of patrons ({_options.Users ?? "exported"}), {fines}"));
        foreach (string note in reports.Notes)
        {
            _console.Detail(note);
        }

        return reports;
    }

    private async Task<PurgeRun> NewRunAsync(RehearsalReports reports, AlmaSession session, CancellationToken stop)
    {
        _console.Begin("Import");
        PurgeCriteria criteria = new() { UserGroup = reports.UserGroup, ExpiredBefore = _options.ExpiredBefore };
        criteria = await RunBinding.ResolveAsync(criteria, session, stop).ConfigureAwait(false);
        return new RunStore(_options.Runs).Create(reports.Patrons.Complete(criteria), preview: false);
    }

    private List<AlmaPurgeCandidate> Import(PurgeRun run, RehearsalReports reports, CancellationToken stop)
    {
        List<AlmaPurgeCandidate> candidates = [.. new ImportStep(_console).Run(run, reports.Patrons, stop)];
        _console.Done(FormattableString.Invariant(
            $"{run.Patrons.Count} patrons of {run.Criteria.UserGroupCode} expired before {run.Criteria.ExpiredBefore:yyyy-MM-dd}: {candidates.Count} candidates, {Kept(run, StepNames.Import)} stay"));
        return candidates;
    }

    private List<AlmaPurgeCandidate> Subtract(
        PurgeRun run, FinesTable? fines, List<AlmaPurgeCandidate> candidates, CancellationToken stop)
    {
        _console.Begin("Subtract");
        if (fines is null)
        {
            _console.Done("left out, since there is no report of fines; the check looks at fees");
            return candidates;
        }

        using SubtractStep step = new(run, fines, _console);
        List<AlmaPurgeCandidate> rest = [.. step.Run(candidates, stop)];
        _console.Done(FormattableString.Invariant($"{rest.Count} candidates, {step.Join.Owing} owe and stay"));
        _console.Detail(step.Join.ToString());
        return rest;
    }

    private async Task<List<AlmaPurgeCandidate>> CheckAsync(
        PurgeRun run, AlmaSession session, List<AlmaPurgeCandidate> candidates, CancellationToken stop)
    {
        _console.Begin("Check");
        List<AlmaPurgeCandidate> passed = [];
        IAsyncEnumerable<AlmaPurgeCandidate> checks =
            new CheckStep(run, session, _console).RunAsync(candidates.ToAsyncEnumerable(), stop);
        await foreach (AlmaPurgeCandidate candidate in checks.ConfigureAwait(false))
        {
            passed.Add(candidate);
        }

        _console.Done(FormattableString.Invariant(
            $"{passed.Count} pass every rule live, {Kept(run, StepNames.Check)} stay"));
        return passed;
    }

    private async Task BuildSetAsync(
        PurgeRun run, AlmaSession session, List<AlmaPurgeCandidate> candidates, CancellationToken stop)
    {
        _console.Begin("Build set");
        _maximumCount = Math.Max(_maximumCount, candidates.Count);
        BuildSetStep step = new(run, session, _console);
        BuildSetPlan plan = await step
            .PlanAsync(
                [.. candidates.Select(c => c.PrimaryId)], new BuildSetOptions { MaximumCount = _maximumCount }, stop)
            .ConfigureAwait(false);
        AlmaUserSet set =
            await step.ApplyAsync(plan, WriteApproval.Given(plan.Description), stop).ConfigureAwait(false);
        _console.Done(FormattableString.Invariant($"'{set.Name}', {set.MemberCount} members, read back id by id"));
        if (_maximumCount > BuildSetOptions.DefaultMaximumCount)
        {
            _console.Detail(FormattableString.Invariant(
                $"The ceiling was raised to {_maximumCount} for this rehearsal; elsewhere it is {BuildSetOptions.DefaultMaximumCount} until -MaximumCount says more."));
        }
    }

    private async Task MarkAsync(PurgeRun run, AlmaSession session, CancellationToken stop)
    {
        _console.Begin("Mark");
        MarkStep step = new(run, session, _console);
        MarkOptions options = new()
        {
            PurgeDate = session.Today().AddDays(-DaysAgo),
            PurgeGroup = _options.PurgeGroup ?? (run.Criteria.UserGroupCode == "GRAD" ? "PURGEGR" : "PURGEUG"),
        };
        MarkPlan plan = await step.PlanAsync(options, stop).ConfigureAwait(false);
        AlmaUserSet set =
            await step.ApplyAsync(plan, WriteApproval.Given(plan.Description), stop).ConfigureAwait(false);
        _console.Done(FormattableString.Invariant(
            $"{set.MemberCount} patrons have purge group {plan.PurgeGroup} and purge date {options.PurgeDate:yyyy-MM-dd}, read back"));
    }

    private async Task PurgeAsync(PurgeRun run, AlmaSession session, CancellationToken stop)
    {
        _console.Begin("Purge");
        PurgeStep step = new(run, session, _console);
        PurgeOptions options = new()
        {
            Route = _options.Route,
            DeleteUserPolicy = AlmaDeleteUserPolicy.KeepStatistics,
        };
        PurgePlan plan = await step.PlanAsync(options, stop).ConfigureAwait(false);
        await step.ApplyAsync(plan, WriteApproval.Given(plan.Description), stop).ConfigureAwait(false);
        if (_options.Route == AlmaPurgeRoute.Handoff)
        {
            _console.Detail($"Handed over to staff, who run the classic page by {Path.Combine(run.Folder!, "handoff.txt")}.");
            await _library!
                .PurgeByStaffAsync(options.DaysAfterPurgeDate, plan.PurgeGroup!, options.WaiveThreshold, stop)
                .ConfigureAwait(false);
        }

        AlmaPurgeJob job = await step.WaitAsync(stop).ConfigureAwait(false);
        _console.Done(FormattableString.Invariant($"{job.Route} for {job.PatronCount} patrons: {job.Status}"));
    }

    private async Task<IReadOnlyList<AlmaPurgeResult>> VerifyAsync(
        PurgeRun run, AlmaSession session, CancellationToken stop)
    {
        _console.Begin("Verify");
        List<AlmaPurgeResult> results = [];
        IAsyncEnumerable<AlmaPurgeResult> verified =
            new VerifyStep(run, session, _console).RunAsync(_library!.CanaryId(run), stop);
        await foreach (AlmaPurgeResult result in verified.ConfigureAwait(false))
        {
            results.Add(result);
        }

        _console.Done(FormattableString.Invariant($"{results.Count} patrons have a result"));
        return results;
    }

    private static int Kept(PurgeRun run, string step) => run.Patrons.Exclusions().Count(e => e.Step == step);
}
