using System.Globalization;
using System.Runtime.CompilerServices;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Reads a listing to its end. Alma repeats rows, leaves out the array of an empty page, and its count may be -1 or too
/// low (seen). A count that is too high, though, means that rows are missing, and a listing that lacks rows is an
/// error: nobody may conclude from it that someone is not there.
/// </summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="path">Path of the listing.</param>
/// <param name="arrayName">Name of the array in each page.</param>
/// <param name="keyOf">What identifies a row; null for a row that cannot be identified and is given as it is.</param>
/// <param name="query">Query without limit and offset.</param>
internal sealed class PagedReader(
    AlmaTransport transport,
    string path,
    string arrayName,
    Func<JObject, string?> keyOf,
    params (string Name, string Value)[] query)
{
    private const int PageSize = 100;
    private const int MostBarrenPages = 2;

    /// <summary>All rows, each once.</summary>
    public async IAsyncEnumerable<JObject> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        int offset = 0;
        int barren = 0;
        bool isLast = false;
        while (!isLast)
        {
            AlmaRequest request = PageAt(offset);
            AlmaAnswer answer = await transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<JObject> rows = Rows(request, answer.Json);
            int? total = Total(request, answer.Json, offset == 0 && rows.Count == 0);
            int fresh = 0;
            foreach (JObject row in rows)
            {
                if (keyOf(row) is not string key || seen.Add(key))
                {
                    fresh++;
                    yield return row;
                }
            }

            offset += Math.Min(rows.Count, PageSize);
            barren = fresh == 0 ? barren + 1 : 0;
            isLast = IsLast(request, rows.Count, offset, total, barren);
        }
    }

    private AlmaRequest PageAt(int offset) => AlmaRequest.Get(
        path,
        [
            .. query,
            ("limit", PageSize.ToString(CultureInfo.InvariantCulture)),
            ("offset", offset.ToString(CultureInfo.InvariantCulture)),
        ]);

    private IReadOnlyList<JObject> Rows(AlmaRequest request, JObject page)
    {
        Fact<IReadOnlyList<JObject>> rows = JsonFacts.Items(page[arrayName]);
        return rows.State switch
        {
            FactState.Known => rows.Value,
            FactState.Absent => [],
            _ => throw transport.Unexpected(request, $"'{arrayName}' holds {rows.Text}"),
        };
    }

    /// <summary>The count; null if Alma gave none that means anything.</summary>
    private int? Total(AlmaRequest request, JObject page, bool isEmptyListing)
    {
        Fact<decimal> total = JsonFacts.Amount(page["total_record_count"]);
        if (total.IsKnown && total.Value >= 0 && total.Value <= int.MaxValue)
        {
            return (int)total.Value;
        }

        // -1 means that Alma did not understand the question. With rows it has answered nevertheless; with none, or
        // without any count, "nobody" must not be read out of it.
        return isEmptyListing
            ? throw transport.Unexpected(request, "an empty listing without a valid count, which proves nothing")
            : null;
    }

    private bool IsLast(AlmaRequest request, int rows, int offset, int? total, int barren)
    {
        bool isComplete = total is null || offset >= total;
        if (rows > 0 && barren < MostBarrenPages)
        {
            // A full page may have more behind it even if the count says otherwise.
            return rows < PageSize && isComplete;
        }

        return isComplete
            ? true
            : throw transport.Unexpected(
                request,
                string.Create(CultureInfo.InvariantCulture, $"the listing ended at {offset} of {total} rows"));
    }
}
