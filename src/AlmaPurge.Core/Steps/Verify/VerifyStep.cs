using System.Runtime.CompilerServices;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Tells of everybody whom the run started with what became of them: looks each one up, after making sure with a user
/// known to exist that "not found" means what it says.
/// </summary>
public sealed class VerifyStep
{
    private const string Activity = "Looking up each patron";

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly PatronLookup _lookup;

    /// <summary>Makes the step.</summary>
    public VerifyStep(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _lookup = new PatronLookup(run, session);
    }

    /// <summary>Gives one result for each patron, in the order of the import.</summary>
    /// <param name="canaryId">A user known to exist; null to take one from the run's own group.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">
    /// No purge was started, or it still runs, or the canary is not found, or today's calls cannot suffice.
    /// </exception>
    public IAsyncEnumerable<AlmaPurgeResult> RunAsync(string? canaryId, CancellationToken cancellationToken) =>
        RunAsync(canaryId, splitByDay: false, cancellationToken);

    /// <summary>Gives one result for each patron, in the order of the import.</summary>
    /// <param name="canaryId">A user known to exist; null to take one from the run's own group.</param>
    /// <param name="splitByDay">
    /// Whether to look up as many as today's calls suffice for. The results come once everybody was looked up; until then
    /// those of the others are in the run.
    /// </param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">
    /// No purge was started, or it still runs, or the canary is not found, or some wait for another day's calls.
    /// </exception>
    public async IAsyncEnumerable<AlmaPurgeResult> RunAsync(
        string? canaryId,
        bool splitByDay,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_run.IsPreview)
        {
            Dictionary<string, AlmaPurgeResult> wouldGo = _run.Patrons.RemainingIds()
                .ToDictionary(id => id, PreviewOf, StringComparer.OrdinalIgnoreCase);
            foreach (AlmaPurgeResult result in ResultsOf(wouldGo))
            {
                yield return result;
            }

            yield break;
        }

        await RunBinding.BindAsync(_run, _session, cancellationToken).ConfigureAwait(false);
        await new LostOutcomes(_run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        PurgeEntry purge = RequireStarted();
        await RequireFinishedAsync(purge, cancellationToken).ConfigureAwait(false);
        SplitVerification split = new(_run, _session, _reporter, splitByDay);
        IReadOnlyList<string> due = await split.HoldAsync(IdsToLookUp(), cancellationToken).ConfigureAwait(false);
        using StepScope scope = _run.BeginStep(StepNames.Verify);
        split.Begin();
        string canary = await new Canary(_run, _session.Reader)
            .RequireFoundAsync(canaryId, cancellationToken)
            .ConfigureAwait(false);
        _reporter.Verbose($"The canary '{canary}' is found, so 'not found' means gone.");

        Dictionary<string, AlmaPurgeResult> looked = await LookAsync(due, split, cancellationToken).ConfigureAwait(false);
        int waiting = split.AddWaiting(looked, due);
        List<AlmaPurgeResult> results = [.. ResultsOf(looked)];
        _run.SetResults(results);
        split.RequireNobodyWaits(due.Count - waiting, waiting);
        string[] stillMarked = [.. looked.Keys.Where(_lookup.IsStillMarked)];
        IReadOnlyList<AlmaPurgeException> problems = await new Reckoning(_run, _session.Reader)
            .CheckAsync(results, stillMarked, cancellationToken)
            .ConfigureAwait(false);
        _run.Update(d => d with
        {
            VerifiedAt = _session.Time.GetUtcNow(), VerifySince = null, StillMarkedCount = stillMarked.Length,
        });
        RecordProof(results, problems);
        scope.Complete();
        foreach (AlmaPurgeResult result in results)
        {
            yield return result;
        }

        foreach (AlmaPurgeException problem in problems)
        {
            _reporter.Problem(problem, _run.RunId);
        }
    }

    /// <summary>Calls for everybody, against those of today as they are known. Sends nothing.</summary>
    public CallForecast Forecast() => CallForecast.Of(_session.Connection, StepCalls.Verify(IdsToLookUp().Count));

    // What came out even at an institution says that its purge job does what was asked of it.
    private void RecordProof(IReadOnlyList<AlmaPurgeResult> results, IReadOnlyList<AlmaPurgeException> problems)
    {
        if (_run.Document is { Purge.Route: AlmaPurgeRoute.SetJob, EnvironmentType: not AlmaEnvironmentType.Simulated }
            && problems.Count == 0
            && results.Any(r => r.Status == AlmaPurgeStatus.Purged))
        {
            new ProvenSetJobs(_run).Record(_session.Time.GetUtcNow());
        }
    }

    private AlmaPurgeResult PreviewOf(string id) =>
        new(_run.RunId, id, AlmaPurgeStatus.WouldPurge, null, "passes every rule");

    // Everybody in the order of the import; those whom the import itself kept, such as rows without an id, come last.
    private IEnumerable<AlmaPurgeResult> ResultsOf(Dictionary<string, AlmaPurgeResult> looked)
    {
        Dictionary<string, AlmaPurgeExclusion> excluded = new(StringComparer.OrdinalIgnoreCase);
        List<AlmaPurgeExclusion> neverCandidates = [];
        foreach (AlmaPurgeExclusion exclusion in _run.Patrons.Exclusions())
        {
            if (exclusion.PrimaryId.Length == 0 || !_run.Patrons.IsCandidate(exclusion.PrimaryId))
            {
                neverCandidates.Add(exclusion);
            }
            else
            {
                excluded[exclusion.PrimaryId] = exclusion;
            }
        }

        return _run.Patrons.CandidateIds()
            .Select(id => excluded.TryGetValue(id, out AlmaPurgeExclusion? e)
                ? KeptAndThere(e, looked.GetValueOrDefault(id))
                : looked[id])
            .Concat(neverCandidates.Select(Kept));
    }

    private AlmaPurgeResult KeptAndThere(AlmaPurgeExclusion exclusion, AlmaPurgeResult? looked)
    {
        if (looked is not { Status: AlmaPurgeStatus.Purged })
        {
            return looked is not null && _lookup.IsStillMarked(exclusion.PrimaryId)
                ? Kept(exclusion, $"{exclusion.Evidence}; {looked.Detail}")
                : Kept(exclusion);
        }

        string detail = $"was to be kept ({exclusion.Evidence}), but is gone from Alma";
        _reporter.Warn($"'{exclusion.PrimaryId}' {detail}.");
        return new AlmaPurgeResult(_run.RunId, exclusion.PrimaryId, looked.Status, exclusion.Rule, detail);
    }

    // Those kept after they had been marked are looked up too: only they could have been taken by mistake.
    private List<string> IdsToLookUp() =>
    [
        .. _run.Patrons.RemainingIds(),
        .. _run.Patrons.Exclusions()
            .Where(e => e.Step is StepNames.Mark or StepNames.Purge
                || (e.Step == StepNames.Check && _run.Patrons.TryGetCheck(e.PrimaryId, out _)))
            .Select(e => e.PrimaryId),
    ];

    private AlmaPurgeResult Kept(AlmaPurgeExclusion exclusion) => Kept(exclusion, exclusion.Evidence);

    private AlmaPurgeResult Kept(AlmaPurgeExclusion exclusion, string detail) =>
        new(_run.RunId, exclusion.PrimaryId, AlmaPurgeStatus.Kept, exclusion.Rule, detail);

    private PurgeEntry RequireStarted() => _run.Document.Purge ?? throw new AlmaPurgeException(
        "PurgeNotStarted",
        AlmaPurgeErrorKind.InvalidOperation,
        $"No purge of the run {_run.RunId} was started.",
        "Start it with Start-AlmaPurgeJob.",
        _run.RunId);

    private async Task RequireFinishedAsync(PurgeEntry purge, CancellationToken cancellationToken)
    {
        if (purge.IsFinished)
        {
            return;
        }

        if (purge.IsHandedOver)
        {
            string status = await HandedOverPurges
                .RequireRunAsync(_run, _session, _reporter, cancellationToken)
                .ConfigureAwait(false);
            _run.Update(d => d with { Purge = d.Purge! with { Status = status, IsFinished = true } });
            return;
        }

        if (purge is not { JobId: { } jobId, InstanceId: { } instanceId })
        {
            // Deletions one by one, cut short: nobody else is at them, since this step has the run for itself.
            _run.Update(d => d with { Purge = d.Purge! with { Status = PurgeStatus.Stopped, IsFinished = true } });
            return;
        }

        AlmaJobInstanceRecord job =
            await _session.Reader.GetJobInstanceAsync(jobId, instanceId, cancellationToken).ConfigureAwait(false);
        if (!job.IsFinished)
        {
            throw new AlmaPurgeException(
                "PurgeStillRunning",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The purge job {instanceId} is {job.StatusCode}, so nobody can be told gone or kept yet.",
                "Wait with Wait-AlmaJob, or start with -Wait.",
                _run.RunId);
        }

        _run.Update(d => d with { Purge = d.Purge!.EndedAs(job, d.Criteria) });
    }

    private async Task<Dictionary<string, AlmaPurgeResult>> LookAsync(
        IReadOnlyList<string> ids, SplitVerification split, CancellationToken cancellationToken)
    {
        Dictionary<string, AlmaPurgeResult> results = split.Known();
        int done = 0;
        IAsyncEnumerable<AlmaPurgeResult> looks = split.TakeAsync(ids, cancellationToken).SelectAsync(
            _session.Reader.Facts.MaximumConcurrency,
            (id, token) => split.LookAsync(_lookup, id, token),
            cancellationToken);
        await foreach (AlmaPurgeResult result in looks.ConfigureAwait(false))
        {
            results[result.PrimaryId] = result;
            _reporter.Progress(new StepProgress(Activity, "", ++done, ids.Count));
            if (result.Status == AlmaPurgeStatus.Unknown)
            {
                _reporter.Warn($"What became of '{result.PrimaryId}' cannot be told: {result.Detail}");
            }
        }

        return results;
    }
}
