using AlmaPurge.Simulator.Http;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Endpoints;

/// <summary>
/// A page of a list: <c>limit</c> 0-100 (10), <c>offset</c> (0). Where the page is empty the array is missing (seen),
/// and the count is that of the whole list.
/// </summary>
internal static class ListPage
{
    public const int MaximumLimit = 100;

    private const int DefaultLimit = 10;

    public static ApiAnswer Of<T>(
        ApiRequest request, string root, string name, IReadOnlyList<T> all, Func<T, JObject> write)
    {
        return Of(request, root, name, all.Count, i => write(all[i]));
    }

    public static ApiAnswer Of(ApiRequest request, string root, string name, int count, Func<int, JObject> write)
    {
        int limit = request.Number("limit", DefaultLimit, MaximumLimit);
        int offset = request.Number("offset", 0, int.MaxValue);
        int end = (int)Math.Min(count, (long)offset + limit);
        JObject body = [];
        if (offset < end)
        {
            body[name] = new JArray(Enumerable.Range(offset, end - offset).Select(write));
        }

        body["total_record_count"] = count;
        return ApiAnswer.Of(root, body);
    }
}
