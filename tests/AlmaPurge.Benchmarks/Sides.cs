using System.Diagnostics;
using System.Globalization;

namespace AlmaPurge.Benchmarks;

/// <summary>Several ways to do the same, timed in turn in one process, as medians and ratios.</summary>
internal sealed class Sides(string title, string baseline)
{
    private readonly Dictionary<string, List<double>> _times = [];

    public void Time(string side, Action work)
    {
        // Each side begins with a clean heap, so that none pays for the garbage of another.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        work();
        if (!_times.TryGetValue(side, out List<double>? times))
        {
            times = [];
            _times.Add(side, times);
        }

        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    public void Time<T>(string side, Func<T> work) => Time(side, () => { _ = work(); });

    public void Print()
    {
        double reference = Median(_times[baseline]);
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-48}{"median",10}{"best",10}{"worst",10}{"ratio",8}"));
        foreach ((string side, List<double> times) in _times)
        {
            double median = Median(times);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{side,-48}{median,7:0} ms{times.Min(),7:0} ms{times.Max(),7:0} ms{median / reference,8:0.00}"));
        }
    }

    private static double Median(List<double> times)
    {
        List<double> sorted = [.. times.Order()];
        return sorted[sorted.Count / 2];
    }
}
