using AlmaPurge.Core.Runs;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>The parts of the page that say who did what, and who agreed to what.</summary>
internal static class ReportPeople
{
    private const string Approved = "PurgeApproved";

    private static readonly Dictionary<string, string> s_notes = new()
    {
        [Approved] = "Agreed to the purge",
        ["HandedOver"] = "Handed the purge over to staff",
        ["HandoffWithdrawn"] = "Took the handover back, saying that it was not run",
        ["CandidatesExported"] = "Handed out the file for a set built by hand",
        ["SetTakenUp"] = "Took up a set that staff built by hand",
    };

    public static void Write(HtmlPage page, ReportContents contents)
    {
        page.Section("who", "Who did what, and when", () => WriteSteps(page, contents));
        page.Section("agreed", "Who agreed to the purge", () => WriteAgreed(page, contents));
    }

    private static void WriteSteps(HtmlPage page, ReportContents contents)
    {
        if (contents.Document is not { } document)
        {
            page.Paragraph("The steps cannot be read.");
            return;
        }

        page.Table("Accounts of the computers, as account@computer", ["Step", "Cmdlet", "Began", "Ended", "By", "With"],
        [
            ["Run made", "", Time(document.CreatedAt), "", By(document.MadeBy?.Operator), With(document.MadeBy)],
            .. document.Steps.Select(s => new[]
            {
                s.Step, StepNames.CmdletOf(s.Step), Time(s.BegunAt), s.EndedAt is { } end ? Time(end) : "did not end", By(s.By.Operator), With(s.By),
            }),
        ]);
        if (document.MadeBy is null || document.Steps.Count == 0)
        {
            page.Paragraph("Versions of AlmaPurge before this one did not record who made a run and its steps.");
        }

        page.Table(
            "Reviews",
            ["Review", "Written", "Patrons who would go", "Read back"],
            document.Reviews.Select(r => new[] { Number(r.Number), Time(r.WrittenAt), Number(r.Count), r.ReadAt is { } read ? Time(read) : "never" }));
    }

    private static void WriteAgreed(HtmlPage page, ReportContents contents)
    {
        JournalLine[] notes = [.. (contents.Journal?.Lines ?? []).Where(l => s_notes.ContainsKey(l.Action))];
        if (contents.IsPreview)
        {
            page.Paragraph("A preview is agreed to by nobody.");
            return;
        }

        if (!Array.Exists(notes, n => n.Action == Approved))
        {
            page.Paragraph("The journal has nobody who agreed to a purge.");
        }

        page.Table("Agreed to and handed out, by the journal", ["What", "When", "By", "Journal line"],
            notes.Select(n => new[] { s_notes[n.Action], Time(n.Time), By(n.Operator), Number(n.Number) }));
        foreach (JournalLine approval in notes.Where(n => n.Action == Approved))
        {
            page.Paragraph($"To this they said yes, line {Number(approval.Number)}, with the Delete User Policy {(string?)approval.Data?["policy"] ?? "not stated"}:");
            page.Element("blockquote", (string?)approval.Data?["sentence"] ?? "not recorded");
        }
    }
}
