using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Runs;

/// <summary>What the journal says of deletions one by one: who is gone, whom Alma refused, and who is left.</summary>
internal sealed class Deletions
{
    private readonly HashSet<string> _gone = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _refused = new(StringComparer.OrdinalIgnoreCase);

    private Deletions(PurgeRun run)
    {
        foreach ((JournalLine intent, JournalLine outcome) in run.Journal.Settled(JournalActions.DeleteUser))
        {
            string id = (string)intent.Data!["id"]!;
            if (outcome.Result == JournalResults.Done)
            {
                _gone.Add(id);
            }
            else if (outcome.Result == JournalResults.Refused && (string?)outcome.Data?["code"] == AlmaCodes.UserNotDeleted)
            {
                // Alma's word on this patron. Other refusals, such as a daily limit, say nothing of the patron.
                string? words = (string?)outcome.Data["message"];
                _refused[id] = string.IsNullOrWhiteSpace(words) ? $"refused with {AlmaCodes.UserNotDeleted}" : words;
            }
        }
    }

    /// <summary>Patrons whom Alma refused to delete, with its words.</summary>
    public IReadOnlyDictionary<string, string> Refused => _refused;

    /// <summary>Reads the journal.</summary>
    public static Deletions Of(PurgeRun run) => new(run);

    /// <summary>
    /// The patrons still to be purged, in the order of the import: those who remain, without those whom an earlier
    /// attempt has deleted or was refused.
    /// </summary>
    public static IReadOnlyList<string> Left(PurgeRun run)
    {
        if (run.Document.Purge is null)
        {
            return run.Patrons.RemainingIds();
        }

        Deletions deletions = Of(run);
        return [.. run.Patrons.RemainingIds().Where(id => !deletions._gone.Contains(id) && !deletions._refused.ContainsKey(id))];
    }
}
