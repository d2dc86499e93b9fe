using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>The part of the page that says what the run has changed in Alma.</summary>
internal static class ReportChanges
{
    private static readonly Dictionary<string, string> s_words = new()
    {
        [JournalActions.CreateSet] = "made the user set",
        [JournalActions.AddMembers] = "put patrons into it",
        [JournalActions.RemoveMembers] = "took patrons out of it",
        [JournalActions.DeleteSet] = "deleted a set of the run, and no patron",
        [JournalActions.RunMarkingJob] = "started the job that sets purge date and purge group",
        [JournalActions.RunPurgeJob] = "started the job that purges",
        [JournalActions.DeleteUser] = "deleted one patron",
        [JournalActions.RestoreUser] = "gave one patron group and purge date from before",
        [UndoActions.CreateSet] = "made a set of patrons who get theirs back",
        [UndoActions.AddMembers] = "put patrons into that",
        [UndoActions.RunJob] = "started the job that gives group and purge date back",
        [UndoActions.DeleteSet] = "deleted that set, and no patron",
    };

    public static void Write(HtmlPage page, ReportContents contents)
    {
        if (contents.Document is { } document)
        {
            page.Table(
                contents.IsPreview ? "What would be done; what has an id was done before the preview" : "Set, marking, purge",
                ["What", HtmlPage.Value],
                [.. Set(document.Set), .. Mark(document.Mark), .. Purge(document.Purge, contents.IsPreview), .. End(document)]);
            if (document.Set is null && document.Mark is null && document.Purge is null)
            {
                page.Paragraph("No set, no marking, no purge.");
            }
        }

        if (contents.IsPreview)
        {
            page.Paragraph("A preview changes nothing.");
            return;
        }

        page.Table(
            "Every change that was sent, by the journal",
            ["Change", "Sent", "Done", "Refused", "Not done", "Not known", "First", "Last", "By"],
            Sent(contents));
    }

    private static IEnumerable<string?[]> Set(SetEntry? set) => set is null ? [] :
    [
        ["User set", $"'{set.Name}', {(set.SetId.Length == 0 ? "not made" : $"id {set.SetId}")}"],
        ["Members of the set", Number(set.Count)],
        .. set.SetId.Length == 0 ? [] : new[] { new[] { "Set built", $"{Time(set.BuiltAt)}{(set.IsHandBuilt ? ", taken up: staff have built it by hand" : "")}" } },
        .. set.RemovedAt is { } removed ? new[] { new[] { "Set deleted, and none of its members", Time(removed) } } : [],
    ];

    private static IEnumerable<string?[]> Mark(MarkEntry? mark) => mark is null ? [] :
    [
        ["Purge date", Day(mark.PurgeDate)],
        ["Purge group", mark.PurgeGroup ?? "none: patrons keep their own group"],
        ["Marking job", Job(mark.JobId, mark.InstanceId)],
        .. mark.InstanceId.Length == 0 ? [] : new[] { new[] { "Marked", Time(mark.MarkedAt) } },
    ];

    private static IEnumerable<string?[]> Purge(PurgeEntry? purge, bool isPreview) => purge is null ? [] :
    [
        ["Route", $"{purge.Route}: {Words(purge.Route)}"],
        [isPreview ? "Purge would be for" : "Purge started for", Patrons(purge.PatronCount)],
        .. isPreview ? [] : Start(purge),
        ["Days after purge date", purge.DaysAfterPurgeDate is { } days ? Number(days) : "not stated"],
        ["Waive threshold", purge.WaiveThreshold?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) ?? "not stated"],
        .. purge.ValidUntil is { } until ? new[] { new[] { "Staff may run it until", Time(until) } } : [],
    ];

    private static IEnumerable<string?[]> Start(PurgeEntry purge) =>
    [
        ["Purge started", Time(purge.StartedAt)],
        ["Purge job", purge.JobId is { } id ? Job(id, purge.InstanceId ?? "") : "none"],
        ["Status", $"{purge.Status}{(purge.IsFinished ? "" : ", not known to have ended")}"],
    ];

    private static IEnumerable<string?[]> End(RunDocument document) =>
    [
        .. document.UndoneAt is { } undone ? new[] { new[] { "Marking taken back", Time(undone) } } : [],
        .. document.VerifiedAt is { } verified ? new[] { new[] { "Patrons looked up", Time(verified) } } : [],
    ];

    private static string Job(string jobId, string instanceId) =>
        $"{jobId}, {(instanceId.Length == 0 ? "not run" : $"run {instanceId}")}";

    private static string Words(AlmaPurgeRoute route) => route switch
    {
        AlmaPurgeRoute.SetJob => "Alma's job for the whole set",
        AlmaPurgeRoute.UserDelete => "one deletion for each patron",
        _ => "Alma's page Purge User Records, run by staff",
    };

    private static IEnumerable<string?[]> Sent(ReportContents contents)
    {
        IReadOnlyList<JournalLine> lines = contents.Journal?.Lines ?? [];
        ILookup<int, string?> results = lines.Where(l => l.Of is not null).ToLookup(l => l.Of!.Value, l => l.Result);
        foreach (IGrouping<string, JournalLine> action in lines.Where(l => l.Kind == "intent").GroupBy(l => l.Action))
        {
            string Count(string result) => Number(action.LongCount(i => Final(results[i.Number]) == result));
            yield return
            [
                s_words.TryGetValue(action.Key, out string? words) ? $"{action.Key}: {words}" : action.Key, Number(action.LongCount()), Count(JournalResults.Done), Count(JournalResults.Refused),
                Count(JournalResults.NotDone), Count(JournalResults.Unknown), Time(action.First().Time), Time(action.Last().Time),
                string.Join(", ", action.Select(i => By(i.Operator)).Distinct()),
            ];
        }
    }

    // A later outcome settles one that was not known.
    private static string Final(IEnumerable<string?> results) =>
        results.LastOrDefault(r => r != JournalResults.Unknown) ?? JournalResults.Unknown;
}
