using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>A set that staff have built in Alma by hand.</summary>
/// <param name="SetId">Id that Alma gave it.</param>
/// <param name="Name">Its unique name.</param>
internal sealed record HandBuiltSet(string SetId, string Name);

/// <summary>
/// Takes up a set that staff have built by hand: only an itemized one of users, only if no run owns it, and only if it
/// holds exactly those of the run who go. Nothing is changed in it: what does not fit is for staff to put right.
/// </summary>
internal sealed class HandBuiltSets
{
    private const string Itemized = "ITEMIZED";
    private const string Users = "USER";
    private const int MostIdsNamed = 20;

    private readonly PurgeRun _run;
    private readonly AlmaSession _session;

    public HandBuiltSets(PurgeRun run, AlmaSession session)
    {
        _run = run;
        _session = session;
    }

    /// <summary>Finds the set and holds it against those who go, id by id, both ways.</summary>
    /// <param name="nameOrId">Name or id of the set.</param>
    /// <param name="going">Who goes.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">There is none, it will not do, it is another run's, or it holds others.</exception>
    public async Task<HandBuiltSet> RequireAsync(
        string nameOrId, IReadOnlyList<string> going, CancellationToken cancellationToken)
    {
        AlmaSetRecord set = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        RequireKind(set);
        RequireNoOwner(set);
        HandBuiltSet found = new(set.Id, set.Name);
        await RequireEqualAsync(found, going, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Holds the set against those who go once more, since it was staff's until now, and makes it the run's.</summary>
    public async Task<SetEntry> TakeUpAsync(
        HandBuiltSet set, IReadOnlyList<string> going, CancellationToken cancellationToken)
    {
        await RequireEqualAsync(set, going, cancellationToken).ConfigureAwait(false);
        _run.Journal.Note("SetTakenUp", new { setId = set.SetId, name = set.Name, count = going.Count });
        return new SetEntry(set.SetId, set.Name, going.Count, _session.Time.GetUtcNow()) { IsHandBuilt = true };
    }

    // Names are unique in Alma. Its ids are digits only (seen), and there a set may have such a name, too.
    private async Task<AlmaSetRecord> FindAsync(string nameOrId, CancellationToken cancellationToken)
    {
        AlmaSetRecord? byId = nameOrId.All(char.IsAsciiDigit)
            ? await FindByIdAsync(nameOrId, cancellationToken).ConfigureAwait(false)
            : null;
        AlmaSetRecord? byName = null;
        await foreach (AlmaSetRecord set in _session.Reader.FindSetsAsync(nameOrId, cancellationToken).ConfigureAwait(false))
        {
            byName ??= set;
        }

        if (byId is not null && byName is not null && byId.Id != byName.Id)
        {
            throw Stop(
                "SetAmbiguous",
                AlmaPurgeErrorKind.InvalidArgument,
                $"'{nameOrId}' is the id of the set '{byId.Name}' and the name of the set {byName.Id}.",
                "Give the other one's name or id, whichever of the two is meant.",
                nameOrId);
        }

        return byId ?? byName ?? throw Stop(
            "SetNotFound",
            AlmaPurgeErrorKind.NotFound,
            $"Alma has no itemized user set of the name or id '{nameOrId}' that this key can see.",
            "Get-AlmaUserSet lists them. A private set of somebody else, or a logical one, cannot be taken up by its name.",
            nameOrId);
    }

    private async Task<AlmaSetRecord?> FindByIdAsync(string setId, CancellationToken cancellationToken)
    {
        try
        {
            return await _session.Reader.GetSetAsync(setId, cancellationToken).ConfigureAwait(false);
        }
        catch (AlmaApiException e) when (e.Kind == AlmaErrorKind.NotFound)
        {
            return null;
        }
    }

    private static void RequireKind(AlmaSetRecord set)
    {
        if (!PatronIdentity.Same(set.Content, Users) || !PatronIdentity.Same(set.Type, Itemized))
        {
            throw Stop(
                "SetNotItemized",
                AlmaPurgeErrorKind.InvalidArgument,
                $"The set '{set.Name}' ({set.Id}) is of type '{set.Type}' and content '{set.Content}', not an itemized set of users.",
                "A logical set is evaluated anew whenever a job runs, so nobody could say whom it would take: build an itemized one of the exported file (Manage Sets > Add Set > Itemized).",
                set.Id);
        }
    }

    private void RequireNoOwner(AlmaSetRecord set)
    {
        if ((SetOwners.Find(_run, set) ?? (SetNames.IsOfOtherRun(_run, set.Name) ? "another run" : null)) is { } owner)
        {
            throw Stop(
                "SetOfOtherRun",
                AlmaPurgeErrorKind.SafetyStop,
                $"The set '{set.Name}' ({set.Id}) belongs to {owner}.",
                "Build a set of this run's own from the file of Export-AlmaPurgeCandidate.",
                set.Id);
        }
    }

    private async Task RequireEqualAsync(
        HandBuiltSet set, IReadOnlyList<string> going, CancellationToken cancellationToken)
    {
        // Alma fills a set from a file by a job, and staff may still be at it: one reading proves nothing.
        HashSet<string> members = await SetReading
            .SettledMembersAsync(_session.Reader, set.SetId, cancellationToken)
            .ConfigureAwait(false);
        HashSet<string> expected = new(going, StringComparer.OrdinalIgnoreCase);
        string[] extra = [.. members.Where(id => !expected.Contains(id)).Order(StringComparer.OrdinalIgnoreCase)];
        if (extra.Length > 0)
        {
            throw Stop(
                "SetHoldsOthers",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"The set '{set.Name}' ({set.SetId}) holds {extra.Length} user(s) who are not to go by the run {_run.RunId}: {Names(extra.Select(Reason))}. It was not taken up."),
                "Take them out of the set in Alma (Manage Sets), then repeat the step.",
                extra[0]);
        }

        string[] missing = [.. going.Where(id => !members.Contains(id))];
        if (missing.Length > 0)
        {
            throw Stop(
                "SetLacksPatrons",
                AlmaPurgeErrorKind.SafetyStop,
                FormattableString.Invariant($"The set '{set.Name}' ({set.SetId}) lacks {missing.Length} of the {going.Count} patron(s) of the run {_run.RunId} who are to go: {Names(missing)}. It was not taken up."),
                "Add them to the set in Alma (Manage Sets) and repeat the step. If they are to stay, hand on only the others: the candidates through Where-Object, then New-AlmaUserSet -Existing.",
                missing[0]);
        }
    }

    private string Reason(string id) => !_run.Patrons.IsCandidate(id)
        ? $"{id} (never imported)"
        : _run.Patrons.Exclusions().FirstOrDefault(e => PatronIdentity.Same(e.PrimaryId, id)) is { } exclusion
            ? $"{id} ({exclusion.Rule})"
            : $"{id} (did not arrive)";

    private static string Names(IEnumerable<string> ids)
    {
        string[] all = [.. ids.Take(MostIdsNamed + 1)];
        return all.Length <= MostIdsNamed ? string.Join(", ", all) : string.Join(", ", all[..MostIdsNamed]) + " and more";
    }

    private static AlmaPurgeException Stop(
        string id, AlmaPurgeErrorKind kind, string message, string nextStep, object target) =>
        new(id, kind, message, nextStep, target);
}
