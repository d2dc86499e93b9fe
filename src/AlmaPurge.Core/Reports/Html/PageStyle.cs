namespace AlmaPurge.Core.Reports.Html;

/// <summary>How a page looks on a screen and on paper. Needs nothing from outside of the page.</summary>
internal static class PageStyle
{
    /// <summary>Nothing is loaded and nothing runs, whatever may stand in the page.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>The style sheet; has no character that HTML or XML would have to escape.</summary>
    public const string Css = """

        body { font: 16px/1.5 system-ui, "Segoe UI", Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; padding: 0 1rem; max-width: 75rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; }
        h2 { font-size: 1.3rem; margin-top: 2.2rem; border-bottom: 1px solid #767676; }
        .summary { font-size: 1.15rem; border-left: .3rem solid #1a1a1a; padding-left: 1rem; }
        .caution { border: 2px solid #8c1d18; padding: .5rem 1rem; }
        table { border-collapse: collapse; margin: 1rem 0; }
        caption { text-align: left; font-weight: bold; padding: .3rem 0; }
        th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; max-width: 42em; unicode-bidi: isolate; }
        thead th { background: #efefef; }
        tbody th { font-weight: normal; }
        td.number { text-align: right; font-variant-numeric: tabular-nums; }
        @media print {
          body { font-size: 10pt; margin: 0; padding: 0; max-width: none; }
          nav { display: none; }
          h2 { break-after: avoid; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
        }

        """;
}
