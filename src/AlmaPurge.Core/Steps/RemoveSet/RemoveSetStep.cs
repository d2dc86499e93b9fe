using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Deletes sets in Alma that runs have made and need no more; never a member of them, and never a set that staff have
/// built.
/// </summary>
public sealed class RemoveSetStep
{
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;

    /// <summary>Makes the step.</summary>
    public RemoveSetStep(AlmaSession session, IStepReporter reporter)
    {
        _session = session;
        _reporter = reporter;
    }

    /// <summary>Says which sets of a run would be deleted: its own, and what its undo has left. Reads only.</summary>
    /// <param name="run">The run.</param>
    /// <param name="setId">One of its sets; null for all that are there.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">There is none, staff have built it, or the run still needs it.</exception>
    public async Task<RemoveSetPlan> PlanAsync(PurgeRun run, string? setId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunBinding.RequireSame(run, _session);
        if (run.IsPreview && run.Document.Set is { SetId.Length: 0 })
        {
            return new RemoveSetPlan(_session.Connection, run, []);
        }

        await new LostOutcomes(run, _session, _reporter).SettleAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<(string SetId, string Name)> known = Removable(run, setId);
        RequireNotNeeded(run, known);
        List<AlmaSetRecord> sets = [];
        foreach ((string id, _) in known)
        {
            if (await FindByIdAsync(id, cancellationToken).ConfigureAwait(false) is { } set)
            {
                sets.Add(set);
            }
        }

        return sets.Count > 0 ? new RemoveSetPlan(_session.Connection, run, sets) : throw RemoveSetErrors.NotFound(
            string.Join(", ", known.Select(k => $"'{k.Name}' ({k.SetId})")), run.RunId);
    }

    /// <summary>
    /// Says what it would mean to delete a set that comes from Alma and not from a run. Reads only. If a run on this computer
    /// has made it, that run decides and keeps the record.
    /// </summary>
    /// <param name="store">The runs.</param>
    /// <param name="name">Its name; null if the id is given.</param>
    /// <param name="setId">Its id; null if the name is given.</param>
    /// <param name="options">What the operator asks for.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <exception cref="AlmaPurgeException">There is no such set, or it is not to be deleted.</exception>
    public async Task<RemoveSetPlan> PlanAsync(
        RunStore store, string? name, string? setId, RemoveSetOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        AlmaSetRecord set = (setId is null
            ? await FindByNameAsync(name!, cancellationToken).ConfigureAwait(false)
            : await FindByIdAsync(setId, cancellationToken).ConfigureAwait(false))
            ?? throw RemoveSetErrors.NotFound($"'{setId ?? name}'", setId ?? name!);
        if (SetOrigin.Find(store, set, _session.Connection) is { } run)
        {
            return await PlanAsync(options.IsPreview ? run.ToPreview() : run, set.Id, cancellationToken).ConfigureAwait(false);
        }

        // Nothing on this computer speaks of it, so only its name can say that a run has made it.
        if (SetNames.RunIdOf(set.Name) is not { } runId)
        {
            throw RemoveSetErrors.HandBuilt(set.Id, set.Name);
        }

        return options.Force ? new RemoveSetPlan(_session.Connection, null, [set]) : throw RemoveSetErrors.UnknownRun(set, runId);
    }

    /// <summary>Deletes the sets of a plan.</summary>
    /// <exception cref="AlmaPurgeException">Alma refused, or the key reaches another place now.</exception>
    public async Task ApplyAsync(RemoveSetPlan plan, WriteApproval approval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Run is not { } run)
        {
            await DeleteUnrecordedAsync(plan.Sets[0], approval, cancellationToken).ConfigureAwait(false);
            return;
        }

        using StepScope hold = run.Hold(needsIds: false);
        IAlmaWriter writer =
            await RunBinding.GetWriterAsync(run, _session, approval, cancellationToken).ConfigureAwait(false);
        foreach (AlmaSetRecord set in plan.Sets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await DeleteAsync(run, writer, set, cancellationToken).ConfigureAwait(false);
            DeletedSets.TakeOver(run);
        }
    }

    private static List<(string SetId, string Name)> Removable(PurgeRun run, string? setId)
    {
        SetEntry? own = run.Document.Set;
        List<(string SetId, string Name)> sets = [.. DeletedSets.LeftByUndo(run)];
        if (own is { IsHandBuilt: false, RemovedAt: null })
        {
            sets.Insert(0, (own.SetId, own.Name));
        }
        else if (HalfBuiltSet.Of(run) is { } half)
        {
            sets.Insert(0, (half.SetId, half.Name));
        }

        sets = [.. sets.Where(s => setId is null || s.SetId == setId)];
        return sets.Count > 0 ? sets
            : own is { IsHandBuilt: true, RemovedAt: null } && (setId is null || own.SetId == setId) ? throw RemoveSetErrors.HandBuilt(own.SetId, own.Name)
            : throw RemoveSetErrors.None(run);
    }

    private static void RequireNotNeeded(PurgeRun run, IReadOnlyList<(string SetId, string Name)> sets)
    {
        if (!RunRemoval.IsFinished(run))
        {
            throw RemoveSetErrors.StillNeeded(run, sets[0].Name);
        }
    }

    private async Task<AlmaSetRecord?> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        List<AlmaSetRecord> found = [];
        await foreach (AlmaSetRecord set in _session.Reader.FindUserSetsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            found.Add(set);
        }

        return found.Count > 1 ? throw RemoveSetErrors.Ambiguous(name, found) : found.SingleOrDefault();
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

    private async Task DeleteAsync(
        PurgeRun run, IAlmaWriter writer, AlmaSetRecord set, CancellationToken cancellationToken)
    {
        const string Action = JournalActions.DeleteSet;
        int intent = run.Journal.Intend(Action, new { setId = set.Id, name = set.Name });
        try
        {
            // Nothing is cancelled once it has left: the journal must say what became of it.
            await writer.DeleteSetAsync(set.Id, CancellationToken.None).ConfigureAwait(false);
            run.Journal.Conclude(intent, Action, JournalResults.Done);
        }
        catch (AlmaApiException e)
        {
            bool isOpen = IsForLookingToTell(e);
            run.Journal.Conclude(
                intent, Action, isOpen ? JournalResults.Unknown : JournalResults.Refused, new { code = e.AlmaCode });
            if (!isOpen)
            {
                throw RemoveSetErrors.Refused(set, e);
            }

            bool isGone = await FindByIdAsync(set.Id, cancellationToken).ConfigureAwait(false) is null;
            run.Journal.Conclude(
                intent, Action, isGone ? JournalResults.Done : JournalResults.NotDone, new { settledByLooking = true });
            if (!isGone)
            {
                throw;
            }
        }
    }

    private async Task DeleteUnrecordedAsync(
        AlmaSetRecord set, WriteApproval approval, CancellationToken cancellationToken)
    {
        if (await _session.FindOtherPlaceAsync(cancellationToken).ConfigureAwait(false) is { } other)
        {
            throw RemoveSetErrors.OtherPlace(set, other);
        }

        try
        {
            await _session.GetWriter(approval).DeleteSetAsync(set.Id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (AlmaApiException e)
        {
            if (!IsForLookingToTell(e))
            {
                throw RemoveSetErrors.Refused(set, e);
            }

            if (await FindByIdAsync(set.Id, cancellationToken).ConfigureAwait(false) is not null)
            {
                throw;
            }
        }
    }

    // The answer was lost, or says that there is no such set: somebody else may have been quicker.
    private static bool IsForLookingToTell(AlmaApiException e) =>
        e.OutcomeUnknown || e.Kind == AlmaErrorKind.NotFound || e.HasCode(AlmaCodes.SetIdInvalid);
}

/// <summary>What the operator asks for where a set belongs to no run that is known.</summary>
public sealed record RemoveSetOptions
{
    /// <summary>Whether a set goes that has the name of a run of which nothing is on this computer.</summary>
    public bool Force { get; init; }

    /// <summary>Whether nothing is to be done, only planned.</summary>
    public bool IsPreview { get; init; }
}
