using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Changes sets, with an intent in the journal before each request and an outcome after it.</summary>
internal sealed class SetWriter
{
    private const string CreateSet = "CreateSet";
    private const string AddMembers = "AddMembers";
    private const string RemoveMembers = "RemoveMembers";

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

    /// <summary>Creates the set; if the answer is lost, looks whether it is there.</summary>
    public async Task<AlmaSetRecord> CreateAsync(string name, string description, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int intent = _run.Journal.Intend(CreateSet, new { name });
        try
        {
            // Nothing is cancelled once it has left: the journal must say what became of it.
            AlmaSetRecord set =
                await _writer.CreateUserSetAsync(name, description, CancellationToken.None).ConfigureAwait(false);
            _run.Journal.Conclude(intent, CreateSet, "done", new { setId = set.Id });
            return set;
        }
        catch (AlmaApiException e) when (e.OutcomeUnknown)
        {
            return await FindCreatedAsync(intent, name, e, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(intent, CreateSet, "refused", new { code = e.AlmaCode });
            throw;
        }
    }

    /// <summary>
    /// Adds at most 1,000 members. An id that Alma refuses becomes an exclusion, and the others go in.
    /// </summary>
    public async Task AddAsync(string setId, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int intent = _run.Journal.Intend(AddMembers, new { setId, ids });
        try
        {
            await _writer.AddSetMembersAsync(setId, ids, CancellationToken.None).ConfigureAwait(false);
            _run.Journal.Conclude(intent, AddMembers, "done");
        }
        catch (AlmaApiException e) when (e.OutcomeUnknown)
        {
            // Reading the set back tells who is in; whoever is not is kept.
            _run.Journal.Conclude(intent, AddMembers, "unknown");
        }
        catch (AlmaApiException e)
        {
            _run.Journal.Conclude(intent, AddMembers, "refused", new { code = e.AlmaCode });
            if (!e.HasCode(s_badIdCodes))
            {
                throw;
            }

            await AddHalvesAsync(setId, ids, e, cancellationToken).ConfigureAwait(false);
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
                _run.Journal.Conclude(intent, RemoveMembers, "done");
            }
            catch (AlmaApiException e)
            {
                _run.Journal.Conclude(intent, RemoveMembers, e.OutcomeUnknown ? "unknown" : "refused", new { code = e.AlmaCode });
                throw;
            }
        }
    }

    // Alma refuses a call as a whole and names the bad ids only in a text for people, so the call is halved until
    // the bad ones stand alone.
    private async Task AddHalvesAsync(
        string setId,
        IReadOnlyList<string> ids,
        AlmaApiException refusal,
        CancellationToken cancellationToken)
    {
        if (ids.Count == 1)
        {
            string evidence = $"Alma refused the id for the set ({refusal.AlmaCode})";
            _run.Patrons.Exclude(ids[0], _step, CheckFailedRule.RuleName, evidence);
            return;
        }

        int half = ids.Count / 2;
        await AddAsync(setId, [.. ids.Take(half)], cancellationToken).ConfigureAwait(false);
        await AddAsync(setId, [.. ids.Skip(half)], cancellationToken).ConfigureAwait(false);
    }

    private async Task<AlmaSetRecord> FindCreatedAsync(
        int intent,
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
                found is null ? "unknown" : "done",
                new { setId = found?.Id, settledByLooking = true });
        }

        if (found is not null)
        {
            return found;
        }

        throw new AlmaPurgeException(
            "OutcomeUnknown",
            AlmaPurgeErrorKind.SafetyStop,
            $"Alma's answer to creating the set '{name}' was lost, and no set of that name is to be seen yet.",
            "Look under Manage Sets in Alma in a few minutes; then give another -Name or start a new run.",
            name,
            lost);
    }
}
