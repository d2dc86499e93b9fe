using System.Globalization;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Steps;

/// <summary>
/// Reads an Analytics report through the API, page by page, into a table that is judged like a file. It is the whole
/// report or an error: nobody is let through by a report that has broken off. Sends GET requests only.
/// </summary>
public sealed class ReportSource
{
    private const string Activity = "Reading the report";
    private const int MostReadings = 3;

    private readonly IAlmaReader _alma;
    private readonly IStepReporter _reporter;
    private readonly IReadOnlyList<KnownColumn> _columns;

    private ReportSource(IAlmaReader alma, IStepReporter reporter, IReadOnlyList<KnownColumn> columns)
    {
        _alma = alma;
        _reporter = reporter;
        _columns = columns;
    }

    /// <summary>For reports of patrons.</summary>
    public static ReportSource OfPatrons(IAlmaReader alma, IStepReporter reporter) =>
        new(alma, reporter, Import.ImportFile.Columns);

    /// <summary>For reports of fines.</summary>
    public static ReportSource OfFines(IAlmaReader alma, IStepReporter reporter) =>
        new(alma, reporter, Subtract.FinesFile.Columns);

    /// <summary>Reads reports one after the other.</summary>
    /// <param name="paths">Their paths as people give them.</param>
    /// <param name="filter">Filter in the reporting tool's XML, for each of them; null for none.</param>
    /// <param name="options">What the operator says about them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="AlmaPurgeException">There is no such report, it broke off, or path or filter cannot be used.</exception>
    /// <exception cref="AlmaApiException">Alma cannot be asked.</exception>
    /// <exception cref="TableException">The report has no primary identifier, or columns that cannot be told apart.</exception>
    public async Task<IReadOnlyList<TableSource>> ReadAsync(
        IReadOnlyList<string> paths, string? filter, TableOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        AlmaReportRequest[] reports =
            [.. paths.Select(p => new AlmaReportRequest(ReportPath.Normalize(p), filter is null ? null : ReportFilter.Normalize(filter)))];
        List<TableSource> sources = [];
        foreach (AlmaReportRequest report in reports)
        {
            sources.Add(await ReadWholeAsync(report, options, cancellationToken).ConfigureAwait(false));
        }

        string names = string.Join(", ", sources.Select(s => $"'{s.Name}'"));
        _reporter.Warn(
            $"Analytics is loaded overnight, so {names} may be a day old: what has happened since is not in it. The live check "
            + "of each patron (Confirm-AlmaPurgeCandidate) decides by what is so now.");
        return sources;
    }

    // A page that is lost cannot be had again, so a report that breaks off is read from its beginning.
    private async Task<TableSource> ReadWholeAsync(
        AlmaReportRequest report, TableOptions options, CancellationToken cancellationToken)
    {
        for (int reading = 1; ; reading++)
        {
            Counter read = new();
            try
            {
                return await ReadOnceAsync(report, options, read, cancellationToken).ConfigureAwait(false);
            }
            catch (AlmaApiException e) when (IsBreak(e) && read.Pages > 0 && reading < MostReadings)
            {
                _reporter.Warn(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The report '{NameOf(report)}' broke off after {read.Rows} rows and is read from its beginning again. {e.Message}"));
            }
            catch (AlmaApiException e) when (e.Kind is AlmaErrorKind.NotFound or AlmaErrorKind.Forbidden)
            {
                throw NotFound(report, e);
            }
            catch (AlmaApiException e) when (IsBreak(e) && (read.Pages > 0 || e.Kind == AlmaErrorKind.Unreadable))
            {
                throw Incomplete(report, read.Rows, e);
            }
        }
    }

    private async Task<TableSource> ReadOnceAsync(
        AlmaReportRequest report, TableOptions options, Counter read, CancellationToken cancellationToken)
    {
        TableText? text = null;
        try
        {
            await foreach (AlmaReportPage page in _alma.ReadReportAsync(report, cancellationToken).ConfigureAwait(false))
            {
                text ??= new TableText(HeaderOf(report, page, options), _columns);
                foreach (string?[] row in page.Rows)
                {
                    text.Add(Plain(row, page.Columns));
                }

                read.Add(page.Rows.Count);
                _reporter.Progress(new StepProgress(Activity, NameOf(report), read.Rows));
            }

            TableOrigin origin = new("report") { Report = report.Path, Filter = report.Filter };
            return TableSource.Of(report.Path, options, origin, text!);
        }
        finally
        {
            text?.Dispose();
        }
    }

    private static TableHeader HeaderOf(AlmaReportRequest report, AlmaReportPage page, TableOptions options) =>
        page.Columns.Count == 0 ? ReportHeader.OfNothing(report.Path) : ReportHeader.Of(report.Path, page.Columns, options);

    // XML writes numbers with a decimal point, and as 1.25E1 too. In text from a file a point may mean thousands.
    private static string?[] Plain(string?[] row, IReadOnlyList<AlmaReportColumn> columns)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (columns[i].IsNumber
                && decimal.TryParse(row[i], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
            {
                row[i] = number.ToString("0.############", CultureInfo.InvariantCulture);
            }
        }

        return row;
    }

    // Of the others each says by itself what to do, and reading once more would not help.
    private static bool IsBreak(AlmaApiException e) =>
        e.Kind is AlmaErrorKind.Server or AlmaErrorKind.Timeout or AlmaErrorKind.Connection or AlmaErrorKind.Unreadable;

    private static string NameOf(AlmaReportRequest report) => report.Path[(report.Path.LastIndexOf('/') + 1)..];

    private static AlmaPurgeException NotFound(AlmaReportRequest report, AlmaApiException cause) => new(
        "ReportNotFound",
        AlmaPurgeErrorKind.NotFound,
        $"Alma does not give the report '{report.Path}': {cause.AlmaMessage ?? cause.Message}.",
        "Give the path as the report's properties in Analytics show it. The report must be in a shared folder of your "
            + "institution (/shared/...), and the key needs the area Analytics.",
        report.Path,
        cause);

    private static AlmaPurgeException Incomplete(AlmaReportRequest report, int rows, AlmaApiException cause) => new(
        "ReportIncomplete",
        AlmaPurgeErrorKind.Unavailable,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The report '{report.Path}' could not be read to its end ({rows} rows came): {cause.Message}"),
        "Nobody was let through. Try again later, make the report smaller with filters of its own, or export it to a file.",
        report.Path,
        cause);

    private sealed class Counter
    {
        public int Pages { get; private set; }

        public int Rows { get; private set; }

        public void Add(int rows)
        {
            Pages++;
            Rows += rows;
        }
    }
}
