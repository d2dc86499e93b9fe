using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Steps;

/// <summary>Looks what came of changes to single patrons whose answers were lost.</summary>
internal sealed class LostPatronChanges
{
    private readonly PurgeRun _run;
    private readonly IAlmaReader _reader;

    public LostPatronChanges(PurgeRun run, IAlmaReader reader)
    {
        _run = run;
        _reader = reader;
    }

    /// <summary>Whether the patron is gone: not found, another user or a later namesake, or status Deleted.</summary>
    public async Task<JObject> LookAtDeletionAsync(JObject data, CancellationToken cancellationToken)
    {
        string id = (string)data["id"]!;
        AlmaUserRecord? user = await _reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        return Result(PatronIdentity.IsGone(user, id) || PatronIdentity.IsNamesake(_run, user!, id));
    }

    /// <summary>Whether the patron has nothing of the marking any more.</summary>
    public async Task<JObject> LookAtRestorationAsync(JObject data, CancellationToken cancellationToken)
    {
        string id = (string)data["id"]!;
        AlmaUserRecord? user = await _reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false);
        bool isDone = PatronIdentity.IsGone(user, id) || !PatronRestoration.IsMarked(_run, user!, id);
        return Result(isDone);
    }

    private static JObject Result(bool isDone) =>
        new() { ["result"] = isDone ? JournalResults.Done : JournalResults.NotDone };
}
