using AlmaPurge.Core.Runs;
using static AlmaPurge.Core.Reports.Html.ReportText;

namespace AlmaPurge.Core.Reports.Html;

/// <summary>The part of the page that says what was read, by which anybody can tell whether a file is the one.</summary>
internal static class ReportInputs
{
    public static void Write(HtmlPage page, ReportContents contents)
    {
        if (contents.Document is not { } document)
        {
            page.Paragraph("The inputs cannot be read.");
            return;
        }

        if (document.Inputs.Count == 0)
        {
            page.Paragraph("Nothing was read yet.");
        }

        string hash = document.Criteria.Pseudonymize ? "SHA-256 (as token)" : "SHA-256";
        page.Table("Sources", ["Name", "Step", "Rows", hash, "From Alma"], document.Inputs.Select(i => new[]
        {
            i.Name, i.Step, Number(i.Rows), Hash(contents, i.Sha256), From(i),
        }));
        page.Table("Keep lists", ["Name", "Identifiers", hash], document.Criteria.KeepList.Sources.Select(s => new[]
        {
            s.Name, Number(s.Count), s.Sha256 ?? "none: no file",
        }));
        page.Table("Files handed out for a set built by hand", ["Name", "Written", "Patrons", hash], document.Exports.Select(e => new[]
        {
            e.Name, Time(e.WrittenAt), Number(e.Count), Hash(contents, e.Sha256),
        }));
    }

    private static string Hash(ReportContents contents, string? hash) =>
        hash is null ? "none: no file" : contents.Document!.Criteria.Pseudonymize ? contents.ShowId(hash) : hash;

    private static string From(RunInput input) => string.Join("; ", new[]
    {
        input.Report is { } report ? $"Analytics report {report}" : null,
        input.Filter is { } filter ? $"filter {filter}" : null,
        input.SetId is { } setId ? $"user set {setId}" : null,
    }.Where(t => t is not null));
}
