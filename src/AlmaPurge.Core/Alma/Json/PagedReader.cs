using System.Globalization;
using System.Runtime.CompilerServices;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>
/// Reads a listing to its end. Alma repeats rows, leaves out the array of an empty page, and its count may be -1 or too
/// low (seen). A count that is too high, though, means that rows are missing: a row that came twice has pushed
/// another one out of its page. Such a listing is read again, and if it stays short it is an error, because nobody may
/// conclude from it that someone is not there.
/// </summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="path">Path of the listing.</param>
/// <param name="arrayName">Name of the array in each page.</param>
/// <param name="keyOf">What identifies a row; null where a row has no identity but its content.</param>
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
    private const int MostPasses = 3;

    /// <summary>All rows, each once.</summary>
    public async IAsyncEnumerable<JObject> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        for (int pass = 1, offset = 0, barren = 0; pass <= MostPasses;)
        {
            AlmaRequest request = PageAt(offset);
            AlmaAnswer answer = await transport.GetAsync(request, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<JObject> rows = Rows(request, answer.Json);
            int? total = Total(request, answer.Json, seen.Count + rows.Count == 0);
            int before = seen.Count;
            foreach (JObject row in rows)
            {
                if (seen.Add(keyOf(row) ?? row.ToString(Formatting.None)))
                {
                    yield return row;
                }
            }

            offset += Math.Min(rows.Count, PageSize);
            barren = seen.Count == before && pass == 1 ? barren + 1 : 0;
            if (!IsEnd(rows.Count, offset, total, barren, pass))
            {
                continue;
            }

            if (total is null || seen.Count >= total)
            {
                yield break;
            }

            if (pass == MostPasses || offset < total)
            {
                throw Short(request, seen.Count, total.Value);
            }

            (pass, offset, barren) = (pass + 1, 0, 0);
        }
    }

    private static bool IsEnd(int rows, int offset, int? total, int barren, int pass)
    {
        bool isComplete = offset >= total;

        // A full page may have more behind it even if the count says otherwise; pages that bring nothing new are a
        // server that ignores the offset. In a repeated pass nothing new is what is to be expected.
        bool isFull = rows >= PageSize && pass == 1;
        return rows == 0 || barren >= MostBarrenPages || (isComplete && !isFull);
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
        Fact<int> total = JsonFacts.Count(page["total_record_count"]);
        if (total.IsKnown)
        {
            return total.Value;
        }

        // -1 means that Alma did not understand the question. With rows it has answered nevertheless; with none, or
        // without any count, "nobody" must not be read out of it.
        return isEmptyListing
            ? throw transport.Unexpected(request, "an empty listing without a valid count, which proves nothing")
            : null;
    }

    private AlmaApiException Short(AlmaRequest request, int seen, int total) => transport.Unexpected(
        request,
        string.Create(CultureInfo.InvariantCulture, $"the listing ended after {seen} of {total} rows"));
}
