using AlmaPurge.Core.Runs;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>What a person still has to see to before the run can count as done.</summary>
internal static class ReportUnsettled
{
    public static IReadOnlyList<string> Of(ReportContents contents)
    {
        List<string> points = [.. contents.Damage];
        if (contents.IsPreview)
        {
            return points;
        }

        points.AddRange(contents.UnfinishedSteps.Select(
            s => $"The step {s} ({StepNames.CmdletOf(s)}) began and never came to its end."));
        points.AddRange(contents.OpenIntents
            .GroupBy(l => l.Action)
            .Select(g => $"{g.Key}: of {Number(g.Count())} request(s) to Alma it is not known what came of them (from line {Number(g.First().Number)} of the journal on). The next step of the run looks."));
        if (contents.Document is { } document)
        {
            points.AddRange(OfPurge(contents, document));
            points.AddRange(OfResults(contents, document));
        }

        return points;
    }

    private static IEnumerable<string> OfPurge(ReportContents contents, RunDocument document)
    {
        if (document.Purge is { IsHandedOver: true, ValidUntil: { } until })
        {
            yield return $"The purge is in the hands of staff, who may run it until {Time(until)}.";
        }
        else if (document.Purge is { IsWithdrawn: false } && !contents.IsVerified)
        {
            yield return "Nobody has looked up what became of the patrons since the purge was started (Confirm-AlmaPurge).";
        }
        else if (document.Mark is not null && document.UndoneAt is null && document.Purge is null)
        {
            yield return "Patrons are marked in Alma: until the marking is taken back (Undo-AlmaPurgeDate), any purge of their group may take them.";
        }

        int[] unread = [.. document.Reviews.Where(r => r.ReadAt is null).Select(r => r.Number)];
        if (unread.Length > 0)
        {
            yield return $"Review {string.Join(", ", unread.Select(n => Number(n)))} was never read back, so vetoes in it have kept nobody.";
        }
    }

    private static IEnumerable<string> OfResults(ReportContents contents, RunDocument document)
    {
        if (!contents.IsVerified)
        {
            yield break;
        }

        if (document.StillMarkedCount > 0)
        {
            yield return $"{PatronsWere(document.StillMarkedCount)} still in Alma and still marked at the verification, so a later purge may take them (Undo-AlmaPurgeDate).";
        }

        int unknown = contents.Results.Count(r => r.Status == AlmaPurgeStatus.Unknown);
        if (unknown > 0)
        {
            yield return $"What became of {Patrons(unknown)} could not be told: a person has to look.";
        }

        int lost = contents.Results.Count(r => r.Status == AlmaPurgeStatus.Purged && r.Rule is not null);
        if (lost > 0)
        {
            yield return $"{PatronsWere(lost)} to be kept and gone from Alma all the same.";
        }

        foreach (string difference in ReportNumbers.Differences(contents))
        {
            yield return difference;
        }
    }
}
