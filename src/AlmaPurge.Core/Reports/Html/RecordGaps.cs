using AlmaPurge.Core.Runs;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>
/// Where the record of a run does not fit together: whatever run.json says was done must be in the journal, too, which
/// was written first.
/// </summary>
internal static class RecordGaps
{
    public static IEnumerable<string> Of(ReportContents contents)
    {
        if (contents.Journal is { DamagedLine: { } line })
        {
            yield return $"Line {Number(line)} of {RunFolder.JournalName} is damaged, or was changed, or the line before it was.";
        }

        if (contents.Document is not { } document)
        {
            yield break;
        }

        foreach (string gap in contents.Journal is { } journal ? OfJournal(document, journal.Lines) : OfNone(document))
        {
            yield return gap;
        }

        if (document.VerifiedAt is not null && contents.Patrons is { } patrons && contents.Results.Count != patrons.Count)
        {
            yield return $"{RunFolder.ResultsName} tells of {Number(contents.Results.Count)} of {Patrons(patrons.Count)}, though each was looked up.";
        }
    }

    private static IEnumerable<string> OfNone(RunDocument document)
    {
        if (document.Set is not null || document.Mark is not null || document.Purge is not null)
        {
            yield return $"{RunFolder.JournalName} is not there, though the run has changed Alma.";
        }
    }

    private static IEnumerable<string> OfJournal(RunDocument document, IReadOnlyList<JournalLine> lines)
    {
        if (document.Set is { } set && !Has(lines, set.IsHandBuilt ? "SetTakenUp" : JournalActions.CreateSet, "setId", set.SetId))
        {
            yield return $"The journal does not say how the user set {set.SetId} came to be, which {RunFolder.DocumentName} has.";
        }

        if (document.Mark is { } mark && !Has(lines, JournalActions.RunMarkingJob, "instanceId", mark.InstanceId))
        {
            yield return $"The journal does not have the start of the marking job {mark.InstanceId}, which {RunFolder.DocumentName} has.";
        }

        if (document.Purge is not null && !lines.Any(l => l.Action == "PurgeApproved"))
        {
            yield return $"The journal has nobody who agreed to the purge, which {RunFolder.DocumentName} has as started.";
        }

        if (document.Purge is { InstanceId: { } instanceId } && !Has(lines, JournalActions.RunPurgeJob, "instanceId", instanceId))
        {
            yield return $"The journal does not have the start of the purge job {instanceId}, which {RunFolder.DocumentName} has.";
        }
    }

    private static bool Has(IReadOnlyList<JournalLine> lines, string action, string field, string value) =>
        lines.Any(l => l.Action == action && (string?)l.Data?[field] == value);
}
