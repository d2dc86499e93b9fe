using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Settles what an earlier process left open in the journal: intents of which nobody knows what came. Each is looked
/// up in Alma and given its outcome; nothing is sent again. Jobs that were started and not taken down in run.json are
/// taken over from the journal.
/// </summary>
internal sealed class LostOutcomes
{
    private readonly PurgeRun _run;
    private readonly AlmaSession _session;
    private readonly IStepReporter _reporter;
    private readonly LostPatronChanges _patrons;

    public LostOutcomes(PurgeRun run, AlmaSession session, IStepReporter reporter)
    {
        _run = run;
        _session = session;
        _reporter = reporter;
        _patrons = new LostPatronChanges(run, session.Reader);
    }

    /// <summary>Settles everything.</summary>
    /// <exception cref="AlmaPurgeException">Alma cannot tell yet; the message says what a person should look at.</exception>
    /// <exception cref="AlmaApiException">Alma could not be asked.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<JournalLine> lost = _run.Journal.Unsettled();
        if (lost.Count > 0)
        {
            using StepScope hold = _run.Hold();
            foreach (JournalLine intent in lost)
            {
                await SettleAsync(intent, cancellationToken).ConfigureAwait(false);
            }
        }

        StartedJobs.TakeOver(_run);
        DeletedSets.TakeOver(_run);
    }

    private async Task SettleAsync(JournalLine intent, CancellationToken cancellationToken)
    {
        JObject data = intent.Data ?? [];
        JObject found = intent.Action switch
        {
            JournalActions.CreateSet => await FindSetAsync(intent, data, cancellationToken).ConfigureAwait(false),
            JournalActions.RunMarkingJob or JournalActions.RunPurgeJob or UndoActions.RunJob =>
                await FindJobAsync(intent, data, cancellationToken).ConfigureAwait(false),
            UndoActions.CreateSet => await FindSetAsync(intent, data, cancellationToken).ConfigureAwait(false),
            JournalActions.AddMembers or JournalActions.RemoveMembers or UndoActions.AddMembers =>
                await LookAtMembersAsync(intent, data, cancellationToken).ConfigureAwait(false),
            UndoActions.DeleteSet or JournalActions.DeleteSet => await LookForSetAsync(data, cancellationToken).ConfigureAwait(false),
            JournalActions.DeleteUser => await _patrons.LookAtDeletionAsync(data, cancellationToken).ConfigureAwait(false),
            JournalActions.RestoreUser => await _patrons.LookAtRestorationAsync(data, cancellationToken).ConfigureAwait(false),
            _ => throw new AlmaPurgeException(
                "JournalNotUnderstood",
                AlmaPurgeErrorKind.InvalidData,
                $"Line {intent.Number} of the journal of {_run.RunId} began '{intent.Action}', which this version does not know.",
                "Go on with the version of AlmaPurge that began it.",
                _run.RunId),
        };
        string result = (string)found["result"]!;
        found.Remove("result");
        found["settledByLooking"] = true;
        _run.Journal.Conclude(intent.Number, intent.Action, result, found);
        _reporter.Verbose($"What came of {intent.Action} (line {intent.Number} of the journal) was lost; Alma shows: {result}.");
    }

    private async Task<JObject> FindSetAsync(JournalLine intent, JObject data, CancellationToken cancellationToken)
    {
        string name = (string)data["name"]!;
        await foreach (AlmaSetRecord set in _session.Reader.FindSetsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            return new JObject { ["result"] = JournalResults.Done, ["setId"] = set.Id };
        }

        return HasArrived(intent) ? Nothing() : throw SetWriter.Unknown(name, Arrival(intent), null);
    }

    private async Task<JObject> LookForSetAsync(JObject data, CancellationToken cancellationToken)
    {
        bool isThere = await SetReading
            .ExistsAsync(_session.Reader, (string)data["setId"]!, cancellationToken)
            .ConfigureAwait(false);
        return isThere ? Nothing() : new JObject { ["result"] = JournalResults.Done };
    }

    private async Task<JObject> FindJobAsync(JournalLine intent, JObject data, CancellationToken cancellationToken)
    {
        string jobId = (string?)data["jobId"] ?? UpdateUsersJob.JobId;
        string jobName = (string)data["jobName"]!;
        string? instanceId = await new JobSearch(_session)
            .FindAsync(jobId, jobName, intent.Time, cancellationToken)
            .ConfigureAwait(false);
        if (instanceId is not null)
        {
            return new JObject { ["result"] = JournalResults.Done, ["jobId"] = jobId, ["instanceId"] = instanceId };
        }

        return HasArrived(intent) ? Nothing() : throw JobSearch.Unknown(jobId, jobName, Arrival(intent));
    }

    private async Task<JObject> LookAtMembersAsync(JournalLine intent, JObject data, CancellationToken cancellationToken)
    {
        string setId = (string)data["setId"]!;
        string[] ids = [.. data["ids"]!.Select(id => (string)id!)];
        bool isThere = await SetReading.ExistsAsync(_session.Reader, setId, cancellationToken).ConfigureAwait(false);
        HashSet<string> members = isThere
            ? await SetReading.MembersAsync(_session.Reader, setId, cancellationToken).ConfigureAwait(false)
            : [];
        int inSet = ids.Count(members.Contains);
        bool isDone = intent.Action == JournalActions.RemoveMembers ? inSet == 0 : inSet == ids.Length;
        return new JObject { ["result"] = isDone ? JournalResults.Done : JournalResults.NotDone, ["inSet"] = inSet };
    }

    // A request that left may still be under way, and a listing may be a moment behind. After this time it has either
    // left a trace or never arrived.
    private bool HasArrived(JournalLine intent) => _session.Time.GetUtcNow() >= Arrival(intent);

    private DateTimeOffset Arrival(JournalLine intent) => intent.Time + _session.Reader.Facts.ArrivalTime;

    private static JObject Nothing() => new() { ["result"] = JournalResults.NotDone };
}
