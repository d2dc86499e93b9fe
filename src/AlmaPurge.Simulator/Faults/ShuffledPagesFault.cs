using System.Globalization;
using AlmaPurge.Simulator.Http;

namespace AlmaPurge.Simulator.Faults;

/// <summary>
/// The order of a listing changes between its pages: rows of the page before come again, and so many others come on
/// no page.
/// </summary>
internal sealed class ShuffledPagesFault : Fault
{
    private const int MostRows = 5;

    public override string Description =>
        "The order of a listing changes between its pages: some rows come twice and others not at all.";

    public override bool ConcernsBefore(ApiRequest request)
    {
        return request.Method == "GET" && Offset(request) > 0;
    }

    public override void Before(ApiRequest request)
    {
        int offset = Offset(request);
        int moved = offset - Random.Next(1, Math.Min(MostRows, offset) + 1);
        request.Query["offset"] = moved.ToString(CultureInfo.InvariantCulture);
    }

    private static int Offset(ApiRequest request)
    {
        return int.TryParse(
            request.Value("offset"), NumberStyles.None, CultureInfo.InvariantCulture, out int offset) ? offset : 0;
    }
}
