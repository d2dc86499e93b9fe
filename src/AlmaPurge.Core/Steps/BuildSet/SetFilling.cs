using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Brings a set to hold exactly those who are meant to be in it. What is there already stays, only those missing are
/// added, and where an answer was lost the list of members tells, not a second request for the same members.
/// </summary>
internal sealed class SetFilling
{
    private const int MostRounds = 3;

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly SetWriter _writer;
    private readonly IStepReporter _reporter;

    public SetFilling(PurgeRun run, AlmaSession session, SetWriter writer, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _writer = writer;
        _reporter = reporter;
    }

    /// <summary>Fills the set and reads it back. Whoever Alma did not take is kept.</summary>
    /// <param name="set">Id and name.</param>
    /// <param name="isNew">Whether it was made just now, so that nobody can be in it.</param>
    /// <param name="expected">Patrons who are meant to be in it.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>How many are in it.</returns>
    /// <exception cref="AlmaPurgeException">Somebody is in it whom the run never imported.</exception>
    public async Task<int> FillAsync(
        HalfBuiltSet set,
        bool isNew,
        IReadOnlyList<string> expected,
        CancellationToken cancellationToken)
    {
        HashSet<string> members = isNew ? [] : await ReadAsync(set, cancellationToken).ConfigureAwait(false);
        await RemoveOthersAsync(set, members, cancellationToken).ConfigureAwait(false);
        for (int round = 1; round <= MostRounds; round++)
        {
            bool isCertain = await AddAsync(set, Missing(expected, members), cancellationToken).ConfigureAwait(false);
            members = await ReadAsync(set, cancellationToken).ConfigureAwait(false);
            if (isCertain)
            {
                break;
            }
        }

        foreach (string id in Missing(expected, members))
        {
            _run.Patrons.Exclude(id, StepNames.BuildSet, CheckFailedRule.RuleName, "Alma did not take the id into the set");
            _reporter.Warn($"Alma did not take '{id}' into the set; the patron is kept.");
        }

        SetReading.RequireNobodyElse(members, _run, set.Name);
        return members.Count;
    }

    private IReadOnlyList<string> Missing(IReadOnlyList<string> expected, HashSet<string> members) =>
        [.. expected.Where(id => _run.Patrons.IsRemaining(id) && !members.Contains(id))];

    private async Task<HashSet<string>> ReadAsync(HalfBuiltSet set, CancellationToken cancellationToken) =>
        await SetReading.MembersAsync(_session.Reader, set.SetId, cancellationToken).ConfigureAwait(false);

    // Who was put in by an earlier attempt and is kept since must leave; a stranger stops the step further down.
    private async Task RemoveOthersAsync(HalfBuiltSet set, HashSet<string> members, CancellationToken cancellationToken)
    {
        string[] others = [.. members.Where(id => _run.Patrons.IsCandidate(id) && !_run.Patrons.IsRemaining(id))];
        await _writer.RemoveAsync(set.SetId, others, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> AddAsync(
        HalfBuiltSet set,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken)
    {
        bool isCertain = true;
        foreach (string[] chunk in ids.Chunk(BuildSetPlan.MembersPerCall))
        {
            isCertain &= await _writer.AddAsync(set.SetId, chunk, cancellationToken).ConfigureAwait(false);
        }

        return isCertain;
    }
}
