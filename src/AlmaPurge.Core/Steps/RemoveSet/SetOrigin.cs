using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Tells which run on this computer has made a set, or taken it up.</summary>
internal static class SetOrigin
{
    /// <summary>The run; null if none here has.</summary>
    /// <param name="store">The runs.</param>
    /// <param name="set">The set.</param>
    /// <param name="connection">Where the set is.</param>
    /// <exception cref="AlmaPurgeException">A run that speaks of the set is damaged, so it cannot be asked.</exception>
    public static PurgeRun? Find(RunStore store, AlmaSetRecord set, AlmaConnection connection)
    {
        IEnumerable<string> folders = SetOwners.Folders(store.Root, set, connection.Institution, connection.EnvironmentType);
        foreach (string folder in folders.Concat(Named(store, set, connection)).Distinct(StringComparer.Ordinal))
        {
            AlmaPurgeRun model = store.Find(folder);
            if (model.Run is not PurgeRun run)
            {
                throw RemoveSetErrors.OwnerUnreadable(set, model);
            }

            if (Has(run, set))
            {
                return run;
            }
        }

        return null;
    }

    // The answer to the creation may be lost, so that only the name in the journal's intent speaks of the set.
    private static IEnumerable<string> Named(RunStore store, AlmaSetRecord set, AlmaConnection connection) =>
        SetNames.RunIdOf(set.Name) is { } runId
        && Path.Combine(store.Root, runId) is { } folder
        && new RunFolder(folder).Has(RunFolder.DocumentName)
        && SetOwners.IsHere(folder, connection.Institution, connection.EnvironmentType)
            ? [folder]
            : [];

    private static bool Has(PurgeRun run, AlmaSetRecord set) =>
        run.Document.Set?.SetId == set.Id
        || new[] { JournalActions.CreateSet, UndoActions.CreateSet }
            .SelectMany(run.Journal.Settled)
            .Any(pair => (string?)pair.Outcome.Data?["setId"] == set.Id)
        || run.Journal.Unsettled().Any(intent => PatronIdentity.Same((string?)intent.Data?["name"] ?? "", set.Name));
}
