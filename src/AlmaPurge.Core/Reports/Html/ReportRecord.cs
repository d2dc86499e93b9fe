using AlmaPurge.Core.Runs;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>The part of the page that says how far the report can be relied upon, and how to check it.</summary>
internal static class ReportRecord
{
    public static void Write(HtmlPage page, ReportContents contents)
    {
        if (contents.IsPreview)
        {
            page.Paragraph("A preview lives in memory only, and this page is all that is left of it.");
            return;
        }

        page.Paragraph(Chain(contents));
        if (contents.Damage.Count > 0)
        {
            page.Paragraph("What is wrong with the record:");
            page.List(contents.Damage);
        }

        page.Table("Files of the run folder when this was written", ["File", "Bytes", "SHA-256"],
            contents.Files.Select(f => new[] { f.Name, Number(f.Length), f.Sha256 }));
        page.Paragraph("The chain shows that no line of the journal but the last was changed, removed or put in since it was written; a line that was cut off at the end, and the other files, it does not cover. Whoever may write the folder could build all of it anew: the hashes on this page, kept where they cannot be changed, tell.");
        if (contents.Document is { } document)
        {
            page.List(Keeping(document));
        }
    }

    private static string Chain(ReportContents contents) => contents.Journal switch
    {
        null => "There is no journal.",
        { DamagedLine: { } line } journal =>
            $"The journal's chain of hashes is broken at line {Number(line)}: this line, or the one before it, was changed, removed or put in. Only the {Number(journal.Lines.Count)} lines before it were used.",
        { } journal =>
            $"The journal's chain of hashes is whole: {Number(journal.Lines.Count)} lines. SHA-256 of the last: {journal.LastHash}.{(journal.HalfLineStart is null ? "" : " A line behind it was cut off while it was written; nothing was sent on it.")}",
    };

    private static List<string> Keeping(RunDocument document) =>
    [
        document.RetainUntil is { } day ? $"The run is to be kept until {Day(day)}, that day included." : "No day is set until which the run is to be kept.",
        document.NoArchive == true ? "No copy of what was read is in the run folder." : "A copy of the columns that were read is in the run folder (inputs).",
        document.Criteria.Pseudonymize
            ? "The run has pseudonyms: no patron is named in its files, nor here. Accounts of staff who worked on it are named."
            : "Patrons stand in the record by their primary identifiers; names, addresses and birth dates are nowhere in it.",
    ];
}
