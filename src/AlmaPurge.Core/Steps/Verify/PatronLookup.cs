using System.Collections.Concurrent;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;

namespace AlmaPurge.Core.Steps;

/// <summary>Looks one patron up after the purge.</summary>
internal sealed class PatronLookup
{
    private const string DeletedStatus = "DELETED";

    private readonly PurgeRun _run;
    private readonly IAlmaReader _reader;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _refusals;
    private readonly Lazy<IReadOnlySet<string>> _waiting;
    private readonly ConcurrentDictionary<string, bool> _stillMarked = new(StringComparer.OrdinalIgnoreCase);

    public PatronLookup(PurgeRun run, AlmaSession session)
    {
        _run = run;
        _reader = session.Reader;
        _waiting = new Lazy<IReadOnlySet<string>>(() => Waiting(run));
        _refusals = new Lazy<IReadOnlyDictionary<string, string>>(() => Deletions.Of(run).Refused);
    }

    /// <summary>Whether a patron who was looked up is still there and still has something of the marking.</summary>
    public bool IsStillMarked(string id) => _stillMarked.ContainsKey(id);

    /// <summary>What became of the patron. Whatever cannot be told is Unknown.</summary>
    public async Task<AlmaPurgeResult> LookAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return Judge(id, await _reader.GetUserAsync(id, false, cancellationToken).ConfigureAwait(false));
        }
        catch (AlmaApiException e) when (e.Kind is not (
            AlmaErrorKind.DailyLimit or AlmaErrorKind.Unauthorized or AlmaErrorKind.Forbidden))
        {
            return Result(id, AlmaPurgeStatus.Unknown, $"Alma did not answer for this patron ({e.Kind} {e.AlmaCode})");
        }
    }

    private AlmaPurgeResult Judge(string id, AlmaUserRecord? user)
    {
        if (user is null)
        {
            return Result(id, AlmaPurgeStatus.Purged, "Alma no longer knows the user");
        }

        if (!user.PrimaryId.IsKnown)
        {
            return Result(id, AlmaPurgeStatus.Unknown, "Alma's answer has no primary identifier");
        }

        if (!user.PrimaryId.Value.Trim().Equals(id, StringComparison.OrdinalIgnoreCase))
        {
            // The id now leads to somebody else's barcode, so nobody has it as primary identifier any more.
            return Result(id, AlmaPurgeStatus.Purged, "Alma no longer knows the user; the id is another user's identifier");
        }

        if (user.Status is { IsKnown: true } status && status.Value.Equals(DeletedStatus, StringComparison.OrdinalIgnoreCase))
        {
            return Result(id, AlmaPurgeStatus.Purged, "status is Deleted");
        }

        return PatronIdentity.IsNamesake(_run, user, id)
            ? Result(id, AlmaPurgeStatus.Recreated, FormattableString.Invariant($"purged, and created anew on {user.CreationDate.Value:yyyy-MM-dd}"))
            : Result(id, AlmaPurgeStatus.Kept, (_waiting.Value.Contains(id) ? "not purged yet" : "kept by Alma") + Refusal(id) + StillMarked(user, id));
    }

    // Deletions that were cut short have not come to these yet.
    private static IReadOnlySet<string> Waiting(PurgeRun run) => new HashSet<string>(
        run.Document.Purge is { IsCutShort: true, Status: not PurgeStatus.Incomplete } ? Deletions.Left(run) : [],
        StringComparer.OrdinalIgnoreCase);

    private string Refusal(string id) => _refusals.Value.TryGetValue(id, out string? why) ? $": {why}" : "";

    private string StillMarked(AlmaUserRecord user, string id)
    {
        MarkEntry mark = _run.Document.Mark!;
        if (!PatronRestoration.IsMarked(_run, user, id))
        {
            return "; no longer marked";
        }

        _stillMarked[id] = true;
        return FormattableString.Invariant($"; still marked (group {mark.PurgeGroup ?? "own"}, purge date {mark.PurgeDate:yyyy-MM-dd}), so a later purge would take the patron");
    }

    private AlmaPurgeResult Result(string id, AlmaPurgeStatus status, string detail) =>
        new(_run.RunId, id, status, null, detail);
}
