using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>What the live check of one patron came to.</summary>
/// <param name="PrimaryId">The patron.</param>
/// <param name="Findings">Rules that fired; empty if the patron may go.</param>
/// <param name="Facts">What Alma said.</param>
/// <param name="CheckedAt">When it said so.</param>
/// <param name="Failure">What went wrong, where the patron is kept because the check failed.</param>
internal sealed record PatronVerdict(
    string PrimaryId,
    IReadOnlyList<RuleFinding> Findings,
    PatronFacts Facts,
    DateTimeOffset CheckedAt,
    AlmaApiException? Failure)
{
    /// <summary>Whether the patron may go.</summary>
    public bool MayGo => Findings.Count == 0;

    /// <summary>Whether Alma was not to be reached, which says nothing about the patron.</summary>
    public bool IsUnreached => Failure is
    {
        Kind: AlmaErrorKind.Connection or AlmaErrorKind.Timeout or AlmaErrorKind.Server or AlmaErrorKind.RateLimit,
    };
}

/// <summary>
/// Checks one patron live: one call decides most; only for those who still pass are the fee lists read.
/// Whatever cannot be answered keeps the patron.
/// </summary>
internal sealed class PatronCheck
{
    private readonly AlmaSession _session;
    private readonly LiveFactsReader _facts;

    public PatronCheck(AlmaSession session)
    {
        _session = session;
        _facts = new LiveFactsReader(session.Reader);
    }

    /// <summary>Checks a patron by every rule.</summary>
    /// <param name="primaryId">The patron.</param>
    /// <param name="criteria">What the run was started with.</param>
    /// <param name="groupSetByRun">The purge group that the run has set, if it has.</param>
    /// <param name="readFeeLists">Whether the fee lists are read for those who pass everything else.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaApiException">Nobody can be checked: key, permission or daily limit.</exception>
    public async Task<PatronVerdict> CheckAsync(
        string primaryId,
        PurgeCriteria criteria,
        string? groupSetByRun,
        bool readFeeLists,
        CancellationToken cancellationToken)
    {
        PatronFacts facts;
        AlmaApiException? failure = null;
        try
        {
            facts = await _facts.ReadAsync(primaryId, cancellationToken).ConfigureAwait(false);
            facts.GroupSetByRun = groupSetByRun;
            if (readFeeLists && RuleBook.Judge(facts, criteria).Count == 0)
            {
                await _facts.ReadFeesAsync(facts, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (AlmaApiException e) when (IsAboutThisPatron(e))
        {
            failure = e;
            facts = new PatronFacts
            {
                Source = FactSource.Live,
                PrimaryId = primaryId,
                Today = _session.Today(),
                CheckError = $"could not be checked: {e.Kind} {e.AlmaCode}".TrimEnd(),
            };
        }

        return new PatronVerdict(
            primaryId,
            RuleBook.Judge(facts, criteria),
            facts,
            _session.Time.GetUtcNow(),
            failure);
    }

    // A key that may not read, or a quota that is used up, is no finding about a patron: the run has to stop.
    private static bool IsAboutThisPatron(AlmaApiException e) =>
        e.Kind is not (AlmaErrorKind.Unauthorized or AlmaErrorKind.Forbidden or AlmaErrorKind.DailyLimit);
}
