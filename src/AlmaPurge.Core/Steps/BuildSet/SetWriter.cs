using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Changes sets, with an intent in the journal before each request and an outcome after it.</summary>
internal sealed class SetWriter
{
    private const string RemoveMembers = JournalActions.RemoveMembers;

    // Refusals that are about single ids, so that the others may still go in.
    private static readonly string[] s_badIdCodes =
    [
        AlmaCodes.MemberAlreadyInSet,
        AlmaCodes.MemberInvalid,
        AlmaCodes.MemberInvalidForType,
        AlmaCodes.MemberTwice,
    ];

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IAlmaWriter _writer;
    private readonly string _step;

    public SetWriter(PurgeRun run, AlmaSession session, IAlmaWriter writer, string step)
    {
        _run = run;
        _session = session;
        _writer = writer;
        _step = step;
    }

    /// <summary>What the journal calls the making of the set.</summary>
    public string CreateSet { get; init; } = JournalActions.CreateSet;

    /// <summary>What the journal calls the adding of members.</summary>
    public string AddMembers { get; init; } = JournalActions.AddMembers;

    /// <summary>Whether a patron whose id Alma refuses becomes an exclusion of the run.</summary>
    public bool ExcludesRefused { get; init; } = true;

    /// <summary>Creates the set; if the answer is lost, looks whether it is there.</summary>
    public async Task<AlmaSetRecord> CreateAsync(string name, string description, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset sentAt = _session.Time.GetUtcNow();
        int intent = _run.Journal.Intend(CreateSet, new { name });
        try
        {
            // Nothing is cancelled once it has left: the journal must say what became of it.
            AlmaSetRecord set =
                await _writer.CreateUserSetAsync(name, description, CancellationToken.None).ConfigureAwait(false);
            _run.Journal.Conclude(intent, CreateSet, JournalResults.Done, new { setId = set.Id });
            return set;
        }
        catch (AlmaApiException e) when (e.OutcomeUnknown)
        {
            return await FindCreatedAsync(intent, sentAt, name, e, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(intent, CreateSet, JournalResults.Refused, new { code = e.AlmaCode });
            throw;
        }
    }

    /// <summary>
    /// Adds at most 1,000 members. An id that Alma refuses becomes an exclusion, and the others go in.
    /// </summary>
    /// <returns>False if an answer was lost, so that only the list of members tells who is in.</returns>
    public async Task<bool> AddAsync(string setId, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int intent = _run.Journal.Intend(AddMembers, new { setId, ids });
        try
        {
            await _writer.AddSetMembersAsync(setId, ids, CancellationToken.None).ConfigureAwait(false);
            _run.Journal.Conclude(intent, AddMembers, JournalResults.Done);
            return true;
        }
        catch (AlmaApiException e) when (e.OutcomeUnknown)
        {
            _run.Journal.Conclude(intent, AddMembers, JournalResults.Unknown);
            return false;
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(intent, AddMembers, JournalResults.Refused, new { code = e.AlmaCode });
            if (!e.HasCode(s_badIdCodes))
            {
                throw;
            }

            return await AddHalvesAsync(setId, ids, e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes members out. Reading back is the caller's.</summary>
    public async Task RemoveAsync(string setId, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (string[] chunk in ids.Chunk(BuildSetPlan.MembersPerCall))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int intent = _run.Journal.Intend(RemoveMembers, new { setId, ids = chunk });
            try
            {
                await _writer.RemoveSetMembersAsync(setId, chunk, CancellationToken.None).ConfigureAwait(false);
                _run.Journal.Conclude(intent, RemoveMembers, JournalResults.Done);
            }
            catch (AlmaApiException e)
            {
                _run.Journal.Conclude(intent, RemoveMembers, e.OutcomeUnknown ? JournalResults.Unknown : JournalResults.Refused, new { code = e.AlmaCode });
                throw;
            }
        }
    }

    /// <summary>The error where it cannot be told whether a set was made.</summary>
    /// <param name="name">Name of the set.</param>
    /// <param name="certainAt">From when on no trace of it means that it was never made.</param>
    /// <param name="lost">What became of the answer.</param>
    public static AlmaPurgeException Unknown(string name, DateTimeOffset certainAt, Exception? lost) => new(
        "OutcomeUnknown",
        AlmaPurgeErrorKind.SafetyStop,
        $"Alma's answer to creating the set '{name}' was lost, and no set of that name is to be seen yet. It is not sent again.",
        FormattableString.Invariant($"Look under Manage Sets in Alma. Run the step again after {certainAt:u}: it looks once more, and a set that Alma does not show then was never made."),
        name,
        lost);

    // Alma refuses a call as a whole and names the bad ids only in a text for people, so the call is halved until
    // the bad ones stand alone.
    private async Task<bool> AddHalvesAsync(
        string setId,
        IReadOnlyList<string> ids,
        AlmaApiException refusal,
        CancellationToken cancellationToken)
    {
        if (ids.Count == 1)
        {
            if (ExcludesRefused && !refusal.HasCode(AlmaCodes.MemberAlreadyInSet))
            {
                string evidence = $"Alma refused the id for the set ({refusal.AlmaCode})";
                _run.Patrons.Exclude(ids[0], _step, CheckFailedRule.RuleName, evidence);
            }

            return true;
        }

        int half = ids.Count / 2;
        bool isCertain = await AddAsync(setId, [.. ids.Take(half)], cancellationToken).ConfigureAwait(false);
        return await AddAsync(setId, [.. ids.Skip(half)], cancellationToken).ConfigureAwait(false) && isCertain;
    }

    private async Task<AlmaSetRecord> FindCreatedAsync(
        int intent,
        DateTimeOffset sentAt,
        string name,
        AlmaApiException lost,
        CancellationToken cancellationToken)
    {
        AlmaSetRecord? found = null;
        try
        {
            await foreach (AlmaSetRecord set in _session.Reader.FindSetsAsync(name, cancellationToken).ConfigureAwait(false))
            {
                found ??= set;
            }
        }
        finally
        {
            _run.Journal.Conclude(
                intent,
                CreateSet,
                found is null ? JournalResults.Unknown : JournalResults.Done,
                new { setId = found?.Id, settledByLooking = true });
        }

        if (found is not null)
        {
            return found;
        }

        throw Unknown(name, sentAt + _session.Reader.Facts.ArrivalTime, lost);
    }
}
