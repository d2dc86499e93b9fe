using System.Diagnostics;
using System.Globalization;

namespace AlmaPurge.Benchmarks;

/// <summary>Several ways to do the same, timed in turn in one process, as medians and ratios.</summary>
internal sealed class Sides(string title, string baseline)
{
    private readonly Dictionary<string, List<Sample>> _samples = [];

    public void Time(string side, Action work)
    {
        // Each side begins with a clean heap, so that none pays for the garbage of another.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        work();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        processor = Environment.CpuUsage.TotalTime - processor;
        if (!_samples.TryGetValue(side, out List<Sample>? samples))
        {
            samples = [];
            _samples.Add(side, samples);
        }

        samples.Add(new Sample(elapsed.TotalMilliseconds, processor.TotalMilliseconds));
    }

    public void Print()
    {
        double reference = Median(_samples[baseline], s => s.Elapsed);
        Console.WriteLine(title);
        Console.WriteLine(Line($"{"",-44}{"median",10}{"best",10}{"worst",10}{"processor",12}{"ratio",8}"));
        foreach ((string side, List<Sample> samples) in _samples)
        {
            double median = Median(samples, s => s.Elapsed);
            double best = samples.Min(s => s.Elapsed);
            double worst = samples.Max(s => s.Elapsed);
            double processor = Median(samples, s => s.Processor);
            Console.WriteLine(Line(
                $"{side,-44}{median,7:0} ms{best,7:0} ms{worst,7:0} ms{processor,9:0} ms{median / reference,8:0.00}"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Median(List<Sample> samples, Func<Sample, double> value)
    {
        List<double> sorted = [.. samples.Select(value).Order()];
        return sorted[sorted.Count / 2];
    }

    private readonly record struct Sample(double Elapsed, double Processor);
}
