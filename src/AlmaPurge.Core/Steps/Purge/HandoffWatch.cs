using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>How far a purge has come that staff run.</summary>
/// <param name="Total">Patrons who were handed over.</param>
/// <param name="Gone">Those who are gone from Alma.</param>
/// <param name="InGroup">Those who are still in the purge group.</param>
/// <param name="Others">Users in the purge group who are not of the run.</param>
internal sealed record HandoffCount(int Total, int Gone, int InGroup, int Others)
{
    /// <summary>Whether the page was run, as far as it shows.</summary>
    public bool HasBegun => Gone > 0;
}

/// <summary>
/// Watches the purge group shrink, since the classic page's job has no id that the API would tell. Who has left the group
/// is looked up: a student system may have taken a patron out of it too.
/// </summary>
internal sealed class HandoffWatch
{
    private const string Activity = "Waiting for staff to run Purge User Records";

    // Nothing moves for so many looks: five minutes at the usual distance. The job purges without a break (inferred).
    private const int SteadyLooks = 20;

    // Before it begins, which may take staff hours, the looks come further and further apart, up to so many times.
    private const int MostPatience = 20;

    private readonly PurgeRun _run;
    private readonly IAlmaReader _reader;
    private readonly IStepReporter _reporter;
    private readonly HashSet<string> _gone = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasWarned;

    public HandoffWatch(PurgeRun run, IAlmaReader reader, IStepReporter reporter)
    {
        _run = run;
        _reader = reader;
        _reporter = reporter;
    }

    /// <summary>Waits until nobody of the run is left in the group, or nothing moves any more.</summary>
    /// <returns>What came of it, one of <see cref="PurgeStatus"/>.</returns>
    /// <exception cref="AlmaPurgeException">It was not run as long as it was valid.</exception>
    public async Task<string> WaitAsync(CancellationToken cancellationToken)
    {
        HandoffCount? last = null;
        int steady = 0;
        int patience = 1;
        while (true)
        {
            HandoffCount now = await LookAsync(certain: steady >= SteadyLooks, cancellationToken).ConfigureAwait(false);
            WarnOfOthers(now);
            if (now.InGroup == 0)
            {
                return now.Gone == now.Total ? PurgeStatus.Done : PurgeStatus.Steady;
            }

            RequireValid(now);
            bool hasMoved = last is null || last != now;
            if (!hasMoved && steady >= SteadyLooks)
            {
                _reporter.Warn(FormattableString.Invariant(
                    $"{now.InGroup} patron(s) are still in the purge group and nothing moves any more. Make sure under Monitor Jobs in Alma that the job has ended before you look at the results."));
                return PurgeStatus.Steady;
            }

            steady = now.HasBegun && !hasMoved ? steady + 1 : 0;
            patience = now.HasBegun ? 1 : Math.Min(patience * 2, MostPatience);
            last = now;
            _reporter.Progress(new StepProgress(
                Activity,
                FormattableString.Invariant($"{now.Gone} gone, {now.InGroup} still in the purge group"),
                now.Gone,
                now.Total));
            await Task.Delay(_reader.Facts.PollInterval * patience, _reader.Facts.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks once.</summary>
    /// <param name="certain">Whether those in the group are looked up too, since Alma's index lags.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async Task<HandoffCount> LookAsync(bool certain, CancellationToken cancellationToken)
    {
        // Alma knows no token, so everybody would seem to be gone.
        _run.RequireIds();
        Dictionary<string, AlmaUserRecord> found = await PurgeGroupReading
            .ReadAsync(_reader, _run.Document.Mark!.PurgeGroup!, cancellationToken)
            .ConfigureAwait(false);
        IReadOnlyList<string> ids = _run.Patrons.RemainingIds();
        string[] doubtful = [.. ids.Where(id => !_gone.Contains(id) && (certain || !found.ContainsKey(id)))];
        IAsyncEnumerable<(string Id, bool IsGone)> looks = AsyncItems.From(doubtful)
            .SelectAsync(_reader.Facts.MaximumConcurrency, IsGoneAsync, cancellationToken);
        await foreach ((string id, bool isGone) in looks.ConfigureAwait(false))
        {
            if (isGone)
            {
                _gone.Add(id);
            }
        }

        return new HandoffCount(
            ids.Count,
            _gone.Count,
            ids.Count(id => found.ContainsKey(id) && !_gone.Contains(id)),
            found.Keys.Count(id => !_run.Patrons.IsCandidate(id)));
    }

    private async Task<(string Id, bool IsGone)> IsGoneAsync(string id, CancellationToken cancellationToken)
    {
        AlmaUserRecord? user = await _reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        return (id, PatronIdentity.IsGone(user, id) || PatronIdentity.IsNamesake(_run, user!, id));
    }

    private void WarnOfOthers(HandoffCount now)
    {
        if (now.Others > 0 && !_hasWarned)
        {
            _hasWarned = true;
            _reporter.Warn(FormattableString.Invariant(
                $"{now.Others} user(s) who are not of this run are in its purge group, and the page would take them. Tell staff not to run it, if they have not yet."));
        }
    }

    private void RequireValid(HandoffCount now)
    {
        if (now.HasBegun || _run.Document.Purge!.ValidUntil is not { } until || _reader.Facts.Time.GetUtcNow() <= until)
        {
            return;
        }

        throw new AlmaPurgeException(
            "HandoffExpired",
            AlmaPurgeErrorKind.InvalidOperation,
            FormattableString.Invariant($"Nobody of the run {_run.RunId} had been purged when the handover ended, at {until.ToUniversalTime():yyyy-MM-dd HH:mm} UTC: the page was not run, or was run with other values and took others or nobody."),
            "Look under Monitor Jobs in Alma. Have it not run any more with these instructions: hand it over anew with Start-AlmaPurgeJob -Route Handoff, or give it up with Undo-AlmaPurgeDate -HandoffWithdrawn.",
            _run.RunId);
    }
}
