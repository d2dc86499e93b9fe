using AlmaPurge.Core.Rules;
using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>Writes the report of a run as one page that needs nothing else.</summary>
internal static class ReportPage
{
    private static readonly (string Id, string Heading)[] s_parts =
    [
        ("unsettled", "What is not settled"), ("who", "Who did what, and when"), ("agreed", "Who agreed to the purge"),
        ("criteria", "What was asked for"), ("inputs", "What was read"), ("changes", "What was changed in Alma"),
        ("numbers", "Numbers"), ("kept", "Who was kept, and why"), ("patrons", "Each patron"), ("record", "The record behind this report"),
    ];

    public static void Write(Stream stream, ReportContents contents, CancellationToken cancellationToken)
    {
        using HtmlPage page = new(stream, $"Purge run {contents.RunId}");
        page.Element("header", () =>
        {
            page.Element("h1", $"{(contents.IsPreview ? "Preview of a purge" : "Report of a purge")}: {contents.RunId}");
            page.Element("p", ReportSummary.Of(contents), ("class", contents.Damage.Count > 0 ? "summary caution" : "summary"));
            page.Paragraph($"Written on {Time(contents.WrittenAt)} by {contents.WrittenBy.Operator} with {With(contents.WrittenBy)}. State of the run: {contents.State}. Next step: {contents.NextStep}.");
        });
        page.Element("nav", () => page.Element("ul", () =>
        {
            foreach ((string id, string heading) in s_parts)
            {
                page.Element("li", () => page.Element("a", heading, ("href", "#" + id)));
            }
        }), ("aria-label", "Parts of this report"));
        page.Element("main", () => WriteParts(page, contents, cancellationToken));
    }

    private static void WriteParts(HtmlPage page, ReportContents contents, CancellationToken cancellationToken)
    {
        page.Section("unsettled", "What is not settled", () => WriteUnsettled(page, contents));
        ReportPeople.Write(page, contents);
        page.Section("criteria", "What was asked for", () => WriteCriteria(page, contents));
        page.Section("inputs", "What was read", () => ReportInputs.Write(page, contents));
        page.Section("changes", "What was changed in Alma", () => ReportChanges.Write(page, contents));
        ReportNumbers.Write(page, contents);
        page.Section("kept", "Who was kept, and why", () => WriteKept(page, contents));
        page.Section("patrons", "Each patron", () => WritePatrons(page, contents, cancellationToken));
        page.Section("record", "The record behind this report", () => ReportRecord.Write(page, contents));
    }

    private static void WriteUnsettled(HtmlPage page, ReportContents contents)
    {
        IReadOnlyList<string> points = ReportUnsettled.Of(contents);
        if (points.Count == 0)
        {
            page.Paragraph(contents.IsPreview ? "A preview leaves nothing behind." : "Nothing.");
        }

        page.List(points);
    }

    private static void WriteCriteria(HtmlPage page, ReportContents contents)
    {
        if (contents.Document is not { } document)
        {
            page.Paragraph("The criteria cannot be read.");
            return;
        }

        PurgeCriteria criteria = document.Criteria;
        page.Table("Criteria of the run, with all that was released from the rules", ["What", HtmlPage.Value],
        [
            ["Institution", document.Institution ?? "not known yet"],
            ["Environment", document.EnvironmentType?.ToString() ?? "not known yet"],
            .. ReviewCriteria.Of(criteria).Select(l => new[] { l.What, l.Value }),
            ["Most patrons that may be purged", document.MaximumCount is { } most ? Number(most) : "not stated yet"],
        ]);
        if (criteria.DeleteUserPolicy is { } policy)
        {
            page.Paragraph($"The Delete User Policy \"{DeleteUserPolicies.Label(policy)}\" is what people have stated, since no API of Alma tells it: {DeleteUserPolicies.Effect(policy)}.");
        }
    }

    private static void WriteKept(HtmlPage page, ReportContents contents)
    {
        if (contents.Patrons is not { } patrons)
        {
            page.Paragraph("The exclusions cannot be read.");
            return;
        }

        IReadOnlyList<AlmaPurgeExclusion> exclusions = patrons.Exclusions();
        if (exclusions.Count == 0)
        {
            page.Paragraph("No rule has kept anybody.");
        }

        page.Table(
            "By rule: how often it was the first to fire, and how often it fired at all",
            ["Rule", "Whom it keeps", "First", "In all"],
            RuleBook.All
                .Select(rule => (Rule: rule, All: exclusions.Count(e => e.Rules.Contains(rule.Name)), First: exclusions.Count(e => e.Rule == rule.Name)))
                .Where(r => r.All > 0)
                .Select(r => new[] { r.Rule.Name, r.Rule.Sentence, Number(r.First), Number(r.All) }));
    }

    private static void WritePatrons(HtmlPage page, ReportContents contents, CancellationToken cancellationToken)
    {
        if (!contents.ListsPatrons)
        {
            page.Paragraph("Patrons are left out of this report. The run folder has them.");
            return;
        }

        if (contents.Patrons is not { } patrons)
        {
            page.Paragraph("The patrons cannot be read.");
            return;
        }

        if (contents.Document?.Criteria.Pseudonymize == true)
        {
            page.Paragraph("Tokens stand in place of primary identifiers; the run's file pseudonyms.csv, which can be deleted, says whom they mean.");
        }

        page.Table(
            $"Each of {Patrons(patrons.Count)}, in the order of the import",
            ["Primary identifier", "Outcome", "Rules", "Why"],
            PatronAccount.Of(contents).Select(line =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return new[] { line.PrimaryId, line.Outcome, line.Rules, line.Why };
            }));
    }
}
