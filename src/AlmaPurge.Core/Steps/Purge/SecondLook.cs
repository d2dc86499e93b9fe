using System.Runtime.ExceptionServices;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// The look at everybody just before the irreversible step: every rule anew, and every field against the before-image
/// overlaid with our own marking. Who changed is kept.
/// </summary>
internal sealed class SecondLook
{
    private const string Activity = "Looking at each patron once more";

    // Disputed and exported fees do not show in the user record, nor does a fee beside a credit. Up to this age an
    // earlier reading of the fee lists still counts: as long as a look does that stands before an open question.
    private static readonly TimeSpan s_feeListsCount = TimeSpan.FromMinutes(1);

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly PatronCheck _check;

    public SecondLook(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _check = new PatronCheck(session);
    }

    /// <summary>Calls that a look at these patrons takes.</summary>
    /// <param name="ids">The patrons.</param>
    /// <param name="maximumAge">A look younger than this counts and is not repeated.</param>
    public CallRange CallsFor(IReadOnlyList<string> ids, TimeSpan maximumAge)
    {
        string[] due = [.. DueAmong(ids, maximumAge)];

        // Where more than these few have changed, the step stops and comes to no end.
        int mayHaveChanged = DriftLimit.MostOf(_run);
        int aged = due.Count(id => _session.Time.GetUtcNow() - CheckOf(id).CheckedAt > s_feeListsCount);
        return StepCalls.LastLook(due.Length, Math.Max(0, aged - mayHaveChanged), _run.Criteria.FeeCheck);
    }

    /// <summary>Looks at everybody who is left and keeps those who changed.</summary>
    /// <param name="maximumAge">A look younger than this counts and is not repeated.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">Too many changed.</exception>
    public Task LookAsync(TimeSpan maximumAge, CancellationToken cancellationToken) =>
        LookAsync(Deletions.Left(_run), maximumAge, cancellationToken);

    /// <summary>Looks at patrons and keeps those who changed.</summary>
    /// <param name="ids">Patrons who are left.</param>
    /// <param name="maximumAge">A look younger than this counts and is not repeated.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">Too many changed.</exception>
    public async Task LookAsync(IReadOnlyList<string> ids, TimeSpan maximumAge, CancellationToken cancellationToken)
    {
        using StepScope scope = _run.BeginStep(_run.Document.Purge is null ? StepNames.Check : StepNames.Purge);
        string[] due = [.. DueAmong(ids, maximumAge)];
        FailureStreak streak = new();
        int done = 0;
        int drifted = 0;
        IAsyncEnumerable<PatronVerdict> verdicts = AsyncItems.From(due).SelectAsync(
            _session.Reader.Facts.MaximumConcurrency,
            VerdictAsync,
            cancellationToken);
        await foreach (PatronVerdict verdict in verdicts.ConfigureAwait(false))
        {
            streak.Count(verdict.Failure);
            drifted += Settle(verdict) ? 0 : 1;
            _reporter.Progress(new StepProgress(Activity, FormattableString.Invariant($"{drifted} kept"), ++done, due.Length));
        }

        scope.Complete();
        DriftLimit.Require(_run, drifted, "changed since they were checked");
    }

    /// <summary>Looks at one patron, whatever was seen before.</summary>
    /// <returns>What Alma says now, with <c>Drifted</c> among the findings if anything changed.</returns>
    public Task<PatronVerdict> VerdictAsync(string id, CancellationToken cancellationToken) =>
        VerdictAsync(id, false, cancellationToken);

    /// <summary>Looks at one patron, whatever was seen before.</summary>
    /// <param name="id">The patron.</param>
    /// <param name="needsFeeLists">Whether the fees are wanted one by one, however young the last reading of them is.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async Task<PatronVerdict> VerdictAsync(string id, bool needsFeeLists, CancellationToken cancellationToken)
    {
        LiveCheck before = CheckOf(id);
        bool feeLists = _run.Criteria.FeeCheck == AlmaFeeCheck.Full
            && (needsFeeLists || _session.Time.GetUtcNow() - before.CheckedAt > s_feeListsCount);
        PatronVerdict verdict = await _check
            .CheckAsync(id, _run.Criteria, _run.Document.Mark?.PurgeGroup, feeLists, cancellationToken)
            .ConfigureAwait(false);
        if (verdict.Failure is { Kind: AlmaErrorKind.Connection or AlmaErrorKind.Timeout } failure)
        {
            // No network says nothing about the patron, and the step can be run again.
            ExceptionDispatchInfo.Throw(failure);
        }

        return verdict.MayGo ? WithDrift(verdict, before.Before) : verdict;
    }

    /// <summary>Records what a look came to; false if the patron is kept.</summary>
    public bool Settle(PatronVerdict verdict)
    {
        if (verdict.MayGo)
        {
            // A look without the fee lists does not make the check younger, or a row of such looks would never read them.
            if (verdict.Facts.Fees.IsKnown || _run.Criteria.FeeCheck != AlmaFeeCheck.Full)
            {
                _run.Patrons.RenewCheck(verdict.PrimaryId, verdict.CheckedAt);
            }

            return true;
        }

        RequireNobodyPurged(verdict);
        IReadOnlyList<RuleFinding> findings = verdict.Findings.Any(f => f.Rule == DriftedRule.RuleName)
            ? verdict.Findings
            : [new RuleFinding(DriftedRule.RuleName, "a rule fires now that did not before"), .. verdict.Findings];
        _run.Patrons.Exclude(verdict.PrimaryId, StepNames.Purge, findings);
        _reporter.Verbose($"{verdict.PrimaryId} stays: {string.Join(", ", findings.Select(f => f.Rule))}");
        return false;
    }

    // Staff may run the page while we look: whoever is gone then is purged and not kept.
    private void RequireNobodyPurged(PatronVerdict verdict)
    {
        if (_run.Document.Purge is { IsHandedOver: true }
            && verdict.Findings.Any(f => f.Rule is NotFoundRule.RuleName or AlreadyDeletedRule.RuleName or IdentityMismatchRule.RuleName))
        {
            throw HandoffRefusals.UnderWay(_run, 1);
        }
    }

    private PatronVerdict WithDrift(PatronVerdict verdict, BeforeImage before)
    {
        BeforeImage expected = BeforeImages.Overlay(before, _run.Document.Mark);
        string? changes = BeforeImages.Differences(expected, BeforeImages.From(verdict.Facts));
        return changes is null
            ? verdict
            : verdict with { Findings = [new RuleFinding(DriftedRule.RuleName, changes)] };
    }

    private IEnumerable<string> DueAmong(IReadOnlyList<string> ids, TimeSpan maximumAge)
    {
        DateTimeOffset oldest = _session.Time.GetUtcNow() - maximumAge;
        return ids.Where(id => CheckOf(id).CheckedAt < oldest);
    }

    private LiveCheck CheckOf(string id) =>
        _run.Patrons.TryGetCheck(id, out LiveCheck? check)
            ? check
            : throw new InvalidOperationException("A patron came to the purge without a live check.");
}
