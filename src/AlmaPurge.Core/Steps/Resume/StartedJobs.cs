using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Jobs of which the journal says that they were started, while run.json does not have them yet: the process ended
/// between the two.
/// </summary>
internal static class StartedJobs
{
    /// <summary>Takes them over into the run.</summary>
    public static void TakeOver(PurgeRun run)
    {
        if (run.Document.Mark is null && Find(run, JournalActions.RunMarkingJob) is { } marking)
        {
            run.Update(d => d with { Mark = MarkOf(marking.Intent, marking.InstanceId) });
        }

        if (run.Document.Purge is null && Find(run, JournalActions.RunPurgeJob) is { } purge)
        {
            run.Update(d => d with { Purge = PurgeOf(run, purge.Intent, purge.InstanceId) });
        }
    }

    private static (JournalLine Intent, string InstanceId)? Find(PurgeRun run, string action)
    {
        (JournalLine intent, JournalLine outcome) = run.Journal.Settled(action)
            .LastOrDefault(pair => pair.Outcome.Result == JournalResults.Done);
        return (string?)outcome?.Data?["instanceId"] is { } instanceId ? (intent, instanceId) : null;
    }

    private static MarkEntry MarkOf(JournalLine intent, string instanceId)
    {
        JObject data = intent.Data!;
        DateOnly date = DateOnly.ParseExact((string)data["purgeDate"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new MarkEntry(date, (string?)data["purgeGroup"], UpdateUsersJob.JobId, instanceId, intent.Time);
    }

    private static PurgeEntry PurgeOf(PurgeRun run, JournalLine intent, string instanceId)
    {
        JObject data = intent.Data!;
        int count = (int?)data["patronCount"] ?? run.Patrons.RemainingCount;
        return new PurgeEntry(
            AlmaPurgeRoute.SetJob, count, intent.Time, "QUEUED", false, (string)data["jobId"]!, instanceId)
        {
            DaysAfterPurgeDate = (int?)data["daysAfterPurgeDate"],
            WaiveThreshold = (decimal?)data["waiveThreshold"],
        };
    }
}
