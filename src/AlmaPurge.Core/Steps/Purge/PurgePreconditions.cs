using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>What must hold before a purge may start.</summary>
internal sealed class PurgePreconditions
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;

    public PurgePreconditions(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
    }

    /// <summary>The run is marked.</summary>
    public void RequireMarked()
    {
        UndoneRuns.Refuse(_run);
        if (_run.Document.Mark is null || _run.Document.Set is null)
        {
            throw Stop(
                "NotMarked",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The patrons of the run {_run.RunId} have no purge date from it yet.",
                "Set it with Set-AlmaPurgeDate.");
        }
    }

    /// <summary>Stops unless a purge that was started before is the one that is asked for.</summary>
    public void RequireSamePurge(PurgeEntry purge, PurgeOptions options)
    {
        bool isSame = purge.Route == options.Route
            && (purge.DaysAfterPurgeDate ?? options.DaysAfterPurgeDate) == options.DaysAfterPurgeDate
            && (purge.WaiveThreshold ?? options.WaiveThreshold) == options.WaiveThreshold;
        if (!isSame)
        {
            throw Stop(
                "PurgeAlreadyStarted",
                AlmaPurgeErrorKind.InvalidOperation,
                FormattableString.Invariant($"A purge of the run {_run.RunId} was started before (route {purge.Route}, days after purge date {purge.DaysAfterPurgeDate}, waive threshold {purge.WaiveThreshold}, {purge.Status}), and now another one is asked for."),
                "Give the same parameters to go on, or pipe the run to Confirm-AlmaPurge to see what became of each patron.");
        }
    }

    /// <summary>The Delete User Policy was attested; no API can read it. Null only in a preview, which asks nobody.</summary>
    public AlmaDeleteUserPolicy? RequirePolicy(PurgeOptions options)
    {
        AlmaDeleteUserPolicy? policy = options.DeleteUserPolicy ?? _run.Criteria.DeleteUserPolicy;
        return policy is not null || _run.IsPreview ? policy : throw DeleteUserPolicies.Missing(_run.RunId);
    }

    /// <summary>The job will take the purge date: with N days, only purge dates before today minus N; with 0, up to today.</summary>
    public void RequirePurgeDate(int daysAfterPurgeDate)
    {
        DateOnly date = _run.Document.Mark!.PurgeDate;
        if (!ClassicCriteria.IsDue(date, daysAfterPurgeDate, _session.Today()))
        {
            throw Stop(
                "PurgeDateNotReached",
                AlmaPurgeErrorKind.InvalidArgument,
                FormattableString.Invariant($"With {daysAfterPurgeDate} days after the purge date Alma takes nobody whose purge date is {date:yyyy-MM-dd}."),
                "Give fewer -DaysAfterPurgeDate, or wait.");
        }
    }

    /// <summary>The marking job is at its end; patrons must not change under our eyes.</summary>
    public async Task RequireMarkingEndedAsync(CancellationToken cancellationToken)
    {
        MarkEntry mark = _run.Document.Mark!;
        AlmaJobInstanceRecord job = await _session.Reader
            .GetJobInstanceAsync(mark.JobId, mark.InstanceId, cancellationToken)
            .ConfigureAwait(false);
        if (!job.IsFinished)
        {
            throw Stop(
                "MarkingStillRunning",
                AlmaPurgeErrorKind.InvalidOperation,
                $"The marking job {mark.InstanceId} is {job.StatusCode}.",
                $"Wait for it with Wait-AlmaJob -JobId {mark.JobId} -InstanceId {mark.InstanceId}.");
        }
    }

    /// <summary>
    /// Patrons of the run who are to stay but are in the set or carry our marking.
    /// </summary>
    /// <exception cref="AlmaPurgeException">The set or the purge group holds somebody the run does not know.</exception>
    public async Task<IReadOnlyList<string>> FindSurvivorsAsync(CancellationToken cancellationToken)
    {
        SetEntry set = _run.Document.Set!;
        IReadOnlyList<string> inSet = await new SetComparison(_run, _session)
            .MembersToRemoveAsync(set, cancellationToken)
            .ConfigureAwait(false);
        HashSet<string> survivors = new(inSet, StringComparer.OrdinalIgnoreCase);
        if (_run.Document.Mark!.PurgeGroup is { } group)
        {
            Dictionary<string, AlmaUserRecord> found = await PurgeGroupReading
                .ReadAsync(_session.Reader, group, cancellationToken)
                .ConfigureAwait(false);
            PurgeGroupCheck.RequireOnly(group, found.Keys, _run.Patrons.IsCandidate);
            survivors.UnionWith(found.Keys.Where(id => !_run.Patrons.IsRemaining(id)));
        }

        return [.. survivors];
    }

    /// <summary>Keeps whoever is no longer marked as the run marked them; for where not everybody was just looked at.</summary>
    /// <param name="ids">Patrons who are purged now.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">Too many are not.</exception>
    public async Task ExcludeUnmarkedAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        // Who was kept meanwhile is still in the group here: they are settled once the plan is approved.
        IReadOnlyDictionary<string, string> unmarked =
            await FindUnmarkedAsync(ids, _run.Patrons.IsCandidate, cancellationToken).ConfigureAwait(false);
        SecondLook look = new(_run, _session, _reporter);
        int drifted = 0;
        foreach (string id in unmarked.Keys)
        {
            PatronVerdict verdict = await look.VerdictAsync(id, cancellationToken).ConfigureAwait(false);
            drifted += look.Settle(verdict) ? 0 : 1;
        }

        _run.Flush();
        DriftLimit.Require(_run, drifted, "are no longer marked as this run marked them");
    }

    /// <summary>Set = run = purge group = purge date, id by id, both ways.</summary>
    /// <param name="ids">Patrons who are purged now, and whose marking must stand.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async Task RequireEqualAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await new SetComparison(_run, _session).RequireEqualAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, string> unmarked =
            await FindUnmarkedAsync([.. ids.Where(_run.Patrons.IsRemaining)], _run.Patrons.IsRemaining, cancellationToken).ConfigureAwait(false);
        if (unmarked.Count > 0)
        {
            KeyValuePair<string, string> first = unmarked.First();
            throw Stop(
                "MarkingChanged",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"{unmarked.Count} patron(s) are no longer marked as this run marked them, such as '{first.Key}': {first.Value}. No purge was started."),
                "Find out what changes them, then repeat the step.");
        }
    }

    private Task<IReadOnlyDictionary<string, string>> FindUnmarkedAsync(
        IReadOnlyList<string> ids,
        Func<string, bool> belongsToGroup,
        CancellationToken cancellationToken) =>
        new MarkReading(_run, _session.Reader).FindUnmarkedAsync(
            _run.Document.Mark!,
            ids,
            belongsToGroup,
            cancellationToken);

    private AlmaPurgeException Stop(string id, AlmaPurgeErrorKind kind, string message, string nextStep) =>
        new(id, kind, message, nextStep, _run.RunId);
}
