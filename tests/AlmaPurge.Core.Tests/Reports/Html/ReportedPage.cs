using AlmaPurge.Core.Runs;
using AlmaPurge.Core.Steps;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AlmaPurge.Core.Tests.Reports.Html;

/// <summary>The report of a run as a browser understands it.</summary>
internal sealed class ReportedPage
{
    private ReportedPage(string text)
    {
        Text = text;
        Document = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(text);
    }

    public string Text { get; }

    public IHtmlDocument Document { get; }

    public string Summary => Document.QuerySelector("p.summary")!.TextContent;

    public string[] Unsettled => [.. Document.GetElementById("unsettled")!.ParentElement!.QuerySelectorAll("li").Select(li => li.TextContent)];

    /// <summary>Writes the report into the run folder and reads it.</summary>
    public static ReportedPage Of(PurgeRun run, bool noPatronList = false) => Of(run.ToModel(), noPatronList);

    public static ReportedPage Of(AlmaPurgeRun run, bool noPatronList = false)
    {
        using TestFolder folder = new();
        string path = Path.Combine(folder.Path, "page.html");
        new ExportReportStep(run, new ExportReportOptions { Path = path, NoPatronList = noPatronList }).Write(default);
        return new ReportedPage(File.ReadAllText(path));
    }

    /// <summary>The rows of the table whose caption begins so, without the headings; none if there is no such table.</summary>
    public string[][] Table(string caption) => Document.QuerySelectorAll("table")
        .Where(t => t.QuerySelector("caption")!.TextContent.StartsWith(caption, StringComparison.Ordinal))
        .SelectMany(t => t.QuerySelectorAll("tbody tr"))
        .Select(r => r.Children.Select(c => c.TextContent).ToArray())
        .ToArray();

    public string[][] Patrons => Table("Each of");

    /// <summary>What stands beside a heading in any table.</summary>
    public string Beside(string heading) => Document.QuerySelectorAll("tbody tr")
        .Where(r => r.Children.Length == 2)
        .Single(r => r.Children[0].TextContent == heading)
        .Children[1].TextContent;

    public string Part(string id) => Document.GetElementById(id)!.ParentElement!.TextContent;
}
