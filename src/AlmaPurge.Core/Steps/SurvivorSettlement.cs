using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Settles patrons of the run who are to stay although they were marked: takes them out of the set and gives back
/// group and purge date, each read back. A marked survivor would be taken by the next purge of that group.
/// </summary>
internal sealed class SurvivorSettlement
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IAlmaWriter _writer;
    private readonly IStepReporter _reporter;
    private readonly PatronRestoration _restoration;

    public SurvivorSettlement(PurgeRun run, AlmaSession session, IAlmaWriter writer, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _writer = writer;
        _reporter = reporter;
        _restoration = new PatronRestoration(run, session, writer);
    }

    /// <summary>Settles these patrons.</summary>
    /// <exception cref="AlmaPurgeException">Somebody could not be settled; no purge may start.</exception>
    public async Task SettleAsync(IReadOnlyCollection<string> primaryIds, CancellationToken cancellationToken)
    {
        if (primaryIds.Count == 0)
        {
            return;
        }

        // Whoever is still in the set is found there again if this is cut short, so leaving it comes last.
        foreach (string id in primaryIds)
        {
            await RestoreAsync(id, cancellationToken).ConfigureAwait(false);
        }

        await RemoveFromSetAsync(primaryIds, cancellationToken).ConfigureAwait(false);
        _reporter.Warn(FormattableString.Invariant(
            $"{primaryIds.Count} patron(s) who stay were taken out of the set and given back group and purge date."));
    }

    private async Task RemoveFromSetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        SetEntry set = _run.Document.Set!;
        HashSet<string> members =
            await SetReading.MembersAsync(_session.Reader, set.SetId, cancellationToken).ConfigureAwait(false);
        string[] leaving = [.. ids.Where(members.Contains)];
        if (leaving.Length > 0)
        {
            await new SetWriter(_run, _session, _writer, StepNames.Purge)
                .RemoveAsync(set.SetId, leaving, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task RestoreAsync(string id, CancellationToken cancellationToken)
    {
        if (_run.Document.Mark is null)
        {
            return;
        }

        RestorationOutcome outcome = await _restoration.RestoreAsync(id, cancellationToken).ConfigureAwait(false);
        if (outcome.Status == AlmaUndoStatus.Failed)
        {
            throw NotRestored(id, outcome);
        }
    }

    private static AlmaPurgeException NotRestored(string id, RestorationOutcome outcome) => new(
        "PatronNotRestored",
        AlmaPurgeErrorKind.SafetyStop,
        $"'{id}' is to stay, but could not be given back user group and purge date ({outcome.Detail}), so the step goes no further.",
        "Correct the user in Alma by hand, then repeat the step.",
        id,
        outcome.Cause);
}
