using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>The numbers that Alma has reported beside those that were looked up.</summary>
internal static class ReportNumbers
{
    /// <summary>The part of the page with them.</summary>
    public static void Write(HtmlPage page, ReportContents contents) => page.Section("numbers", "Numbers", () =>
    {
        page.Table("What became of the patrons", ["Outcome", "Patrons"], Outcomes(contents));
        if (contents.IsVerified)
        {
            page.Paragraph("Purged: looked up after the purge and no longer in Alma. Kept: still in Alma, or never given to the purge; whoever was kept only after the marking was looked up as well. Recreated: purged, and created anew since. Unknown: Alma did not tell.");
        }

        page.Table("As Alma reported", ["Job", "Counter", "Number"], Reported(contents));
        page.Table(
            "Purge, side by side",
            ["What", "Patrons"],
            contents is { IsPreview: false, Document.Purge: { } purge } ? Beside(contents, purge) : []);
    });

    /// <summary>What does not come out even.</summary>
    public static IEnumerable<string> Differences(ReportContents contents)
    {
        if (contents.Document?.Purge is not { } purge)
        {
            yield break;
        }

        long gone = Gone(contents);
        if (Reckoning.PurgedBy(purge.Counters ?? []) is { } counter && counter.Number != gone)
        {
            yield return $"Alma's job counts {Number(counter.Number)} ('{counter.Name}'), but {Patrons(gone)} of the run are gone.";
        }

        long there = contents.Results.LongCount(r => r.Status is AlmaPurgeStatus.Kept or AlmaPurgeStatus.Unknown && r.Rule is null);
        if (gone + there != purge.PatronCount)
        {
            yield return $"The purge was started for {Patrons(purge.PatronCount)}, but {Number(gone)} are gone and {Number(there)} of the user set are still there.";
        }
    }

    private static IEnumerable<string?[]> Outcomes(ReportContents contents) => PatronAccount.Of(contents)
        .GroupBy(l => l.Outcome)
        .Select(g => new[] { g.Key, Number(g.LongCount()) });

    private static IEnumerable<string?[]> Reported(ReportContents contents)
    {
        MarkEntry? mark = contents.Document?.Mark;
        PurgeEntry? purge = contents.Document?.Purge;
        return
        [
            .. (mark?.Counters ?? []).Select(c => new[] { $"Marking, {mark!.JobId} run {mark.InstanceId}", c.Name, Number(c.Number) }),
            .. (purge?.Counters ?? []).Select(c => new[] { $"Purge, {purge!.JobId} run {purge.InstanceId}", c.Name, Number(c.Number) }),
            .. purge?.Route == AlmaPurgeRoute.UserDelete ? Deletions(contents) : [],
        ];
    }

    private static IEnumerable<string?[]> Deletions(ReportContents contents) => (contents.Journal?.Lines ?? [])
        .Where(l => l.Action == JournalActions.DeleteUser && l.Of is not null)
        .GroupBy(l => l.Of!.Value)
        .GroupBy(g => g.Last().Result)
        .Select(g => new[] { "Deletions one by one", $"answered: {g.Key}", Number(g.LongCount()) });

    private static IEnumerable<string?[]> Beside(ReportContents contents, PurgeEntry purge)
    {
        yield return ["Started for", Number(purge.PatronCount)];
        if (Reckoning.PurgedBy(purge.Counters ?? []) is { } counter)
        {
            yield return [$"Alma's job counts ('{counter.Name}')", Number(counter.Number)];
        }

        yield return ["Looked up and gone", contents.IsVerified ? Number(Gone(contents)) : "not looked up"];
    }

    private static long Gone(ReportContents contents) =>
        contents.Results.LongCount(r => r.Status is AlmaPurgeStatus.Purged or AlmaPurgeStatus.Recreated);
}
