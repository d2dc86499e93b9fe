using System.Globalization;
using System.Runtime.CompilerServices;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Reads one Analytics report to its end. Each answer to the token moves a cursor at Alma: a page that was served and
/// lost on its way cannot be had again, and asking once more would silently give the next one. So such a request is
/// sent once, and a report that breaks off is an error; whoever wants it begins anew.
/// </summary>
internal sealed class ReportReading(AlmaTransport transport, AlmaReportRequest report)
{
    private const int RowsAPage = 1000;
    private const int MostWaits = 100;

    private static readonly string s_path = AlmaAddress.Path("analytics", "reports");

    private AlmaReportColumn[]? _columns;
    private Dictionary<string, int> _places = [];
    private string? _token;
    private int _waits;
    private bool _hasRows;

    /// <summary>All pages that have rows; one without rows for a report that has none.</summary>
    public async IAsyncEnumerable<AlmaReportPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } answer)
        {
            AlmaRequest request = Request();
            Note(request, answer);
            if (answer.Rows.Count > 0)
            {
                (_hasRows, _waits) = (true, 0);
                yield return new AlmaReportPage(_columns!, Cells(request, answer));
            }

            if (answer.IsFinished)
            {
                break;
            }

            if (answer.Rows.Count == 0)
            {
                await WaitAsync(request, cancellationToken).ConfigureAwait(false);
            }
            else if (_token is null)
            {
                throw transport.Unexpected(request, "a page that is not the last one, without a token for the next one");
            }
        }

        if (!_hasRows)
        {
            yield return new AlmaReportPage(_columns ?? [], []);
        }
    }

    // Limit and headings stay the same on each page, or the rows may come in another order (seen).
    private AlmaRequest Request()
    {
        (string, string) limit = ("limit", RowsAPage.ToString(CultureInfo.InvariantCulture));
        (string, string) headings = ("col_names", "true");
        AlmaRequest request = _token is null
            ? AlmaRequest.Get(s_path, ("path", report.Path), limit, headings, ("filter", report.Filter ?? ""))
            : AlmaRequest.Get(s_path, ("token", _token), limit, headings);
        return request with { WantsXml = true, MovesCursor = _token is not null };
    }

    /// <summary>The next answer; null if Alma says that there are no more rows.</summary>
    private async Task<ReportAnswer?> NextAsync(CancellationToken cancellationToken)
    {
        AlmaRequest request = Request();
        try
        {
            return ReportPageParser.Parse(await transport.GetAsync(request, cancellationToken).ConfigureAwait(false));
        }
        catch (AlmaApiException e) when (e.HasCode(AlmaCodes.NoMoreRows) && _token is not null && _hasRows)
        {
            // Seen after the last row. From a report that has given no row yet it proves nothing.
            return null;
        }
        catch (FormatException e)
        {
            throw transport.Unexpected(request, e.Message);
        }
    }

    private void Note(AlmaRequest request, ReportAnswer answer)
    {
        _token = answer.Token ?? _token;
        if (answer.Columns is { Count: > 0 } columns && _columns is null)
        {
            _columns = [.. columns];
            _places = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < _columns.Length; i++)
            {
                if (!_places.TryAdd(_columns[i].Name, i))
                {
                    throw transport.Unexpected(request, $"a schema with two columns '{_columns[i].Name}'");
                }
            }
        }
        else if (answer.Columns is { Count: > 0 } others && !others.SequenceEqual(_columns!))
        {
            throw transport.Unexpected(request, "a page with other columns than the first one");
        }

        if (_columns is null && answer.Rows.Count > 0)
        {
            throw transport.Unexpected(request, "rows without a schema that says what their columns are");
        }
    }

    private string?[][] Cells(AlmaRequest request, ReportAnswer answer)
    {
        try
        {
            return [.. answer.Rows.Select(row => ReportPageParser.Cells(row, _places))];
        }
        catch (FormatException e)
        {
            throw transport.Unexpected(request, e.Message);
        }
    }

    // Seen: while a report is computed, the answer is empty, has no token and is not the last one.
    private async Task WaitAsync(AlmaRequest request, CancellationToken cancellationToken)
    {
        if (++_waits > MostWaits)
        {
            throw transport.Unexpected(request, "a report that has not been computed after all this time");
        }

        await Task.Delay(transport.Facts.ReportWait, transport.Facts.Time, cancellationToken).ConfigureAwait(false);
    }
}
